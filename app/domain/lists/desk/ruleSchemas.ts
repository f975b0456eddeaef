import { z } from "zod";
import { isNameIn } from "~/domain/kernel/own";
import { DayBegins } from "~/domain/kernel/typed/day";
import { readWholeNumber, Version, wholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { FACTS, unitOf } from "~/domain/rules/facts";
import { isChoice, isYesNo } from "~/domain/rules/kindOf";
import { ASK, COMPARISONS, type Leaf, type ToAsk } from "~/domain/rules/rule";
import { LeafShape } from "~/domain/rules/ruleShape";
import { type MessageKey, say } from "~/i18n/messages";
import { amountFromChoice } from "./amountChoice";
import { amountFields } from "./amountSchemas";
import { CaseFields, caseOf } from "./caseSchemas";

/** Where a part stands, as `0.2.1`; empty is the whole rule. */
const PathText = z
  .string()
  .regex(/^(\d{1,2}(\.\d{1,2})*)?$/)
  .optional()
  .transform((typed) => (typed ? typed.split(".").map((step) => readWholeNumber(step) ?? 0) : []));

/** No choice of ours has more words. */
const MOST_WORDS = 100;

const LeafFields = z.object({
  fact: z.string({ error: say("common.pleaseChoose") }),
  is: z.enum(["yes", "no"]).optional(),
  in: z.array(z.string()).max(MOST_WORDS).optional(),
  compare: z.enum(COMPARISONS).optional(),
  to: z.string().optional(),
  number: z.string().optional(),
});

type Wrong = Readonly<{ field: string; message: MessageKey }>;

/** What was said, where it is a comparison; else that the field was not chosen. */
function leafOr(field: string, said: unknown): Leaf | Wrong {
  const read = LeafShape.safeParse(said);
  return read.success ? read.data : { field, message: say("common.pleaseChoose") };
}

/** One comparison out of a form's fields, or the field that is wrong. */
function leafOf({
  fact,
  is,
  in: words = [],
  compare,
  to,
  number,
}: z.infer<typeof LeafFields>): Leaf | ToAsk | Wrong {
  if (fact === ASK) return { ask: true };
  if (!isNameIn(FACTS, fact)) return { field: "fact", message: say("common.pleaseChoose") };
  if (isYesNo(fact)) return leafOr("is", { fact, is: is && is === "yes" });
  if (isChoice(fact)) return leafOr("in", { fact, in: words });
  if (!compare) return { field: "compare", message: say("common.pleaseChoose") };
  const amount = amountFromChoice(unitOf(fact), to ?? "number", number ?? "");
  return amount === undefined
    ? { field: "number", message: say("ruleDesk.numberWrong") }
    : leafOr("number", { fact, compare, to: amount });
}

const withLeaf = <Intent extends string>(intent: Intent) =>
  z
    .object({ intent: z.literal(intent), version: Version, path: PathText, ...LeafFields.shape })
    .transform(({ intent, version, path, ...fields }, issues) => {
      const leaf = leafOf(fields);
      if (!("field" in leaf)) return { intent, version, path, leaf };
      issues.addIssue({ code: "custom", path: [leaf.field], message: leaf.message });
      return z.NEVER;
    });

const at = <Intent extends string>(intent: Intent) =>
  z.object({ intent: z.literal(intent), version: Version, path: PathText });

/** The steps by which a draft is written, each the one form of its intent. */
export const RULE_EDITS = {
  kind: z.object({
    intent: z.literal("kind"),
    version: Version,
    kind: z.enum(["everyone", "ask"], { error: say("common.pleaseChoose") }),
  }),
  add: withLeaf("add"),
  change: withLeaf("change"),
  remove: at("remove"),
  unwrap: at("unwrap"),
  wrap: at("wrap").extend({ as: z.enum(["all", "any", "not"]) }),
  regroup: at("regroup").extend({ as: z.enum(["all", "any"]) }),
  amount: amountFields({ intent: z.literal("amount"), version: Version }),
  addCase: z
    .object({ intent: z.literal("addCase"), version: Version, ...CaseFields.shape })
    .transform(({ intent, version, ...fields }) => ({ intent, version, example: caseOf(fields) })),
  removeCase: z.object({
    intent: z.literal("removeCase"),
    version: Version,
    index: wholeNumber({ least: 0, most: 1_000 }),
  }),
} as const;

export type RuleEdit = z.infer<(typeof RULE_EDITS)[keyof typeof RULE_EDITS]>;

export const TestRuleInput = z.object({ version: Version });
export const ApproveRuleInput = z.object({ version: Version, effectiveOn: DayBegins });
