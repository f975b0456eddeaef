import { and, desc, eq, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { listWishes } from "~/domain/needs/queries.server";
import { journal } from "~db/schema/journal";
import { needLines, publicNeeds } from "~db/schema/needs";
import { towns, unitsOfMeasure } from "~db/schema/reference";

/** The three live numbers, read from the lines as they stand now: never a counter of its own. */
export async function liveNumbers(ctx: UseCaseContext) {
  const [row] = await ctx.db
    .select({
      open: sql<string>`coalesce(sum(case when ${needLines.accepts} then ${needLines.open} else 0 end), 0)`,
      claimed: sql<string>`coalesce(sum(${needLines.pledged} + ${needLines.inHub} + ${needLines.delivered}), 0)`,
      delivered: sql<string>`coalesce(sum(${needLines.delivered}), 0)`,
    })
    .from(needLines)
    .where(sql`${needLines.kind} <> 'money'`);
  return {
    open: Number(row?.open ?? 0),
    claimed: Number(row?.claimed ?? 0),
    delivered: Number(row?.delivered ?? 0),
    asOf: ctx.now(),
  };
}

/** What reached somebody's hands last: town and thing, nothing of the person. */
const justDelivered = (ctx: UseCaseContext) =>
  ctx.db
    .select({
      id: journal.id,
      at: journal.occurredAt,
      quantity: journal.quantity,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      unit: unitsOfMeasure,
      town: towns,
    })
    .from(journal)
    .innerJoin(needLines, eq(needLines.id, journal.lineId))
    .innerJoin(publicNeeds, eq(publicNeeds.needId, needLines.needId))
    .innerJoin(towns, eq(towns.code, publicNeeds.townCode))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(eq(journal.bucketTo, "delivered"))
    .orderBy(desc(journal.id))
    .limit(5);

/** Open wishes by town: counts of published wishes, which every visitor could count themselves. */
const openByTown = (ctx: UseCaseContext) =>
  ctx.db
    .select({
      code: towns.code,
      nameHans: towns.nameHans,
      nameHant: towns.nameHant,
      nameEn: towns.nameEn,
      n: sql<number>`count(${publicNeeds.needId})::int`,
    })
    .from(towns)
    .leftJoin(publicNeeds, and(eq(publicNeeds.townCode, towns.code), eq(publicNeeds.isOpen, true)))
    .groupBy(towns.code)
    .orderBy(towns.sort);

/** Everything on the front page. */
export async function homePage(ctx: UseCaseContext) {
  const [numbers, waiting, newest, delivered, byTown] = await Promise.all([
    liveNumbers(ctx),
    listWishes(ctx, {}),
    listWishes(ctx, { sort: "newest" }),
    justDelivered(ctx),
    openByTown(ctx),
  ]);
  const longest = waiting.cards.slice(0, 3);
  return {
    numbers,
    waiting: longest,
    newest: newest.cards.filter((card) => !longest.some((other) => other.needId === card.needId)).slice(0, 3),
    delivered,
    byTown,
  };
}
