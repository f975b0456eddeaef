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

/** Everything that batches hold, for what has to be whole before it can be sent. */
export async function gathered<Row>(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) for (const row of batch) rows.push(row);
  return rows;
}
