/** A page of rows that are read by key, and the key behind which the next one begins; none on the last. */
export type RowPage<Row, Key = string> = Readonly<{ rows: Row[]; next: Key | undefined }>;

/**
 * The page that was read by a query which asked for one row more than a page has.
 * @param keyOf where the next page begins, by the last row of this one
 */
export function pageOf<Row, Key>(
  found: readonly Row[],
  size: number,
  keyOf: (last: Row) => Key,
): RowPage<Row, Key> {
  const rows = found.slice(0, size);
  const last = rows.at(-1);
  return { rows, next: found.length > size && last !== undefined ? keyOf(last) : undefined };
}
