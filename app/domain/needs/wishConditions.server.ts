import { type SQL, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { foldForSearch } from "~/domain/kernel/fold.server";
import { plusDays } from "~/domain/kernel/time";
import { meaningsOf, readEverydayWords } from "~/domain/search/everydayWords.server";
import { oneLetterApart, syllablesOf } from "~/domain/search/syllables.server";
import { searchedNeeds } from "~db/schema/needSearch";
import { conjunction, type TermQuestion, termQuestions } from "./search";
import type { WishFilter } from "./wishFilter";

/**
 * Counting stops here: of more a page says only that, and counts of its choices would tell little. Among a
 * million wishes it is also from about here on that a page is found sooner by walking them in order than by
 * sorting all that match.
 */
export const COUNTABLE = 5_000;

/** The choices that the index knows as words of its own, by the names of the filter. */
const CHOICES = ["town", "kind", "group", "item", "gap"] as const satisfies readonly (keyof WishFilter)[];
export type Choice = (typeof CHOICES)[number];

const WAITING_DAYS = { week: 7, month: 30 } as const;
/** A word that the index of no need has. */
const NOTHING = "'=nothing'";

/**
 * The search index's terms for what was typed: nothing where nothing was typed, and one that finds nothing
 * where nothing of it can be looked for.
 */
export async function termsFor(
  ctx: UseCaseContext,
  { q }: WishFilter,
): Promise<readonly TermQuestion[] | undefined> {
  if (q === undefined) return undefined;
  const words = await readEverydayWords(ctx);
  const terms = termQuestions(foldForSearch(q), {
    meaningsOf: (term) => meaningsOf(term, words),
    syllablesOf,
    oneLetterApart,
  });
  return terms.length > 0 ? terms : [{ exact: NOTHING, near: NOTHING }];
}

/**
 * What a list asks of the index, words and choices together; undefined where every need will do.
 * @param words the question for what was typed, if anything was
 */
export function askedOf(filter: WishFilter, words: string | undefined, except?: Choice): string | undefined {
  const chosen = CHOICES.flatMap((choice) =>
    choice === except || filter[choice] === undefined ? [] : [`'=${choice}:${filter[choice]}'`],
  );
  const parts = [...(words === undefined ? [] : [words]), ...chosen];
  return parts.length === 0 ? undefined : conjunction(parts);
}

/**
 * Which of the open (or done) needs a filter's days of waiting leave: by the columns that `public_need` and
 * its index have alike.
 */
export function openOrDone(ctx: UseCaseContext, filter: WishFilter): SQL {
  const before = waitingBefore(ctx, filter);
  const waiting = before ? sql` and waiting_since <= ${before}` : sql``;
  return sql`is_open = ${filter.done !== "yes"}${waiting}`;
}

/** What counting, grouping and sorting read of a row: never its words. */
const NARROW = sql`need_id, waiting_since, published_at, town_code, line_kind, public_group, object_kind`;

/** The rows of the index that a question finds, as `found`. */
export const foundBy = (ctx: UseCaseContext, filter: WishFilter, asked: string): SQL =>
  sql`needs_found(${asked}::tsquery, ${openOrDoneBefore(ctx, filter)}, null) as found`;

/**
 * Counts what a question (or none) finds: `found` are its rows and `total.n` how many, but of more than are
 * counted no row and one more than that. Where the first part of the index shows that they are more they are
 * not looked up.
 */
export function counting(ctx: UseCaseContext, filter: WishFilter, asked: string | undefined): SQL {
  const most = sql`(select case when sure then 0 else ${COUNTABLE + 1} end from many)`;
  const [many, rows] =
    asked === undefined ? countingAll(ctx, filter, most) : countingFound(ctx, filter, asked, most);
  return sql`
    many as materialized (select ${many} as sure), found as materialized (${rows}),
    total as (select case when sure then ${COUNTABLE + 1} else (select count(*)::int from found) end as n from many)`;
}

function countingFound(ctx: UseCaseContext, filter: WishFilter, asked: string, most: SQL) {
  const question = sql`${asked}::tsquery, ${openOrDoneBefore(ctx, filter)}`;
  return [
    sql`needs_are_many(${question}, ${COUNTABLE})`,
    sql`select * from needs_found(${question}, ${most})`,
  ] as const;
}

/** Where nothing is asked they are walked by the days of waiting. */
function countingAll(ctx: UseCaseContext, filter: WishFilter, most: SQL) {
  const waiting = openOrDone(ctx, filter);
  const sure = sql`sure_in_first_part(${COUNTABLE})`;
  return [
    sql`(select count(*) = ${sure} from (select from need_search_0 where ${waiting} limit ${sure}) as those)`,
    sql`select ${NARROW} from ${searchedNeeds} where ${waiting} order by waiting_since limit ${most}`,
  ] as const;
}

const openOrDoneBefore = (ctx: UseCaseContext, filter: WishFilter): SQL =>
  sql`${filter.done !== "yes"}, ${waitingBefore(ctx, filter) ?? "infinity"}::timestamptz`;

const waitingBefore = (ctx: UseCaseContext, { waiting }: WishFilter): string | undefined =>
  waiting && plusDays(ctx.now(), -WAITING_DAYS[waiting]).toISOString();
