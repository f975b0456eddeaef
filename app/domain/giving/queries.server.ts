import { eq, sql } from "drizzle-orm";
import { builtOnce } from "~/domain/kernel/builtOnce.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { openLinesOf } from "~/domain/needs/queries.server";
import type { WishFilter } from "~/domain/needs/wishFilter";
import { namesByCode } from "~/domain/reference/queries.server";
import { needLines, publicNeeds } from "~db/schema/needs";

/** What the basket says of a line and of its wish. */
const publicLines = builtOnce((db) =>
  db
    .select({
      wish: {
        code: publicNeeds.code,
        titleHans: publicNeeds.titleHans,
        titleHant: publicNeeds.titleHant,
      },
      line: {
        id: needLines.id,
        itemHans: needLines.itemHans,
        itemHant: needLines.itemHant,
        objectKind: needLines.objectKind,
        open: needLines.open,
        accepts: needLines.accepts,
        unitPriceFen: needLines.unitPriceFen,
      },
    })
    .from(needLines)
    .innerJoin(publicNeeds, eq(publicNeeds.needId, needLines.needId))
    .where(sql`${needLines.id} = any (${sql.placeholder("lineIds")}::uuid[])`)
    .prepare("basket_lines"),
);

/** What the basket's lines are and need now; lines of wishes that are gone are left out. */
export async function basketLines(ctx: UseCaseContext, lineIds: readonly string[]) {
  if (lineIds.length === 0) return [];
  const [rows, { icons }] = await Promise.all([
    publicLines(ctx.db).execute({ lineIds: `{${lineIds.join(",")}}` }),
    namesByCode(ctx),
  ]);
  return rows.map(({ wish, line: { objectKind, ...line } }) => ({
    wish,
    line: { ...line, icon: icons.get(objectKind ?? "") ?? null },
  }));
}

/** The open lines of a filtered list, at most so many: "claim the whole list". */
export async function linesOfFilter(
  ctx: UseCaseContext,
  filter: WishFilter,
): Promise<{ lineId: string; quantity: number }[]> {
  return openLinesOf(ctx, filter, await limit(ctx.db, ctx, "basketLines"));
}
