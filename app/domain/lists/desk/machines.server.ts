import { machine } from "~/domain/kernel/transition.server";
import { itemReports, listItems, listParameters, listRules } from "~db/schema/directory";
import { ITEM_TRANSITIONS, PARAMETER_TRANSITIONS, REPORT_TRANSITIONS, RULE_TRANSITIONS } from "./states";

export const LIST_ITEM = machine({
  entity: "list_item",
  table: listItems,
  transitions: ITEM_TRANSITIONS,
});
export const LIST_RULE = machine({
  entity: "list_rule",
  table: listRules,
  transitions: RULE_TRANSITIONS,
});
export const LIST_PARAMETER = machine({
  entity: "list_parameter",
  table: listParameters,
  transitions: PARAMETER_TRANSITIONS,
});
export const ITEM_REPORT = machine({
  entity: "item_report",
  table: itemReports,
  transitions: REPORT_TRANSITIONS,
});
