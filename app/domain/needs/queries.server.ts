import { and, asc, desc, eq, gt, inArray, ne, sql, type SQLWrapper } from "drizzle-orm";
import { type PgColumn, unionAll } from "drizzle-orm/pg-core";
import type { Database, UseCaseContext } from "~/domain/kernel/context.server";
import { rememberedInPublic } from "~/domain/kernel/remembered.server";
import { namesByCode } from "~/domain/reference/queries.server";
import { needLines, publicNeeds } from "~db/schema/needs";
import { LINE_ASKED } from "./lineShown.server";
import { conditions, COUNTABLE, foundBy, hasManyWays, questionFor, searched } from "./wishConditions.server";
import type { WishFilter } from "./wishFilter";

export const PAGE_SIZE = 24;
/** As long as a public page is kept: what it counts is at most twice as old. */
const COUNTED_SECONDS = 5;

/** Fewer hits than this are little: then what differs by one character is shown too, as the lists do. */
const ENOUGH = 5;

/** The question that the count has settled on, or else that of what was typed. */
const settledOn = async (
  ctx: UseCaseContext,
  filter: WishFilter,
  { asked, near }: Partial<Counted>,
): Promise<string | undefined> => asked ?? (await questionFor(ctx, filter))?.[near ? "near" : "exact"];

type Order = Readonly<{ column: PgColumn; direction: "asc" | "desc" }>;
const ORDERS: Readonly<Record<"waiting" | "newest", Order>> = {
  /** Fairness: who waits longest comes first, not what is liked most. */
  waiting: { column: publicNeeds.waitingSince, direction: "asc" },
  newest: { column: publicNeeds.publishedAt, direction: "desc" },
};

/** Where a page begins: the sort time and id of the card before (or after) it. */
export type PageKey = Readonly<{ at: Date; id: string; back: boolean }>;

/** What a card in a list shows and sorts by: not the whole story, nor what only the search reads. */
const CARD = {
  needId: publicNeeds.needId,
  code: publicNeeds.code,
  titleHans: publicNeeds.titleHans,
  titleHant: publicNeeds.titleHant,
  publicGroup: publicNeeds.publicGroup,
  townCode: publicNeeds.townCode,
  verifiedAt: publicNeeds.verifiedAt,
  publishedAt: publicNeeds.publishedAt,
  waitingSince: publicNeeds.waitingSince,
  isOpen: publicNeeds.isOpen,
};
/** What a wish's own page shows and goes by: its card, its words, and what came of it. */
const WISH = {
  ...CARD,
  kind: publicNeeds.kind,
  lineKind: publicNeeds.lineKind,
  storyHans: publicNeeds.storyHans,
  storyHant: publicNeeds.storyHant,
  pseudonym: publicNeeds.pseudonym,
  ageBand: publicNeeds.ageBand,
  organisationId: publicNeeds.organisationId,
  verifiedRole: publicNeeds.verifiedRole,
  reportHans: publicNeeds.reportHans,
  reportHant: publicNeeds.reportHant,
};

/**
 * One page of public needs by key, in either direction: the thousandth page costs what the first does.
 * @param counted what `countWishes` said of it: that a search finds few, and by which question
 */
export async function listWishes(
  ctx: UseCaseContext,
  filter: WishFilter,
  key?: PageKey,
  counted: Partial<Counted> = {},
) {
  const { few = false, seldom = false, total } = counted;
  const order = ORDERS[filter.sort ?? "waiting"];
  const forward = key?.back !== true;
  const ascending = (order.direction === "asc") === forward;
  // One comparison of both columns, which an index can start from.
  const keyed =
    key &&
    sql`(${order.column}, ${publicNeeds.needId}) ${sql.raw(ascending ? ">" : "<")} (${key.at.toISOString()}, ${key.id})`;
  const by = ascending ? asc : desc;
  // Few hits are found by their words and then sorted; without this the planner walks all wishes in order,
  // waiting for them.
  const sorted = few ? sql`${order.column} + interval '0'` : order.column;
  const words = searched(await settledOn(ctx, filter, counted), filter, seldom);
  const rows = await ctx.db
    .select(CARD)
    .from(publicNeeds)
    .where(and(words, ...conditions(ctx, filter, total !== undefined && total <= COUNTABLE), keyed))
    .orderBy(by(sorted), by(publicNeeds.needId))
    .limit(PAGE_SIZE + 1);
  const more = rows.length > PAGE_SIZE;
  const page = rows.slice(0, PAGE_SIZE);
  if (!forward) page.reverse();
  const edge = (row: (typeof page)[number] | undefined, back: boolean): PageKey | undefined =>
    row && { at: filter.sort === "newest" ? row.publishedAt : row.waitingSince, id: row.needId, back };
  return {
    cards: await withLines(ctx, page),
    next: !forward || more ? edge(page.at(-1), false) : undefined,
    previous: (forward ? key !== undefined : more) ? edge(page[0], true) : undefined,
  };
}

/** A list is claimed from its first so many wishes: behind them are others' lists. */
const CLAIMED_FROM = 1_000;

/**
 * What can still be brought of a list, in its order: at most so many lines, of its first thousand wishes, in
 * one statement. What takes money is not brought, and of a list of done wishes there is nothing.
 */
export async function openLinesOf(
  ctx: UseCaseContext,
  filter: WishFilter,
  most: number,
): Promise<{ lineId: string; quantity: number }[]> {
  if (filter.done === "yes") return [];
  const { asked, few, seldom, total } = await countWishes(ctx, filter);
  const { column, direction } = ORDERS[filter.sort ?? "waiting"];
  const by = direction === "asc" ? asc : desc;
  const words = searched(asked, filter, seldom);
  const first = ctx.db
    .select({ needId: publicNeeds.needId, at: sql<Date>`${column}`.as("at") })
    .from(publicNeeds)
    .where(and(words, ...conditions(ctx, filter, total <= COUNTABLE)))
    .orderBy(by(few ? sql`${column} + interval '0'` : column), by(publicNeeds.needId))
    .limit(CLAIMED_FROM)
    .as("first");
  const lines = await ctx.db
    .select({ lineId: needLines.id, open: needLines.open })
    .from(first)
    .innerJoin(needLines, eq(needLines.needId, first.needId))
    .where(and(eq(needLines.accepts, true), gt(needLines.open, 0n), ne(needLines.kind, "money")))
    .orderBy(by(first.at), by(first.needId), asc(needLines.position))
    .limit(most);
  return lines.map(({ lineId, open }) => ({ lineId, quantity: Number(open) }));
}

/** A unit that this process has not heard of yet goes by its code for as long as names are remembered. */
const unnamed = (code: string) => ({
  code,
  nameHans: code,
  nameHant: code,
  nameEn: code,
  nameEnPlural: code,
});

/** Lines, town and kind beside each need, in one query whatever the page's size. */
export async function withLines<N extends Readonly<{ needId: string; townCode: string }>>(
  ctx: Pick<UseCaseContext, "db" | "now">,
  needs: readonly N[],
) {
  if (needs.length === 0) return [];
  const lines = ctx.db
    .select({
      ...LINE_ASKED,
      needId: needLines.needId,
      position: needLines.position,
      accepts: needLines.accepts,
      unitCode: needLines.unitCode,
      objectKind: needLines.objectKind,
    })
    .from(needLines)
    .where(
      inArray(
        needLines.needId,
        needs.map((need) => need.needId),
      ),
    )
    .orderBy(asc(needLines.position));
  const [allLines, { towns, units, icons }] = await Promise.all([lines, namesByCode(ctx)]);
  const named = allLines.map(({ unitCode, objectKind, ...line }) => ({
    ...line,
    unit: units.get(unitCode) ?? unnamed(unitCode),
    icon: icons.get(objectKind ?? "") ?? null,
  }));
  return needs.map((need) => ({
    ...need,
    lines: named.filter((line) => line.needId === need.needId),
    town: towns.get(need.townCode),
  }));
}

/** The public face of one need; undefined when it is not (or no longer) public. */
export async function readWish(ctx: Pick<UseCaseContext, "db" | "now">, code: string) {
  const rows = await ctx.db.select(WISH).from(publicNeeds).where(eq(publicNeeds.code, code));
  const [wish] = await withLines(ctx, rows);
  return wish;
}

type Facet = "town" | "kind" | "group" | "item";
const FACETS: Readonly<Record<Facet, PgColumn>> = {
  town: publicNeeds.townCode,
  kind: publicNeeds.lineKind,
  group: publicNeeds.publicGroup,
  item: publicNeeds.objectKind,
};

type Counted = Readonly<{
  total: number;
  few: boolean;
  near: boolean;
  seldom: boolean;
  /** The question that finds them; nothing where nothing was typed. */
  asked: string | undefined;
}>;

/**
 * How many needs match, counted as far as it is worth: `few` when that is all of them, `seldom` when the
 * words alone find no more. Where a search finds little as it was typed, what differs by one character counts
 * too (`near`), and belongs to the list and its choices.
 */
export const countWishes = rememberedInPublic(COUNTED_SECONDS, countAll);

async function countAll(ctx: UseCaseContext, filter: WishFilter): Promise<Counted> {
  const question = await questionFor(ctx, filter);
  const exact = await countOf(ctx, filter, question?.exact);
  const near = question !== undefined && exact.total < ENOUGH;
  const counted = near ? await countOf(ctx, filter, question.near) : exact;
  return { ...counted, few: question !== undefined && counted.total <= COUNTABLE, near };
}

async function countOf(
  ctx: UseCaseContext,
  filter: WishFilter,
  asked: string | undefined,
): Promise<Pick<Counted, "total" | "seldom" | "asked">> {
  // What words of many ways find is counted first: of the common ones the planner's guess that they find much
  // is true.
  const byWords = hasManyWays(asked) ? await counting(ctx.db, foundBy(asked, filter)) : 0;
  const seldom = byWords <= COUNTABLE;
  if (hasManyWays(asked) && isOfWordsAlone(filter)) return { total: byWords, seldom, asked };
  const matching = ctx.db
    .select({ one: sql`1` })
    .from(publicNeeds)
    .where(and(searched(asked, filter, seldom), ...conditions(ctx, filter, true)))
    .limit(COUNTABLE + 1);
  return { total: await counting(ctx.db, matching), seldom, asked };
}

/** Whether nothing but words, and open or done, says what is wanted; the order does not. */
const isOfWordsAlone = ({ q: _words, done: _done, sort: _sort, ...more }: WishFilter): boolean =>
  Object.values(more).every((wanted) => wanted === undefined);

async function counting(db: Database, rows: SQLWrapper): Promise<number> {
  const [row] = await db.execute<{ total: number }>(
    sql`select count(*)::int as total from ${rows} as matching`,
  );
  return row?.total ?? 0;
}

const FACET_NAMES = ["town", "kind", "group", "item"] as const satisfies readonly Facet[];

/**
 * How many needs each choice of each facet would leave; no counts of a facet where there are too many to be
 * worth it.
 */
export const facetsOf = rememberedInPublic(COUNTED_SECONDS, countFacets);

async function countFacets(
  ctx: UseCaseContext,
  filter: WishFilter,
  counted: Pick<Counted, "total"> & Partial<Counted>,
) {
  const { total, seldom = false } = counted;
  const counts: Record<Facet, { value: string; n: number }[]> = { town: [], kind: [], group: [], item: [] };
  if (total > COUNTABLE) return counts;
  const words = searched(await settledOn(ctx, filter, counted), filter, seldom);

  const count = (facet: Facet) => {
    const matching = ctx.db
      .select({ value: sql<string>`${FACETS[facet]}`.as("value") })
      .from(publicNeeds)
      .where(and(words, ...conditions(ctx, filter, true, facet), sql`${FACETS[facet]} is not null`))
      .limit(COUNTABLE + 1)
      .as("matching");
    return ctx.db
      .select({
        facet: sql<Facet>`${facet}::text`.as("facet"),
        value: sql<string>`${matching.value}`.as("value"),
        n: sql<number>`count(*)::int`.as("n"),
      })
      .from(matching)
      .groupBy(matching.value);
  };

  // One question instead of four: asking costs more than counting.
  const rows = await unionAll(count("town"), count("kind"), count("group"), count("item")).orderBy(
    desc(sql`n`),
  );
  for (const { facet, ...counted } of rows) counts[facet].push(counted);
  for (const facet of FACET_NAMES)
    if (counts[facet].reduce((sum, { n }) => sum + n, 0) > COUNTABLE) counts[facet] = [];
  return counts;
}
