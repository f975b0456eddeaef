import { and, desc, eq, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { talliesOf } from "~/domain/kernel/tally.server";
import { listWishes } from "~/domain/needs/queries.server";
import { journal } from "~db/schema/journal";
import { needLines, publicNeeds } from "~db/schema/needs";
import { objectKinds, towns, unitsOfMeasure } from "~db/schema/reference";

/** The three live numbers: sums over all lines of things and services, as these stand now. */
export async function liveNumbers(ctx: UseCaseContext) {
  const sums = await talliesOf(ctx.db, "lines");
  const unitsOf = (wanted: string) => Number(sums.find(({ part }) => part === wanted)?.units ?? 0n);
  return {
    open: unitsOf("open"),
    claimed: unitsOf("claimed"),
    delivered: unitsOf("delivered"),
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
      kindEn: objectKinds.nameEn,
      unit: unitsOfMeasure,
      town: towns,
    })
    .from(journal)
    .innerJoin(needLines, eq(needLines.id, journal.lineId))
    .innerJoin(publicNeeds, eq(publicNeeds.needId, needLines.needId))
    .innerJoin(towns, eq(towns.code, publicNeeds.townCode))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .leftJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .where(sql`${journal.bucketTo} = 'delivered'`)
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
