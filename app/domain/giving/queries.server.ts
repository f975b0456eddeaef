import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { builtOnce } from "~/domain/kernel/builtOnce.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { openLinesOf } from "~/domain/needs/queries.server";
import type { WishFilter } from "~/domain/needs/wishFilter";
import { namesByCode } from "~/domain/reference/queries.server";
import { type ArrivalWay, type DisplayChoice, gifts, type IfGone } from "~db/schema/giving";
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

/** What a donor chose last, where choosing the same again does no harm. */
export type LastChoices = Readonly<{
  displayChoice?: DisplayChoice;
  displayName?: string;
  ifGone?: IfGone;
  arrivalWay?: ArrivalWay;
}>;

/** Only the newest gifts are looked at: nobody's page grows with how often they gave. */
const LOOKED_AT = 5;

/**
 * How the donor appeared, how their things came and what was to become of them when they gave last. That they
 * are no relative is asked each time anew, and so is where to collect.
 */
export async function lastChoices(ctx: UseCaseContext): Promise<LastChoices> {
  const { userId } = requireUser(ctx.actor);
  const given = await ctx.db
    .select({
      displayChoice: gifts.displayChoice,
      displayName: gifts.displayName,
      ifGone: gifts.ifGone,
      arrivalWay: gifts.arrivalWay,
    })
    .from(gifts)
    .where(and(eq(gifts.donorId, userId), isNotNull(gifts.displayChoice)))
    .orderBy(desc(gifts.id))
    .limit(LOOKED_AT);
  const shown = given[0];
  const ifGone = given.find((gift) => gift.ifGone !== null)?.ifGone;
  const way = given.find(
    ({ arrivalWay }) => arrivalWay === "drop_off" || arrivalWay === "courier",
  )?.arrivalWay;
  return {
    ...(shown?.displayChoice ? { displayChoice: shown.displayChoice } : {}),
    ...(shown?.displayName ? { displayName: shown.displayName } : {}),
    ...(ifGone ? { ifGone } : {}),
    ...(way ? { arrivalWay: way } : {}),
  };
}
