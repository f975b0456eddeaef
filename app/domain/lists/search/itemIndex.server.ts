import { eq, sql } from "drizzle-orm";
import type { Database, UseCaseContext } from "~/domain/kernel/context.server";
import { foldForSearch } from "~/domain/kernel/fold.server";
import { type EverydayWord, meaningsOf, readEverydayWords } from "~/domain/search/everydayWords.server";
import { syllablesOf } from "~/domain/search/syllables.server";
import { listItems } from "~db/schema/directory";
import { indexOf, type SearchIndex, searchItems, type SearchTerm } from "./searchItems";

const CHINESE = /[㐀-鿿]/;

const asTerm = (text: string): SearchTerm => ({
  text,
  sounds: CHINESE.test(text) ? syllablesOf(text).join("") : undefined,
});

/**
 * What somebody typed, as the index keeps texts: at most five terms of at most twenty characters, each with
 * what else it may mean.
 */
export const termsOf = (typed: string, words: readonly EverydayWord[] = []): SearchTerm[] =>
  foldForSearch(typed)
    .split(/[\s,，、。.;；·]+/)
    .filter((text) => text !== "")
    .slice(0, 5)
    .map((text) => text.slice(0, 20))
    .map((text) => ({ ...asTerm(text), also: meaningsOf(text, words).slice(1).map(asTerm) }));

const kept = new WeakMap<Database, { version: string; index: SearchIndex }>();

/** The index of all published items, made anew only when one of them changed. */
async function itemIndex(db: Database): Promise<SearchIndex> {
  const [row] = await db.execute<{ version: string }>(
    sql`select count(*) || '.' || coalesce(sum(version), 0) as version from list_item`,
  );
  const version = row?.version ?? "";
  const known = kept.get(db);
  if (known?.version === version) return known.index;
  const rows = await db
    .select()
    .from(listItems)
    .where(eq(listItems.state, "published"))
    .orderBy(listItems.sort);
  const index = indexOf(
    rows.map((item) => {
      const name = foldForSearch(item.name);
      const text = [
        item.targetGroup,
        item.content,
        item.category,
        item.provider,
        item.standard,
        item.howToApply,
      ]
        .filter((part) => part !== null)
        .join("\n");
      return {
        code: item.code,
        name,
        text: foldForSearch(text),
        english: item.nameEn.toLowerCase(),
        syllables: syllablesOf(name),
      };
    }),
  );
  kept.set(db, { version, index });
  return index;
}

/**
 * Codes of the items that fit what was typed, best first. Simplified, traditional, sounds or their first
 * letters, one character mistaken, or a word that people say for it.
 */
export async function searchLists(ctx: Pick<UseCaseContext, "db" | "now">, typed: string): Promise<string[]> {
  const [index, words] = await Promise.all([itemIndex(ctx.db), readEverydayWords(ctx)]);
  return searchItems(index, termsOf(typed, words));
}
