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
];

export const MEANT_CHANGES: readonly MeantChange[] = [];
