import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldForSearch } from "~/domain/needs/fold.server";
import { gramsQuery } from "~/domain/needs/search";
import { keyText, readFilter, readKey } from "~/domain/needs/wishFilter";

const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g;

/** What db/sql/before.sql keeps of a text, said once more: pairs of every Chinese run, its last character, and whole words. */
function gramsOf(folded: string): Set<string> {
  const grams = new Set<string>();
  for (const [run] of folded.matchAll(HAN)) for (let at = 0; at < run.length; at += 1) grams.add(run.slice(at, at + 2));
  for (const [word] of folded.matchAll(/[a-z0-9]+/g)) grams.add(word);
  return grams;
}

/** Whether a text has everything that a question asks for. */
function finds(text: string, typed: string): boolean {
  const query = gramsQuery(foldForSearch(typed));
  if (query === undefined) return false;
  const grams = gramsOf(foldForSearch(text));
  return query.split(" & ").every((term) => {
    const gram = /^'(.*)'/.exec(term)?.[1] ?? "";
    return term.endsWith(":*") ? [...grams].some((known) => known.startsWith(gram)) : grams.has(gram);
  });
}

const WISHES = (parse(readFileSync("db/seed/data/micro-wishes.csv", "utf8"), { columns: true, bom: true }) as Record<string, string>[]).map(
  (row) => `${row["title_zh"] ?? ""} ${row["story_zh"] ?? ""} ${row["item_zh"] ?? ""}`,
);

test("letters of any width and case, and traditional characters, are folded to one form", () => {
  expect(foldForSearch("ＡＢＣ輪椅１２３")).toBe("abc轮椅123");
  expect(foldForSearch("書包")).toBe(foldForSearch("书包"));
});

test("every wish of the input is found by every piece of two and more characters of its own words", () => {
  expect(WISHES).toHaveLength(62);
  const missed: string[] = [];
  for (const text of WISHES)
    for (const [run] of foldForSearch(text).matchAll(HAN))
      for (let at = 0; at + 2 <= run.length; at += 1)
        for (const length of [2, 3, 5]) if (at + length <= run.length && !finds(text, run.slice(at, at + length))) missed.push(run.slice(at, at + length));
  expect(missed).toEqual([]);
});

test("what is not there is not found: two characters are found just where they stand side by side", () => {
  for (const typed of ["轮椅", "书包", "手术", "冰箱", "学习", "老人"])
    for (const text of WISHES) expect(finds(text, typed), `${typed}: ${text}`).toBe(foldForSearch(text).includes(typed));
});

test("one character is enough, and so is a traditional one", () => {
  const found = (typed: string) => WISHES.filter((text) => finds(text, typed)).length;
  expect(found("椅")).toBe(WISHES.filter((text) => foldForSearch(text).includes("椅")).length);
  expect(found("輪椅")).toBe(found("轮椅"));
  expect(found("輪椅")).toBeGreaterThan(0);
});

test("whatever is typed becomes terms and nothing else: no operator of the search gets in", () => {
  const term = /^'[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaffa-z0-9]+'(:\*)?$/;
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (typed) => {
      const query = gramsQuery(foldForSearch(typed));
      if (query === undefined) return;
      const terms = query.split(" & ");
      expect(terms.length).toBeLessThanOrEqual(40);
      for (const one of terms) expect(one).toMatch(term);
    }),
  );
  for (const typed of ["' | 'a':*", "书包' & !'轮椅", "\\", "😀", "\u0000", "   ", "!!!"])
    expect(gramsQuery(foldForSearch(typed)) ?? "'x'").toMatch(/^'[^'&|!\\]+'(:\*)?( & '[^'&|!\\]+'(:\*)?)*$/);
  expect(gramsQuery(foldForSearch("😀 !!"))).toBeUndefined();
});

test("a filter and a place in the list come out of the URL as they went in", () => {
  const filter = { q: "书包 & 轮椅", town: "442000001", kind: "goods", group: "child", item: "bag", gap: "few", waiting: "week", sort: "newest", done: "yes" } as const;
  expect(readFilter(new URLSearchParams(filter))).toEqual(filter);
  expect(Object.values(readFilter(new URLSearchParams({ kind: "x", town: "1' or 1=1", group: "?", sort: "price" }))).filter((value) => value !== undefined)).toEqual([]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.uuid(), fc.boolean(), (at, id, back) => {
      expect(readKey(keyText({ at: new Date(at), id, back }))).toEqual({ at: new Date(at), id, back });
    }),
  );
  for (const nonsense of ["", "f", "f1.x", "x1.01a00000-0000-7000-8000-000000000000", "f-1.01a00000-0000-7000-8000-000000000000"]) expect(readKey(nonsense)).toBeUndefined();
});
