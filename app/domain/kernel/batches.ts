/**
 * Rows of any number, so many at a time: `read` answers with those behind the last of the batch before, at
 * most so many. Each batch is a statement of its own, so that whoever takes them slowly holds nothing open.
 */
export async function* inBatches<Row>(
  most: number,
  read: (last: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[], void> {
  let last: Row | undefined;

  for (;;) {
    const rows = await read(last);
    yield rows;
    last = rows.at(-1);
    if (rows.length < most) return;
  }
}
