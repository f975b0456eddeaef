import type { Machine } from "~/domain/kernel/transition.server";
import { needs, type NeedState } from "~db/schema/needs";
import { NEED_TRANSITIONS } from "./states";

export const NEED: Machine<NeedState> = { entity: "need", table: needs, transitions: NEED_TRANSITIONS };
