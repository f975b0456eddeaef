import { machine } from "~/domain/kernel/transition.server";
import { collections, jointDays, pledges } from "~db/schema/giving";
import { COLLECTION_TRANSITIONS, JOINT_DAY_TRANSITIONS, PLEDGE_TRANSITIONS } from "./states";

export const PLEDGE = machine({
  entity: "pledge",
  table: pledges,
  transitions: PLEDGE_TRANSITIONS,
});

export type Pledge = typeof pledges.$inferSelect;

export const JOINT_DAY = machine({
  entity: "joint_day",
  table: jointDays,
  transitions: JOINT_DAY_TRANSITIONS,
});

export type JointDay = typeof jointDays.$inferSelect;

export const COLLECTION = machine({
  entity: "collection",
  table: collections,
  transitions: COLLECTION_TRANSITIONS,
});

export type Collection = typeof collections.$inferSelect;
