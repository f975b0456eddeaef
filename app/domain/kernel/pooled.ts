/** A row of open data stands for at least so many: of fewer somebody could be told. */
export const FEWEST_OF_A_ROW = 5;

/**
 * Rows that stand for enough, and one that puts the others together; where those are still too few, the
 * smallest of the rows goes in with them, so that the sum is that of all. Nothing where all are too few.
 */
export function pooled<Row>(
  rows: readonly Row[],
  { entriesOf, together }: Readonly<{ entriesOf: (row: Row) => number; together: (rows: Row[]) => Row }>,
): Row[] {
  const shown = rows
    .filter((row) => entriesOf(row) >= FEWEST_OF_A_ROW)
    .toSorted((a, b) => entriesOf(b) - entriesOf(a));
  const rest = rows.filter((row) => entriesOf(row) < FEWEST_OF_A_ROW);
  const entries = () => rest.reduce((sum, row) => sum + entriesOf(row), 0);

  while (rest.length > 0 && entries() < FEWEST_OF_A_ROW) {
    const smallest = shown.pop();
    if (smallest === undefined) return [];
    rest.push(smallest);
  }

  const kept = rows.filter((row) => shown.includes(row));
  return rest.length === 0 ? kept : [...kept, together(rest)];
}
