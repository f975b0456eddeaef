import { z } from "zod";
import { RULE_KINDS } from "~db/schema/directory";
import { ITEM_REPORT_KINDS, PARAMETER_CODES } from "~db/schema/factVocabulary";
import { CodeDatum, CountDatum, FieldsDatum, MomentDatum } from "./atoms";

const OfReport = z.strictObject({ item: CodeDatum, kind: z.enum(ITEM_REPORT_KINDS) });
const OfEdition = z.strictObject({ item: CodeDatum, edition: CountDatum });
const Parameter = z.enum(PARAMETER_CODES);
const EDITS = [
  "kind",
  "add",
  "change",
  "remove",
  "unwrap",
  "wrap",
  "regroup",
  "amount",
  "addCase",
  "removeCase",
] as const;

/** The two lists: entries, rules, dated values, and what is reported of them. */
export const OF_LISTS = {
  "item_report.report": OfReport,
  "item_report.keep": OfReport,
  "item_report.correct": OfReport,
  "list_item.add": z.strictObject({ code: CodeDatum }),
  /** Of a list's own file which columns changed; of another directory's nothing is said. */
  "list_item.edit": z.strictObject({ changed: FieldsDatum.exactOptional() }),
  "list_parameter.propose": z.strictObject({ code: Parameter, value: CountDatum, from: MomentDatum }),
  "list_parameter.approve": z.strictObject({ code: Parameter, value: CountDatum }),
  "list_parameter.withdraw": z.strictObject({ code: Parameter }),
  "list_rule.start": OfEdition,
  "list_rule.open": OfEdition.extend({ kind: z.enum(RULE_KINDS) }),
  "list_rule.edit": OfEdition.extend({ step: z.enum(EDITS) }),
  "list_rule.test": OfEdition,
  "list_rule.withdraw": OfEdition,
  "list_rule.approve": OfEdition.extend({ kind: z.enum(RULE_KINDS), from: MomentDatum }),
} as const;
