import { eq, lte, type SQL, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { foldForSearch } from "~/domain/kernel/fold.server";
import { plusDays } from "~/domain/kernel/time";
import { meaningsOf, readEverydayWords } from "~/domain/search/everydayWords.server";
import { oneLetterApart, syllablesOf } from "~/domain/search/syllables.server";
import { needLines, publicNeeds } from "~db/schema/needs";
import { questionOf, type SearchQuestion } from "./search";
import type { WishFilter } from "./wishFilter";

/** Counting stops here: of more than so many a page says only that, and facet counts would tell little. */
export const COUNTABLE = 10_000;
const GAP_BANDS: Readonly<Record<NonNullable<WishFilter["gap"]>, readonly [bigint, bigint]>> = {
  one: [1n, 1n],
  few: [2n, 9n],
  many: [10n, 1_000_000_000n],
};
const WAITING_DAYS = { week: 7, month: 30 } as const;

const openUnits = sql`(select coalesce(sum(${needLines.open}), 0) from ${needLines} where ${needLines.needId} = ${publicNeeds.needId} and ${needLines.kind} <> 'money' and ${needLines.open} > 0)`;

/**
 * Needs of which so many units are open: asked of each need as it comes where the first of many are wanted,
 * and of all open lines at once, from their index alone, where all that are found are, or needs that are
 * done: a gap that few have would else be looked for need by need.
 */
function gapOf([least, most]: readonly [bigint, bigint], all: boolean): SQL {
  if (!all) return sql`${openUnits} between ${least} and ${most}`;
  return sql`${publicNeeds.needId} in (select ${needLines.needId} from ${needLines} where ${needLines.kind} <> 'money' and ${needLines.open} > 0 group by ${needLines.needId} having sum(${needLines.open}) between ${least} and ${most})`;
}

/**
 * The search index's questions for what was typed: nothing where nothing was typed, `none` where nothing of
 * it can be found.
 */
export async function questionFor(
  ctx: UseCaseContext,
  { q }: WishFilter,
): Promise<SearchQuestion | undefined> {
  if (q === undefined) return undefined;
  const words = await readEverydayWords(ctx.db);
  const question = questionOf(foldForSearch(q), {
    meaningsOf: (term) => meaningsOf(term, words),
    syllablesOf,
    oneLetterApart,
  });
  return question ?? { exact: "none", near: "none" };
}

export const hasManyWays = (asked: string | undefined): asked is string => asked?.includes("|") === true;

/** Counts what such a question finds among the open (or done) needs, up to the most that are counted. */
export const foundBy = (asked: string, { done }: WishFilter) =>
  sql`needs_found(${asked}::tsquery, ${done !== "yes"}, ${COUNTABLE + 1})`;

/** @param seldom whether the words find few, whatever else is asked */
export function searched(asked: string | undefined, filter: WishFilter, seldom: boolean): SQL | undefined {
  if (asked === undefined) return undefined;
  if (asked === "none") return sql`false`;
  return seldom && hasManyWays(asked)
    ? sql`${publicNeeds.needId} in (select ${foundBy(asked, filter)})`
    : sql`${publicNeeds.searchGrams} @@ ${asked}::tsquery`;
}

/** @param all whether all that is found is wanted, and not the first of it in order */
export function conditions(
  ctx: UseCaseContext,
  filter: WishFilter,
  all: boolean,
  except?: keyof WishFilter,
): SQL[] {
  const found = [eq(publicNeeds.isOpen, filter.done !== "yes")];
  if (filter.town && except !== "town") found.push(eq(publicNeeds.townCode, filter.town));
  if (filter.kind && except !== "kind") found.push(eq(publicNeeds.lineKind, filter.kind));
  if (filter.group && except !== "group") found.push(eq(publicNeeds.publicGroup, filter.group));
  if (filter.item && except !== "item") found.push(eq(publicNeeds.objectKind, filter.item));
  if (filter.gap && except !== "gap") found.push(gapOf(GAP_BANDS[filter.gap], all || filter.done === "yes"));
  if (filter.waiting && except !== "waiting")
    found.push(lte(publicNeeds.waitingSince, plusDays(ctx.now(), -WAITING_DAYS[filter.waiting])));
  return found;
}
