import { and, asc, eq, gt, inArray, ne, type SQL, sql } from "drizzle-orm";
import { builtOnce } from "~/domain/kernel/builtOnce.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { namesByCode } from "~/domain/reference/queries.server";
import { needLines, publicNeeds } from "~db/schema/needs";
import { searchedNeeds } from "~db/schema/needSearch";
import { LINE_ASKED } from "./lineShown.server";
import { PAGE_SIZE, type PageKey, walkOf } from "./listOrder.server";
import { foundBy, openOrDone } from "./wishConditions.server";
import { type CountedWishes, countWishes } from "./wishCounts.server";
import type { WishFilter } from "./wishFilter";

/** What a card in a list shows and sorts by: not the whole story, nor what only the search reads. */
export const CARD = {
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
  objectKind: publicNeeds.objectKind,
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
 * So many of the list are walked at most, twice as many as a page takes of `COUNTABLE` wishes that match
 * among a million. Where that fills no page only later wishes have the words, and all that match are sorted.
 */
const WALKED = 10_000;

/**
 * Asks for the first so many needs of a filter in its order, from a key on, as `first` (with `at`, what they
 * are ordered by): few that match are found by their words and sorted, many are walked in order, sorted only
 * where that does not give what is wanted.
 */
async function inOrder<Row>(
  ctx: UseCaseContext,
  filter: WishFilter,
  { asked, few }: Pick<CountedWishes, "asked" | "few">,
  { most, key, wanted = most }: Readonly<{ most: number; key?: PageKey | undefined; wanted?: number }>,
  ask: (first: SQL) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const { at, order, from } = walkOf(filter, key);
  const walkFrom = sql`${searchedNeeds} where ${openOrDone(ctx, filter)} and ${from} order by ${order}`;
  if (asked === undefined)
    return ask(sql`(select need_id, ${at} as at from ${walkFrom} limit ${most}) as first`);

  if (!few) {
    // As a function the match is asked of each need on the way, by no index.
    const rows = await ask(
      sql`(select need_id, at from (select *, ${at} as at from ${walkFrom} limit ${WALKED}) as walked
        where ts_match_vq(words, ${asked}::tsquery) order by ${order} limit ${most}) as first`,
    );
    if (rows.length >= wanted) return rows;
  }

  return ask(
    sql`(select need_id, ${at} as at from ${foundBy(ctx, filter, asked)}
      where ${from} order by ${order} limit ${most}) as first`,
  );
}

/**
 * One page of public needs by key, in either direction: the thousandth page costs what the first does.
 * @param counted what `countWishes` said of it; a list that asks for nothing need not be counted
 */
export async function listWishes(
  ctx: UseCaseContext,
  filter: WishFilter,
  key?: PageKey,
  counted?: CountedWishes,
) {
  if (counted?.total === 0) return { cards: [], next: undefined, previous: undefined };
  const { asked, few, first } = await settled(ctx, filter, counted);
  const forward = key?.back !== true;
  const { order, orderOfFirst, from } = walkOf(filter, key);
  const isFirst = few && key === undefined;
  const rows =
    asked === undefined || isFirst
      ? await ctx.db
          .select(CARD)
          .from(publicNeeds)
          .where(and(isFirst ? inArray(publicNeeds.needId, [...first]) : from, openOrDone(ctx, filter)))
          .orderBy(order)
          .limit(PAGE_SIZE + 1)
      : await inOrder(ctx, filter, { asked, few }, { most: PAGE_SIZE + 1, key }, (found) =>
          ctx.db
            .select(CARD)
            .from(found)
            .innerJoin(publicNeeds, sql`${publicNeeds.needId} = first.need_id`)
            .orderBy(orderOfFirst),
        );
  // Of those that were counted one may have been closed since: the others still go on.
  const more = (isFirst ? first.length : rows.length) > PAGE_SIZE;
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
  const counted = await countWishes(ctx, filter);
  const lines = await inOrder(ctx, filter, counted, { most: CLAIMED_FROM, wanted: most }, (first) =>
    ctx.db
      .select({ lineId: needLines.id, open: needLines.open })
      .from(first)
      .innerJoin(needLines, sql`${needLines.needId} = first.need_id`)
      .where(and(eq(needLines.accepts, true), gt(needLines.open, 0n), ne(needLines.kind, "money")))
      .orderBy(walkOf(filter).orderOfFirst, asc(needLines.position))
      .limit(most),
  );
  return lines.map(({ lineId, open }) => ({ lineId, quantity: Number(open) }));
}

/** What a list goes by: as it was counted, and counted first where anything is asked. */
const settled = async (
  ctx: UseCaseContext,
  filter: WishFilter,
  counted: CountedWishes | undefined,
): Promise<Pick<CountedWishes, "asked" | "few" | "first">> => {
  const { sort: _sort, done: _done, waiting: _waiting, ...more } = filter;
  const asksNothing = Object.values(more).every((wanted) => wanted === undefined);
  return counted ?? (asksNothing ? { asked: undefined, few: false, first: [] } : countWishes(ctx, filter));
};

/** A unit that this process has not heard of yet goes by its code for as long as names are remembered. */
const unnamed = (code: string) => ({
  code,
  nameHans: code,
  nameHant: code,
  nameEn: code,
  nameEnPlural: code,
});

const linesOf = builtOnce((db) =>
  db
    .select({
      ...LINE_ASKED,
      needId: needLines.needId,
      position: needLines.position,
      accepts: needLines.accepts,
      unitCode: needLines.unitCode,
      objectKind: needLines.objectKind,
    })
    .from(needLines)
    .where(sql`${needLines.needId} = any(${sql.placeholder("needIds")}::uuid[])`)
    .orderBy(asc(needLines.position))
    .prepare("lines_of_needs"),
);

/** Lines, town and kind beside each need, in one query whatever the page's size. */
export async function withLines<N extends Readonly<{ needId: string; townCode: string }>>(
  ctx: Pick<UseCaseContext, "db" | "now">,
  needs: readonly N[],
) {
  if (needs.length === 0) return [];
  const lines = linesOf(ctx.db).execute({ needIds: `{${needs.map((need) => need.needId).join(",")}}` });
  const [allLines, { towns, units, icons, kindsEn }] = await Promise.all([lines, namesByCode(ctx)]);
  const named = allLines.map(({ unitCode, objectKind, ...line }) => ({
    ...line,
    unit: units.get(unitCode) ?? unnamed(unitCode),
    icon: icons.get(objectKind ?? "") ?? null,
    kindEn: kindsEn.get(objectKind ?? "") ?? null,
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
