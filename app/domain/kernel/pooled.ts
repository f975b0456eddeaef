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
  const numbered = rows.map((row, place) => ({ row, place, entries: entriesOf(row) }));
  const shown = numbered
    .filter(({ entries }) => entries >= FEWEST_OF_A_ROW)
    .toSorted((a, b) => b.entries - a.entries);
  const rest = numbered.filter(({ entries }) => entries < FEWEST_OF_A_ROW);
  const restOf = () => rest.reduce((sum, { entries }) => sum + entries, 0);

  while (rest.length > 0 && restOf() < FEWEST_OF_A_ROW) {
    const smallest = shown.pop();
    if (smallest === undefined) return [];
    rest.push(smallest);
  }

  const kept = shown.toSorted((a, b) => a.place - b.place).map(({ row }) => row);
  return rest.length === 0 ? kept : [...kept, together(rest.map(({ row }) => row))];
}
