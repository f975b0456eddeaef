import { machine } from "~/domain/kernel/transition.server";
import { needs } from "~db/schema/needs";
import { NEED_TRANSITIONS } from "./states";

export const NEED = machine({ entity: "need", table: needs, transitions: NEED_TRANSITIONS });
