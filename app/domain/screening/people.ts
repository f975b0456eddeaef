import { DomainError } from "~/domain/kernel/errors";
import { ageSpan, bornSpan, type DayText, monthSpan } from "~/domain/rules/ages";
import { MEMBER_FACT_NAMES, type Span } from "~/domain/rules/facts";
import { type FactsInput, isSaid, type MemberInput, MOST_PEOPLE, MOST_PLACES } from "./factsInput";
import type { HouseholdMemberRow } from "./factsRows";
import { bornMonthOf } from "./sheetForm";

/** One person as the table keeps them, by their place; a fact that is not there is not known. */
export type Person = Readonly<Record<string, unknown>> &
  Readonly<{ position: number; bornFrom: DayText | null; bornTo: DayText | null }>;

const FACTS = MEMBER_FACT_NAMES.filter((fact) => fact !== "ageYears");

/**
 * The people of a household after a sheet was saved: those listed say what is typed now, those taken off are
 * gone, those that the form did not show stay, blank rows are nobody, and new ones get places of their own.
 * @throws {DomainError} IN_THE_FUTURE for a birth that has not been, MONTH_OR_AGE beside the age,
 *   NOBODY_LEFT, TOO_MANY_PEOPLE
 */
export function peopleAfter(
  before: readonly HouseholdMemberRow[],
  { members, newMembers }: Pick<FactsInput, "members" | "newMembers">,
  today: DayText,
): Person[] {
  const known = new Map(before.map((person) => [person.position, person]));
  const kept = before.flatMap((person): Person[] => {
    const said = members[person.position];
    if (said === undefined || !(isSaid(said) || said.listed || said.off)) return [person];
    return said.off === "yes"
      ? []
      : [written(said, `members[${person.position}]`, today, person.position, person)];
  });
  // Somebody whose place is empty now was taken off by another person: what is typed of them comes in anew.
  const added = [
    ...members.flatMap((said, place) => (known.has(place) ? [] : [{ said, row: `members[${place}]` }])),
    ...newMembers.map((said, index) => ({ said, row: `newMembers[${index}]` })),
  ].filter(({ said }) => isSaid(said) && said.off === undefined);
  const next = [...known.keys()].reduce((last, place) => Math.max(last, place), -1) + 1;
  const people = [...kept, ...added.map(({ said, row }, index) => written(said, row, today, next + index))];
  if (people.length === 0) throw new DomainError("NOBODY_LEFT");
  if (people.length > MOST_PEOPLE) throw new DomainError("TOO_MANY_PEOPLE", { most: MOST_PEOPLE });
  return people.some((person) => person.position >= MOST_PLACES)
    ? people.map((person, position) => ({ ...person, position }))
    : people;
}

function written(
  said: MemberInput,
  row: string,
  today: DayText,
  position: number,
  before?: HouseholdMemberRow,
): Person {
  if (contradicts(said, today, before)) throw new DomainError("MONTH_OR_AGE", {}, `${row}.ageYears`);
  const born = bornOf(said, today, before);
  if (born.bornFrom !== null && born.bornFrom > today) throw new DomainError("IN_THE_FUTURE");
  return { ...Object.fromEntries(FACTS.map((fact) => [fact, said[fact]])), position, ...born };
}

/**
 * A month and an age that do not go together; an age that the form only shows, because it was known before,
 * gives way to a month.
 */
function contradicts(
  { bornMonth, ageYears }: MemberInput,
  today: DayText,
  before: HouseholdMemberRow | undefined,
): boolean {
  if (bornMonth === null || ageYears === null) return false;
  if (before && bornMonthOf(before) === "" && isAge(before, ageYears, today)) return false;
  const ofMonth = ageSpan(monthSpan(bornMonth), today);
  return (
    !ofMonth || (ageYears.min ?? 0) > (ofMonth.max ?? 0) || (ageYears.max ?? Infinity) < (ofMonth.min ?? 0)
  );
}

/** Days of birth as typed; where the form shows what is known already, that stays as exact as it is. */
function bornOf(
  { bornMonth, ageYears }: MemberInput,
  today: DayText,
  before: HouseholdMemberRow | undefined,
): Pick<Person, "bornFrom" | "bornTo"> {
  const stays =
    before &&
    (bornMonth === null
      ? ageYears !== null && bornMonthOf(before) === "" && isAge(before, ageYears, today)
      : bornMonthOf(before) === bornMonth);
  if (stays) return { bornFrom: before.bornFrom, bornTo: before.bornTo };
  if (bornMonth !== null) return monthSpan(bornMonth);
  return ageYears === null ? { bornFrom: null, bornTo: null } : bornSpan(ageYears, today);
}

/**
 * Whether somebody born between two days has these ages today, or had them yesterday, when the form may have
 * been opened.
 */
const isAge = (born: HouseholdMemberRow, age: Span, today: DayText): boolean =>
  [today, dayBefore(today)].some((day) => {
    const known = ageSpan(born, day);
    return known?.min === age.min && known.max === age.max;
  });

const dayBefore = (day: DayText): DayText =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
