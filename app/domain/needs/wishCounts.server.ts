import { type SQL, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { rememberedInPublic } from "~/domain/kernel/remembered.server";
import { PAGE_SIZE, walkOf } from "./listOrder.server";
import { conjunction, type TermQuestion } from "./search";
import { askedOf, COUNTABLE, counting, termsFor } from "./wishConditions.server";
import type { WishFilter } from "./wishFilter";

/** As long as a public page is kept: what it counts is at most twice as old. */
const COUNTED_SECONDS = 5;
/** Fewer hits than this are little: then what differs by one character is shown too, as the lists do. */
const ENOUGH = 5;

const FACETS = ["town", "kind", "group", "item"] as const;
type Facet = (typeof FACETS)[number];
/** How many needs each choice of each facet would leave, the commonest first. */
type FacetCounts = Record<Facet, { value: string; n: number }[]>;

export type CountedWishes = Readonly<{
  /** How many match; one more than are counted stands for all above. */
  total: number;
  facets: FacetCounts;
  /** The index's question that finds them; nothing where every need will do. */
  asked: string | undefined;
  /** Whether that is all of them, so that they are sooner sorted than waited for in order. */
  few: boolean;
  /** Of few the ids of the list's first page, and one more. */
  first: readonly string[];
  /** Whether words count too that differ by one character. */
  near: boolean;
}>;

/**
 * How many needs match, and how many each choice would leave, counted as far as it is worth: no counts of a
 * facet where there are too many. A search that finds little as it was typed counts what differs by one
 * character too, of those terms that are hardly found by themselves.
 */
export const countWishes = rememberedInPublic(COUNTED_SECONDS, countAll);

async function countAll(ctx: UseCaseContext, filter: WishFilter): Promise<CountedWishes> {
  const terms = await termsFor(ctx, filter);
  const exact = terms && conjunction(terms.map((term) => term.exact));
  const counted = await count(ctx, filter, exact);
  if (!terms || counted.total >= ENOUGH) return { ...counted, near: false };
  const isCountedAlone = terms.length === 1 && counted.asked === exact;
  const near = conjunction(
    isCountedAlone ? terms.map(({ near }) => near) : await nearWhereSeldom(ctx, filter, terms),
  );
  return near === exact ? { ...counted, near: false } : { ...(await count(ctx, filter, near)), near: true };
}

/** Each term as it was typed, or with one character wrong where that alone finds little. */
async function nearWhereSeldom(
  ctx: UseCaseContext,
  filter: WishFilter,
  terms: readonly TermQuestion[],
): Promise<string[]> {
  const alone = terms.map(
    ({ exact }, place) =>
      sql`select ${place}::int as place, count(*)::int as n from needs_found(${exact}::tsquery, ${filter.done !== "yes"}, 'infinity', ${ENOUGH})`,
  );
  const found = await ctx.db.execute<{ place: number; n: number }>(sql.join(alone, sql` union all `));
  const seldom = new Set(found.filter(({ n }) => n < ENOUGH).map(({ place }) => place));
  return terms.map(({ exact, near }, place) => (seldom.has(place) ? near : exact));
}

type Row = Readonly<
  Record<Facet, string | null> & { without: Facet | null; n: number; first: string[] | null }
>;

const MOST = COUNTABLE + 1;
/** Of few that are found the ids of their first page, and one more. */
const firstPage = (filter: WishFilter): SQL => sql`
  case when n < ${MOST} then (select json_agg(need_id) from
    (select need_id from found order by ${walkOf(filter).order} limit ${PAGE_SIZE + 1}) as first) end`;

/**
 * Counts all that match by their choices, and beside it what each choice that is set hides: a facet shows
 * what its other choices would find. What matches is found once, for its counts and its first page; of more
 * than are counted only their number is told.
 */
async function count(
  ctx: UseCaseContext,
  filter: WishFilter,
  words: string | undefined,
): Promise<Omit<CountedWishes, "near">> {
  const asked = askedOf(filter, words);
  const set = FACETS.filter((facet) => filter[facet] !== undefined);
  const counted = [null, ...set].map(
    (without) => sql`
      (with ${counting(ctx, filter, without === null ? asked : askedOf(filter, words, without))}
      select ${without}::text as without, town_code as town, line_kind as kind, public_group as "group",
        object_kind as item, count(*)::int as n, null::json as first
      from found where (select n from total) < ${MOST} group by town_code, line_kind, public_group, object_kind
      union all
      select ${without}, null, null, null, null, case when n < ${MOST} then 0 else n end,
        ${without === null ? firstPage(filter) : sql`null`}
      from total)`,
  );
  const rows: readonly Row[] = await ctx.db.execute<Row>(sql.join(counted, sql` union all `));
  const total = sumOf(rows.filter(({ without }) => without === null));
  const few = asked !== undefined && total <= COUNTABLE;
  const first = few ? rows.flatMap((row) => row.first ?? []) : [];
  const facets = Object.fromEntries(
    FACETS.map((facet) => {
      const without = set.includes(facet) ? facet : null;
      return [
        facet,
        choicesOf(
          facet,
          rows.filter((row) => row.without === without),
        ),
      ];
    }),
  ) as FacetCounts;
  return { total, facets, asked, few, first };
}

const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, { n }) => sum + n, 0);

function choicesOf(facet: Facet, rows: readonly Row[]): FacetCounts[Facet] {
  if (sumOf(rows) > COUNTABLE) return [];
  const counts = new Map<string, number>();

  for (const { [facet]: value, n } of rows)
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + n);

  return [...counts].map(([value, n]) => ({ value, n })).toSorted((a, b) => b.n - a.n);
}
