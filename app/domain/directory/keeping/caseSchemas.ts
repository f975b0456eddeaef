import { z } from "zod";
import { shanghaiDay } from "~/domain/kernel/time";
import { required } from "~/domain/needs/schemas";
import { say } from "~/i18n/messages";
import { HOUSEHOLD_FACTS, MEMBER_FACTS, type FactKind, type Facts } from "../rules/facts";
import { FactsShape } from "../rules/factsShape";
import type { RuleCase } from "../rules/ruleShape";
import { VERDICTS } from "../rules/screen";
import { fenOf } from "./amountChoice";
import { ShanghaiDay } from "./valueSchemas";

/** How many people a form of a case has room for. */
export const CASE_PEOPLE = 4;

const Yuan = z.string().transform((typed, issues) => {
  const amountFen = fenOf(typed);
  if (amountFen !== undefined) return amountFen;
  issues.addIssue({ code: "custom", message: say("common.amountWrong") });
  return z.NEVER;
});
const wholeUpTo = (most: number) =>
  z.coerce
    .number({ error: say("common.wholeNumber") })
    .int(say("common.wholeNumber"))
    .min(0, say("common.wholeNumber"))
    .max(most, say("common.tooMuch"));
const MOST = { years: 150, people: 99 } as const;

/** A fact as a form sends it; an empty field is a fact that is not known. */
function field(kind: FactKind): z.ZodType {
  if (kind.kind === "yesno") return z.enum(["yes", "no"]).optional();
  if (kind.kind === "choice") return z.enum(kind.words).optional();
  return (kind.unit === "fen" ? Yuan : wholeUpTo(MOST[kind.unit])).optional();
}

const fields = (facts: Readonly<Record<string, FactKind>>) => z.object(Object.fromEntries(Object.entries(facts).map(([fact, kind]) => [fact, field(kind)])));

/** One example of a case book as its form sends it. */
export const CaseFields = z.object({
  name: required(80),
  expect: z.enum(VERDICTS, { error: say("common.pleaseChoose") }),
  /** By the dated values of which day; left empty, by those of the day on which it is tried. */
  valuesOn: ShanghaiDay.transform(shanghaiDay).optional(),
  household: fields(HOUSEHOLD_FACTS).optional(),
  members: z.array(fields(MEMBER_FACTS)).max(CASE_PEOPLE, say("common.tooMuch")).optional(),
  everybody: z.literal("yes").optional(),
});

const known = (typed: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(typed).flatMap(([fact, value]) => (value === undefined ? [] : [[fact, value === "yes" ? true : value === "no" ? false : value]])));

/** The example that a form describes. A person of whom nothing was filled in is nobody. */
export function caseOf({ name, expect, valuesOn, household = {}, members = [], everybody }: z.infer<typeof CaseFields>): RuleCase {
  const people = members.map(known).filter((person) => Object.keys(person).length > 0);
  const facts: Facts = FactsShape.parse({ household: known(household), members: people, membersComplete: everybody === "yes" });
  return { name, expect, facts, ...(valuesOn === undefined ? {} : { valuesOn }) };
}
