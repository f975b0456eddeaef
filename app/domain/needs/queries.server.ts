import { and, asc, desc, eq, gt, inArray, lt, lte, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { plusDays } from "~/domain/kernel/time";
import type { Database, UseCaseContext } from "~/domain/kernel/context.server";
import { needLines, publicNeeds } from "~db/schema/needs";
import { objectKinds, towns, unitsOfMeasure } from "~db/schema/reference";
import { foldForSearch } from "./fold.server";
import { gramsQuery } from "./search";
import type { WishFilter } from "./wishFilter";

export const PAGE_SIZE = 24;
/** Facet counts of more rows than this cost more than they tell (matching.md 4.1). */
const COUNTABLE = 10_000;

const GAP_BANDS: Readonly<Record<NonNullable<WishFilter["gap"]>, readonly [bigint, bigint]>> = { one: [1n, 1n], few: [2n, 9n], many: [10n, 1_000_000_000n] };
const WAITING_DAYS = { week: 7, month: 30 } as const;

const openUnits = sql`(select coalesce(sum(${needLines.open}), 0) from ${needLines} where ${needLines.needId} = ${publicNeeds.needId} and ${needLines.kind} <> 'money')`;

function conditions(ctx: UseCaseContext, filter: WishFilter, except?: keyof WishFilter): SQL[] {
  const found: (SQL | undefined)[] = [eq(publicNeeds.isOpen, filter.done !== "yes")];
  const grams = filter.q === undefined ? undefined : gramsQuery(foldForSearch(filter.q));
  if (filter.q !== undefined && except !== "q") found.push(grams === undefined ? sql`false` : sql`${publicNeeds.searchGrams} @@ ${grams}::tsquery`);
  if (filter.town && except !== "town") found.push(eq(publicNeeds.townCode, filter.town));
  if (filter.kind && except !== "kind") found.push(eq(publicNeeds.lineKind, filter.kind));
  if (filter.group && except !== "group") found.push(eq(publicNeeds.publicGroup, filter.group));
  if (filter.item && except !== "item") found.push(eq(publicNeeds.objectKind, filter.item));
  if (filter.gap && except !== "gap") found.push(sql`${openUnits} between ${GAP_BANDS[filter.gap][0]} and ${GAP_BANDS[filter.gap][1]}`);
  if (filter.waiting && except !== "waiting") found.push(lte(publicNeeds.waitingSince, plusDays(ctx.now(), -WAITING_DAYS[filter.waiting])));
  return found.filter((condition) => condition !== undefined);
}

type Order = Readonly<{ column: PgColumn; direction: "asc" | "desc" }>;
const ORDERS: Readonly<Record<"waiting" | "newest", Order>> = {
  /** Fairness: who waits longest comes first, not what is liked most. */
  waiting: { column: publicNeeds.waitingSince, direction: "asc" },
  newest: { column: publicNeeds.publishedAt, direction: "desc" },
};

/** Where a page begins: the sort time and id of the card before (or after) it. */
export type PageKey = Readonly<{ at: Date; id: string; back: boolean }>;

/** One page of public needs by key, in either direction: the thousandth page costs what the first does. */
export async function listWishes(ctx: UseCaseContext, filter: WishFilter, key?: PageKey) {
  const order = ORDERS[filter.sort ?? "waiting"];
  const forward = key?.back !== true;
  const ascending = (order.direction === "asc") === forward;
  const beyond = ascending ? gt : lt;
  const keyed = key && or(beyond(order.column, key.at), and(eq(order.column, key.at), beyond(publicNeeds.needId, key.id)));
  const by = ascending ? asc : desc;
  const rows = await ctx.db
    .select()
    .from(publicNeeds)
    .where(and(...conditions(ctx, filter), keyed))
    .orderBy(by(order.column), by(publicNeeds.needId))
    .limit(PAGE_SIZE + 1);
  const more = rows.length > PAGE_SIZE;
  const page = rows.slice(0, PAGE_SIZE);
  if (!forward) page.reverse();
  const edge = (row: (typeof page)[number] | undefined, back: boolean): PageKey | undefined =>
    row && { at: filter.sort === "newest" ? row.publishedAt : row.waitingSince, id: row.needId, back };
  return {
    cards: await withLines(ctx.db, page),
    next: (forward ? more : key !== undefined) ? edge(page.at(-1), false) : undefined,
    previous: (forward ? key !== undefined : more) ? edge(page[0], true) : undefined,
  };
}

/** Lines, town and kind beside each need, in two queries whatever the page's size. */
export async function withLines<N extends typeof publicNeeds.$inferSelect>(db: Database, needs: readonly N[]) {
  if (needs.length === 0) return [];
  const lines = await db
    .select({
      id: needLines.id,
      needId: needLines.needId,
      position: needLines.position,
      kind: needLines.kind,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      unitPriceFen: needLines.unitPriceFen,
      requested: needLines.requested,
      held: needLines.held,
      pledged: needLines.pledged,
      inHub: needLines.inHub,
      delivered: needLines.delivered,
      waived: needLines.waived,
      open: needLines.open,
      accepts: needLines.accepts,
      unit: unitsOfMeasure,
      icon: objectKinds.icon,
    })
    .from(needLines)
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .leftJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .where(
      inArray(
        needLines.needId,
        needs.map((need) => need.needId),
      ),
    )
    .orderBy(asc(needLines.position));
  const townRows = await db
    .select()
    .from(towns)
    .where(
      inArray(
        towns.code,
        needs.map((need) => need.townCode),
      ),
    );
  return needs.map((need) => ({ ...need, lines: lines.filter((line) => line.needId === need.needId), town: townRows.find((town) => town.code === need.townCode) }));
}

/** The public face of one need; undefined when it is not (or no longer) public. */
export async function readWish(db: Database, code: string) {
  const rows = await db.select().from(publicNeeds).where(eq(publicNeeds.code, code));
  const [wish] = await withLines(db, rows);
  return wish;
}

/** How many needs match, and how many each choice of each facet would leave; no counts for very large answers. */
export async function facetsOf(ctx: UseCaseContext, filter: WishFilter) {
  const matching = ctx.db
    .select({ one: sql`1` })
    .from(publicNeeds)
    .where(and(...conditions(ctx, filter)))
    .limit(COUNTABLE + 1)
    .as("matching");
  const [row] = await ctx.db.select({ total: sql<number>`count(*)::int` }).from(matching);
  const total = row?.total ?? 0;
  if (total > COUNTABLE) return { total, town: [], kind: [], group: [], item: [] };
  const count = async (facet: "town" | "kind" | "group" | "item", column: PgColumn) =>
    ctx.db
      .select({ value: sql<string>`${column}`, n: sql<number>`count(*)::int` })
      .from(publicNeeds)
      .where(and(...conditions(ctx, filter, facet), sql`${column} is not null`))
      .groupBy(column)
      .orderBy(desc(sql`count(*)`));
  const [town, kind, group, item] = await Promise.all([
    count("town", publicNeeds.townCode),
    count("kind", publicNeeds.lineKind),
    count("group", publicNeeds.publicGroup),
    count("item", publicNeeds.objectKind),
  ]);
  return { total, town, kind, group, item };
}
