import type { householdFacts, householdMembers } from "~db/schema/screening";
import { ageSpan, type Day } from "../rules/ages";
import { HOUSEHOLD_FACT_NAMES, MEMBER_FACT_NAMES, type Facts, type KnownOfHousehold, type KnownOfMember } from "../rules/facts";

export type HouseholdFactsRow = Omit<typeof householdFacts.$inferSelect, "recordedBy" | "recordedAt" | "origin" | "version" | "townCode">;
export type HouseholdMemberRow = typeof householdMembers.$inferSelect;

/**
 * What the rows of one household say on a day, as the rules read it: income as a span, ages counted from the birth days on that
 * day. A column that is null is a fact that is not known. `members` may come in any order; the people of the answer are in the
 * order of their positions.
 */
export function factsFromRows(household: HouseholdFactsRow, members: readonly HouseholdMemberRow[], day: Day): Facts {
  return {
    household: householdKnown(household),
    members: members.toSorted((a, b) => a.position - b.position).map((member) => memberKnown(member, day)),
    membersComplete: household.membersComplete,
  };
}

function householdKnown(row: HouseholdFactsRow): KnownOfHousehold {
  const { incomePerHeadMinFen: min, incomePerHeadMaxFen: max } = row;
  const incomePerHeadFen = min === null && max === null ? null : { min, max };
  const known = { ...row, incomePerHeadFen };
  return Object.fromEntries(HOUSEHOLD_FACT_NAMES.map((fact) => [fact, known[fact]]));
}

function memberKnown(row: HouseholdMemberRow, day: Day): KnownOfMember {
  const known = { ...row, ageYears: ageSpan(row, day) };
  return Object.fromEntries(MEMBER_FACT_NAMES.map((fact) => [fact, known[fact]]));
}
