import { yuanText } from "~/domain/kernel/money";
import { ageSpan, type DayText } from "~/domain/rules/ages";
import { type FactKind, HOUSEHOLD_FACTS, MEMBER_FACTS } from "~/domain/rules/facts";
import type { HouseholdFactsRow, HouseholdMemberRow } from "./factsRows";
import { spanText } from "./spans";

/** Room for so many more people than are listed: a form without scripts cannot grow. */
export const SPARE_ROWS = 2;
/** The month in which somebody was born, where no more and no less is known. */
export const bornMonthOf = ({
  bornFrom,
  bornTo,
}: Pick<HouseholdMemberRow, "bornFrom" | "bornTo">): string => {
  const month = bornFrom?.slice(0, 7) ?? "";
  return month === bornTo?.slice(0, 7) ? month : "";
};

/** An age as the sheet shows it on a day where the month is not known. */
export const ageText = (member: Pick<HouseholdMemberRow, "bornFrom" | "bornTo">, day: DayText): string =>
  bornMonthOf(member) === "" ? spanText(ageSpan(member, day)) : "";

const incomeText = (min: number | null, max: number | null): string =>
  spanText({ min, max }, (fen) => yuanText(BigInt(fen)));

const factText = (value: unknown): string =>
  typeof value === "boolean" ? (value ? "yes" : "no") : typeof value === "string" ? value : "";

const factTexts = (
  facts: Readonly<Record<string, FactKind>>,
  prefix: string,
  known: Readonly<Record<string, unknown>>,
): (readonly [string, string])[] =>
  Object.entries(facts).flatMap(([fact, kind]) =>
    kind.kind === "number" ? [] : [[`${prefix}.${fact}`, factText(known[fact])] as const],
  );

type Shown = Readonly<{
  row: HouseholdFactsRow;
  members: readonly HouseholdMemberRow[];
  received: readonly string[];
}>;

/** Every field of the sheet's form by its name, as it stands in the database on a day. */
export function sheetValues(
  { row, members, received }: Shown,
  day: DayText,
): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries<string | readonly string[]>([
    ...factTexts(HOUSEHOLD_FACTS, "household", row),
    ["household.incomePerHead", incomeText(row.incomePerHeadMinFen, row.incomePerHeadMaxFen)],
    ["household.incomeTotal", incomeText(row.incomeTotalMinFen, row.incomeTotalMaxFen)],
    // Where everybody is listed, the list says it.
    [
      "household.householdSize",
      row.membersComplete ? "" : spanText({ min: row.householdSizeMin, max: row.householdSizeMax }),
    ],
    ...members.flatMap((member) => {
      const prefix = `members[${member.position}]`;
      return [
        [`${prefix}.bornMonth`, bornMonthOf(member)] as const,
        [`${prefix}.ageYears`, ageText(member, day)] as const,
        ...factTexts(MEMBER_FACTS, prefix, member),
        [`${prefix}.listed`, "yes"] as const,
        [`${prefix}.off`, ""] as const,
      ];
    }),
    ["membersComplete", row.membersComplete ? "yes" : ""],
    ["receives", received],
  ]);
}

/** The places of the people on a form that is filled with these values. */
export function memberPlacesOf(values: Readonly<Record<string, unknown>>): number[] {
  const places = Object.keys(values).flatMap((name) => /^members\[(\d{1,3})\]/.exec(name)?.[1] ?? []);
  return [...new Set(places)].map((place) => Number.parseInt(place, 10)).toSorted((a, b) => a - b);
}
