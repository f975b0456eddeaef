import { eq, sql } from "drizzle-orm";
import { pinyin } from "pinyin-pro";
import type { Database } from "~/domain/kernel/context.server";
import { foldForSearch } from "~/domain/needs/fold.server";
import { listItems } from "~db/schema/directory";
import { indexOf, searchItems, type SearchIndex, type Term } from "./searchItems";

const CHINESE = /[㐀-鿿]/;

const syllablesOf = (text: string): string[] => pinyin(text, { toneType: "none", type: "array", v: true, nonZh: "removed" }).map((syllable) => syllable.toLowerCase());

/** What somebody typed, as the index keeps texts: at most five terms of at most twenty characters. */
export const termsOf = (typed: string): Term[] =>
  foldForSearch(typed)
    .split(/[\s,，、。.;；·]+/)
    .filter((text) => text !== "")
    .slice(0, 5)
    .map((text) => text.slice(0, 20))
    .map((text) => ({ text, sounds: CHINESE.test(text) ? syllablesOf(text).join("") : undefined }));

const kept = new WeakMap<Database, { version: string; index: SearchIndex }>();

/** The index of all published entries, made anew only when one of them changed. */
async function itemIndex(db: Database): Promise<SearchIndex> {
  const [row] = await db.execute<{ version: string }>(sql`select count(*) || '.' || coalesce(sum(version), 0) as version from list_item`);
  const version = row?.version ?? "";
  const known = kept.get(db);
  if (known?.version === version) return known.index;
  const rows = await db.select().from(listItems).where(eq(listItems.state, "published")).orderBy(listItems.sort);
  const index = indexOf(
    rows.map((item) => {
      const name = foldForSearch(item.name);
      const text = [item.targetGroup, item.content, item.category, item.provider, item.standard, item.howToApply].filter((part) => part !== null).join("\n");
      return { code: item.code, name, text: foldForSearch(text), english: item.nameEn.toLowerCase(), syllables: syllablesOf(name) };
    }),
  );
  kept.set(db, { version, index });
  return index;
}

/** Codes of the entries that fit what was typed, best first. Simplified, traditional, sounds or their first letters, one character mistaken. */
export async function searchLists(db: Database, typed: string): Promise<string[]> {
  return searchItems(await itemIndex(db), termsOf(typed));
}
