import { ageSpan, type DayText } from "~/domain/rules/ages";
import { withDerived } from "~/domain/rules/derived";
import {
  type Facts,
  HOUSEHOLD_FACT_NAMES,
  type KnownOfHousehold,
  type KnownOfMember,
  MEMBER_FACT_NAMES,
  type Span,
} from "~/domain/rules/facts";
import type { householdFacts, householdMembers } from "~db/schema/screening";

export type HouseholdFactsRow = Omit<
  typeof householdFacts.$inferSelect,
  "recordedBy" | "recordedAt" | "origin" | "version" | "townCode" | "incomeHeadMinFen" | "incomeHeadMaxFen"
>;
export type HouseholdMemberRow = typeof householdMembers.$inferSelect;

/**
 * What the rows of one household say on a day, as the rules read it: income as a span, ages counted from the
 * birth days on that day. A column that is null is a fact that is not known. `members` may come in any order;
 * the people of the answer are in the order of their positions.
 */
export function factsFromRows(
  household: HouseholdFactsRow,
  members: readonly HouseholdMemberRow[],
  day: DayText,
): Facts {
  return {
    household: householdKnown(household),
    members: members.toSorted((a, b) => a.position - b.position).map((member) => memberKnown(member, day)),
    membersComplete: household.membersComplete,
  };
}

function householdKnown(row: HouseholdFactsRow): KnownOfHousehold {
  const known = withDerived({
    ...row,
    incomePerHeadFen: spanOf(row.incomePerHeadMinFen, row.incomePerHeadMaxFen),
    incomeTotalFen: spanOf(row.incomeTotalMinFen, row.incomeTotalMaxFen),
    householdSize: spanOf(row.householdSizeMin, row.householdSizeMax),
  });
  return Object.fromEntries(HOUSEHOLD_FACT_NAMES.map((fact) => [fact, known[fact]]));
}

const spanOf = (min: number | null, max: number | null): Span | null =>
  min === null && max === null ? null : { min, max };

function memberKnown(row: HouseholdMemberRow, day: DayText): KnownOfMember {
  const known = { ...row, ageYears: ageSpan(row, day) };
  return Object.fromEntries(MEMBER_FACT_NAMES.map((fact) => [fact, known[fact]]));
}
