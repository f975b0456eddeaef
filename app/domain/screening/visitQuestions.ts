import { byAge } from "~/domain/finder/answeredFacts";
import { openFacts } from "~/domain/finder/openFacts";
import { LIFE_EVENTS, NONE } from "~/domain/finder/questions";
import { type FinderItem, resultsOf } from "~/domain/finder/results";
import { readMonth } from "~/domain/kernel/typed/readDay";
import { readYears } from "~/domain/kernel/typed/readNumber";
import { readYuan } from "~/domain/kernel/typed/readYuan";
import { ageSpan, type DayText, monthSpan } from "~/domain/rules/ages";
import { withDerived } from "~/domain/rules/derived";
import type { Parameters } from "~/domain/rules/evaluate";
import {
  type FactName,
  FACTS,
  type Facts,
  HOUSEHOLD_FACT_NAMES,
  type HouseholdFact,
  type KnownOfHousehold,
  type KnownOfMember,
  MEMBER_FACT_NAMES,
  type MemberFact,
  type NumberFact,
} from "~/domain/rules/facts";
import { isNumber, isYesNo } from "~/domain/rules/kindOf";
import { grantedTo } from "./recognised";
import { spanFrom } from "./spans";

type Values = Readonly<Record<string, string | readonly string[]>>;
type Part<F extends FactName> = Readonly<{
  id: string;
  facts: readonly Exclude<F, NumberFact>[];
  /** Mostly none of it is so: one tap says that of all that is still open. */
  mostlyNone?: true;
}>;

/** What is asked of a household, in this order. */
export const HOUSEHOLD_PARTS: readonly Part<HouseholdFact>[] = [
  { id: "recognised", facts: ["status", "assetsWithinLimit", "localRegistered", "rural"] },
  { id: "events", facts: ["livesAlone", ...LIFE_EVENTS], mostlyNone: true },
];

/** What is asked of each person; age and sex come before it, since the rest hangs on them. */
export const PERSON_PARTS: readonly Part<MemberFact>[] = [
  { id: "person", facts: ["sex"] },
  {
    id: "health",
    facts: [
      "disabilityGrade",
      "disabilityKind",
      "careNeed",
      "seriousIllness",
      "chronicIllness",
      "mentalIllness",
      "tuberculosis",
    ],
    mostlyNone: true,
  },
  { id: "days", facts: ["study", "work", "wantsBusiness", "insurance"] },
  {
    id: "more",
    facts: [
      "childSituation",
      "pregnancy",
      "service",
      "noSupporter",
      "caresForSomeone",
      "ruralFamilyPlanning",
    ],
    mostlyNone: true,
  },
];

/** What says of a fact that it is not so; undefined where no answer says that. */
export function noWordOf(fact: Exclude<FactName, NumberFact>): string | undefined {
  if (isYesNo(fact)) return "no";
  return FACTS[fact].words.find((word) => word === NONE);
}

/** What rules and dates say on the day of a visit. */
export type Asking = Readonly<{ items: readonly FinderItem[]; parameters: Parameters; today: DayText }>;

/** Whether a fact of a row (`household`, `members[0]`, one that is still blank) can still change anything. */
export type StillOpen = (row: string, fact: FactName) => boolean;

/**
 * Which questions can still change what the household is entitled to, as the form stands. What follows from
 * age, from sex, or from another answer is not asked.
 */
export function openQuestions(values: Values, asking: Asking): StillOpen {
  const { household, people, isComplete } = saidIn(values, asking);

  const openOf = (self: KnownOfMember) => {
    const others = [...people.values()].filter((one) => one !== self);
    const facts = { household, members: [self, ...others], membersComplete: isComplete };
    return new Set(asking.items.flatMap((item) => [...openFacts(item, facts, asking.parameters)]));
  };

  const ofRow = new Map([...people].map(([row, self]) => [row, openOf(self)] as const));
  const ofNobodyYet = openOf({});
  const ofHousehold = new Set(
    (people.size === 0 ? [ofNobodyYet] : [...ofRow.values()]).flatMap((open) => [...open]),
  );
  return (row, fact) => (row === "household" ? ofHousehold : (ofRow.get(row) ?? ofNobodyYet)).has(fact);
}

/** The items that a home as the form describes it is likely entitled to, and does not have by recognition. */
export function likelyOf(values: Values, asking: Asking): ReadonlySet<string> {
  const { household, people, isComplete } = saidIn(values, asking);
  const facts: Facts = { household, members: [...people.values()], membersComplete: isComplete };
  const granted = grantedTo(household.status);
  return new Set(
    resultsOf(asking.items, facts, asking.parameters).flatMap(({ verdict, item }) =>
      verdict === "likely" && item.list === "government" && !granted.includes(item.code) ? [item.code] : [],
    ),
  );
}

/** A person with what their age alone says; what was said of them counts more. */
export const withAge = (member: KnownOfMember, parameters: Parameters): KnownOfMember => ({
  ...member,
  ...Object.fromEntries(
    Object.entries(member.ageYears ? byAge(member.ageYears, parameters) : {}).filter(
      ([fact]) => (member as Readonly<Record<string, unknown>>)[fact] == null,
    ),
  ),
});

const textOf = (values: Values, name: string): string => [values[name] ?? ""].flat()[0] ?? "";

function saidIn(values: Values, { parameters, today }: Asking) {
  const people = new Map(
    rowsOf(values).map((row) => [row, withWhatFollows(memberSaid(values, row, today), parameters)] as const),
  );
  const household = withDerived({
    ...(chosenIn(values, "household", HOUSEHOLD_FACT_NAMES) as KnownOfHousehold),
    incomePerHeadFen: amountIn(textOf(values, "household.incomePerHead")),
    incomeTotalFen: amountIn(textOf(values, "household.incomeTotal")),
    householdSize: spanFrom(textOf(values, "household.householdSize"), wholeIn) ?? null,
  });
  return {
    household: people.size > 1 ? { ...household, livesAlone: false } : household,
    people,
    isComplete: textOf(values, "membersComplete") === "yes",
  };
}

/** The rows in which something is said of somebody who lives there. */
function rowsOf(values: Values): string[] {
  const rows = Object.entries(values).flatMap(([name, value]) => {
    const [, row, field] = /^((?:members|newMembers)\[\d+\])\.(\w+)$/.exec(name) ?? [];
    return row !== undefined && field !== "off" && [value].flat().some(Boolean) ? [row] : [];
  });
  return [...new Set(rows)].filter((row) => textOf(values, `${row}.off`) !== "yes");
}

const wholeIn = (typed: string) => readYears(typed);

const fenIn = (typed: string): number | undefined => {
  const fen = readYuan(typed);
  return fen === undefined ? undefined : Number(fen);
};

const amountIn = (typed: string) => spanFrom(typed, fenIn) ?? null;

function chosenIn(
  values: Values,
  row: string,
  facts: readonly FactName[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    facts.flatMap((fact) => {
      const word = isNumber(fact) ? "" : textOf(values, `${row}.${fact}`);
      return word === "" ? [] : [[fact, isYesNo(fact) ? word === "yes" : word] as const];
    }),
  );
}

function memberSaid(values: Values, row: string, today: DayText): KnownOfMember {
  const month = readMonth(textOf(values, `${row}.bornMonth`));
  const ageYears =
    month === undefined
      ? (spanFrom(textOf(values, `${row}.ageYears`), readYears) ?? null)
      : ageSpan(monthSpan(month), today);
  return { ...(chosenIn(values, row, MEMBER_FACT_NAMES) as KnownOfMember), ageYears };
}

/** No man is with child; who has no certificate has no kind of disability either. */
function withWhatFollows(member: KnownOfMember, parameters: Parameters): KnownOfMember {
  const known = withAge(member, parameters);
  return {
    ...known,
    pregnancy: known.pregnancy ?? (known.sex === "male" ? NONE : null),
    disabilityKind: known.disabilityKind ?? (known.disabilityGrade === NONE ? NONE : null),
    disabilityGrade: known.disabilityGrade ?? (known.disabilityKind === NONE ? NONE : null),
  };
}
