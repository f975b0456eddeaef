import { z } from "zod";
import { CalendarDay } from "~/domain/kernel/typed/day";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { required } from "~/domain/kernel/typed/text";
import { wholeNumber, Years } from "~/domain/kernel/typed/wholeNumber";
import { YuanOrZero } from "~/domain/kernel/typed/yuan";
import { type FactKind, type Facts, HOUSEHOLD_FACTS, MEMBER_FACTS } from "~/domain/rules/facts";
import { FactsShape } from "~/domain/rules/factsShape";
import type { RuleCase } from "~/domain/rules/ruleShape";
import { VERDICTS } from "~/domain/rules/screen";
import { say } from "~/i18n/messages";

/** How many people a form of a case has room for. */
export const CASE_PEOPLE = 4;

/** Facts count fen in a number. */
const Yuan = YuanOrZero.transform(Number);
const People = wholeNumber({ least: 1, most: 99 });

/** A fact as a form sends it; an empty field is a fact that is not known. */
function field(kind: FactKind): z.ZodType {
  if (kind.kind === "yesno") return z.enum(["yes", "no"]).optional();
  if (kind.kind === "choice") return z.enum(kind.words).optional();
  return { fen: Yuan, years: Years, people: People }[kind.unit].optional();
}

const fields = (facts: Readonly<Record<string, FactKind>>) =>
  z.object(Object.fromEntries(Object.entries(facts).map(([fact, kind]) => [fact, field(kind)])));

/** One example of a case book as its form sends it. */
export const CaseFields = z.object({
  name: required(LENGTHS.caseName),
  expect: z.enum(VERDICTS, { error: say("common.pleaseChoose") }),
  /** By the dated values of which day; left empty, by those of the day on which it is tried. */
  valuesOn: CalendarDay.optional(),
  household: fields(HOUSEHOLD_FACTS).optional(),
  members: z.array(fields(MEMBER_FACTS)).max(CASE_PEOPLE, say("common.tooMuch")).optional(),
  everybody: z.literal("yes").optional(),
});

const known = (typed: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([fact, value]) =>
      value === undefined ? [] : [[fact, value === "yes" ? true : value === "no" ? false : value]],
    ),
  );

/** The example that a form describes. A person of whom nothing was filled in is nobody. */
export function caseOf({
  name,
  expect,
  valuesOn,
  household = {},
  members = [],
  everybody,
}: z.infer<typeof CaseFields>): RuleCase {
  const people = members.map(known).filter((person) => Object.keys(person).length > 0);
  const facts: Facts = FactsShape.parse({
    household: known(household),
    members: people,
    membersComplete: everybody === "yes",
  });
  return { name, expect, facts, ...(valuesOn === undefined ? {} : { valuesOn }) };
}
