import type { Machine } from "~/domain/kernel/transition.server";
import {
  itemReports,
  listItems,
  listParameters,
  listRules,
  type ItemState,
  type RuleState,
} from "~db/schema/directory";
import { ITEM_TRANSITIONS, PARAMETER_TRANSITIONS, REPORT_TRANSITIONS, RULE_TRANSITIONS } from "./states";

export const LIST_ITEM: Machine<ItemState> = {
  entity: "list_item",
  table: listItems,
  transitions: ITEM_TRANSITIONS,
};
export const LIST_RULE: Machine<RuleState> = {
  entity: "list_rule",
  table: listRules,
  transitions: RULE_TRANSITIONS,
};
export const LIST_PARAMETER: Machine<"proposed" | "approved" | "withdrawn"> = {
  entity: "list_parameter",
  table: listParameters,
  transitions: PARAMETER_TRANSITIONS,
};
export const ITEM_REPORT: Machine<"open" | "corrected" | "as_it_was"> = {
  entity: "item_report",
  table: itemReports,
  transitions: REPORT_TRANSITIONS,
};
