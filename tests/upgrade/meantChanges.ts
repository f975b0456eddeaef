/**
 * A column whose values a migration means to change or to take away, and why nothing is lost by it.
 * Everything else has to stay as it was.
 */
export type MeantChange = Readonly<{ column: `${string}.${string}`; by: string; why: string }>;

/**
 * Rows that a migration adds to a table that has others: they are left out on both sides, so that no other
 * row hides behind them.
 */
export type MeantRow = Readonly<{ table: string; where: string; by: string; why: string }>;

export const MEANT_ROWS: readonly MeantRow[] = [
  {
    table: "setting",
    where: "key = 'stepUpMinutes'",
    by: "0005_step_up",
    why: "the limit that it brings, where an installation has its others",
  },
  {
    table: "setting",
    where: "key in ('inspectWithinDays', 'deliverWithinDays')",
    by: "0020_public_account",
    why: "the two limits that it brings, where an installation has its others",
  },
  {
    table: "setting",
    where: "key in ('callBackHours', 'callBacksPerHour')",
    by: "0022_call_back",
    why: "the two limits that it brings, where an installation has its others",
  },
  {
    table: "setting",
    where: "key = 'codeTextsPerDay'",
    by: "0023_ways_in",
    why: "the limit that it brings, where an installation has its others",
  },
];

const CALLED =
  "a need of an organisation is called so, and no longer a project; every need keeps whose it is";

export const MEANT_CHANGES: readonly MeantChange[] = [
  { column: "need.kind", by: "0010_organisation_need", why: CALLED },
  { column: "public_need.kind", by: "0010_organisation_need", why: CALLED },
  { column: "need_draft.kind", by: "0010_organisation_need", why: CALLED },
  { column: "request_key.command", by: "0010_organisation_need", why: "its two commands are called so too" },
  {
    column: "public_need.search_grams",
    by: "0016_narrow_search",
    why: "the words of its text and keys, which both stay, stand in need_search",
  },
];
