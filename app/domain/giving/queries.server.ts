import { inArray } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { openLinesOf, withLines } from "~/domain/needs/queries.server";
import type { WishFilter } from "~/domain/needs/wishFilter";
import { needLines, publicNeeds } from "~db/schema/needs";

/** What the basket says of a wish. */
const WISH = {
  needId: publicNeeds.needId,
  code: publicNeeds.code,
  townCode: publicNeeds.townCode,
  titleHans: publicNeeds.titleHans,
  titleHant: publicNeeds.titleHant,
} as const;

/** What the basket's lines are and need now; lines of wishes that are gone are left out. */
export async function basketLines(ctx: UseCaseContext, lineIds: readonly string[]) {
  if (lineIds.length === 0) return [];
  const rows = await ctx.db
    .select(WISH)
    .from(publicNeeds)
    .where(
      inArray(
        publicNeeds.needId,
        ctx.db
          .select({ id: needLines.needId })
          .from(needLines)
          .where(inArray(needLines.id, [...lineIds])),
      ),
    );
  const cards = await withLines(ctx, rows);
  return cards.flatMap((wish) =>
    wish.lines.filter((line) => lineIds.includes(line.id)).map((line) => ({ wish, line })),
  );
}

/** The open lines of a filtered list, at most so many: "claim the whole list". */
export async function linesOfFilter(
  ctx: UseCaseContext,
  filter: WishFilter,
): Promise<{ lineId: string; quantity: number }[]> {
  return openLinesOf(ctx, filter, await limit(ctx.db, ctx, "basketLines"));
}
