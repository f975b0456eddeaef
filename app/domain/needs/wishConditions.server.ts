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
  const words = await readEverydayWords(ctx.db);
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

/**
 * The rows of the index that a question finds: all of them, or one more than are counted. Where nothing is
 * asked they are walked in order, which is never more than so many.
 */
export function foundBy(ctx: UseCaseContext, filter: WishFilter, asked: string | undefined): SQL {
  const most = COUNTABLE + 1;
  if (asked === undefined)
    return sql`(select * from ${searchedNeeds} where ${openOrDone(ctx, filter)} order by waiting_since, need_id limit ${most})`;
  const before = waitingBefore(ctx, filter) ?? "infinity";
  return sql`needs_found(${asked}::tsquery, ${filter.done !== "yes"}, ${before}::timestamptz, ${most})`;
}

const waitingBefore = (ctx: UseCaseContext, { waiting }: WishFilter): string | undefined =>
  waiting && plusDays(ctx.now(), -WAITING_DAYS[waiting]).toISOString();
