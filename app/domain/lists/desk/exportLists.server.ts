import { and, asc, eq, sql } from "drizzle-orm";
import { inBatches } from "~/domain/kernel/batches";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { ruleKindsInForce } from "~/domain/lists/inForce.server";
import { listItems, type ListName } from "~db/schema/directory";
import { cellOf, listColumnsOf, TOLD_COLUMNS } from "./listColumns";
import { requireListKeeper } from "./listKeeper.server";

/** Items read at once. */
const BATCH = 1_000;

type Table = Readonly<{ header: string[]; batches: AsyncGenerator<string[][]> }>;

/**
 * One list whole, as a table that `importLists` reads back, batch by batch in the order of the list: codes of
 * lists in one cell apart by spaces, papers one a line. Cells are plain: whoever writes the file guards them.
 * @throws {DomainError} NOT_ALLOWED
 */
export async function exportLists(ctx: UseCaseContext, list: ListName, batch = BATCH): Promise<Table> {
  requireListKeeper(ctx);
  const kinds = await ruleKindsInForce(ctx.db, ctx.now());
  const columns = listColumnsOf(list);
  const rowOf = (item: Item) => [
    item.code,
    ...columns.map(([, field]) => cellOf(item, field)),
    item.state,
    item.checkedAt ? shanghaiDay(item.checkedAt) : "",
    kinds.get(item.code) ?? "",
  ];
  return {
    header: ["code", ...columns.map(([column]) => column), ...TOLD_COLUMNS],
    batches: rowsOf(ctx, list, batch, rowOf),
  };
}

type Item = typeof listItems.$inferSelect;

async function* rowsOf(ctx: UseCaseContext, list: ListName, batch: number, rowOf: (item: Item) => string[]) {
  const batches = inBatches(batch, (last: Item | undefined) =>
    ctx.db
      .select()
      .from(listItems)
      .where(
        and(
          eq(listItems.list, list),
          last && sql`(${listItems.sort}, ${listItems.id}) > (${last.sort}, ${last.id})`,
        ),
      )
      .orderBy(asc(listItems.sort), asc(listItems.id))
      .limit(batch),
  );
  for await (const items of batches) yield items.map(rowOf);
}
