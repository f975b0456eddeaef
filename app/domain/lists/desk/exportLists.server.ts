import { asc, eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { rulesInForce } from "~/domain/lists/inForce.server";
import { listItems, type ListName } from "~db/schema/directory";
import { cellOf, listColumnsOf, TOLD_COLUMNS } from "./listColumns";
import { requireListKeeper } from "./listKeeper.server";

/**
 * One list whole, as a table that `importLists` reads back: codes of lists in one cell apart by spaces,
 * papers one a line. Cells are plain: whoever writes the file guards them.
 * @throws {DomainError} NOT_ALLOWED
 */
export async function exportLists(
  ctx: UseCaseContext,
  list: ListName,
): Promise<{ header: string[]; rows: string[][] }> {
  requireListKeeper(ctx);
  const items = await ctx.db
    .select()
    .from(listItems)
    .where(eq(listItems.list, list))
    .orderBy(asc(listItems.sort));
  const kinds = new Map((await rulesInForce(ctx.db, ctx.now())).map((rule) => [rule.itemCode, rule.kind]));
  const columns = listColumnsOf(list);
  const rows = items.map((item) => {
    const cells = columns.map(([, field]) => cellOf(item, field));
    return [
      item.code,
      ...cells,
      item.state,
      item.checkedAt ? shanghaiDay(item.checkedAt) : "",
      kinds.get(item.code) ?? "",
    ];
  });
  return { header: ["code", ...columns.map(([column]) => column), ...TOLD_COLUMNS], rows };
}
