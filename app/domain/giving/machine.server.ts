import type { Machine } from "~/domain/kernel/transition.server";
import { pledges, type PledgeState } from "~db/schema/giving";
import { PLEDGE_TRANSITIONS } from "./states";

export const PLEDGE: Machine<PledgeState> = { entity: "pledge", table: pledges, transitions: PLEDGE_TRANSITIONS };

export type Pledge = typeof pledges.$inferSelect;
