import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldForSearch } from "~/domain/kernel/fold.server";
import { conjunction, searchKeys, termQuestions } from "~/domain/needs/search";
import { keyText, readFilter, readKey } from "~/domain/needs/wishFilter";
import { meaningsOf } from "~/domain/search/everydayWords.server";
import { oneLetterApart, syllablesOf } from "~/domain/search/syllables.server";

const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g;

/**
 * What db/sql/before.sql keeps of a text, said once more: pairs of every Chinese run, its last character, and
 * whole words.
 */
function gramsOf(folded: string): Set<string> {
  const grams = new Set<string>();
  for (const [run] of folded.matchAll(HAN))
    for (let at = 0; at < run.length; at += 1) grams.add(run.slice(at, at + 2));
  for (const [word] of folded.matchAll(/[a-z0-9]+/g)) grams.add(word);
  return grams;
}

const SAYINGS = [
  { said: "尿不湿", meant: "纸尿裤" },
  { said: "单车", meant: "自行车" },
];
const questionFor = (typed: string) => {
  const terms = termQuestions(foldForSearch(typed), {
    meaningsOf: (term) => meaningsOf(term, SAYINGS),
    syllablesOf,
    oneLetterApart,
  });
  return terms.length === 0
    ? undefined
    : {
        exact: conjunction(terms.map(({ exact }) => exact)),
        near: conjunction(terms.map(({ near }) => near)),
      };
};

/**
 * Whether a question of the index (words, beginnings, &, | and brackets) holds for what it keeps of a text.
 */
function holds(question: string, kept: ReadonlySet<string>): boolean {
  const said = question.replace(/'([^']+)'(:\*)?/g, (_, text: string, isBeginning: string | undefined) =>
    (isBeginning ? [...kept].some((known) => known.startsWith(text)) : kept.has(text)) ? "1" : "0",
  );
  let left = said.replaceAll(" ", "");
  for (let before = ""; before !== left;) {
    before = left;
    left = left
      .replace(/\(([01])\)/g, "$1")
      .replace(/[01](?:&[01])+(?=[|)]|$)/g, (all) => (all.includes("0") ? "0" : "1"))
      .replace(/(?<=\(|^)[01](?:\|[01])+(?=\)|$)/g, (any) => (any.includes("1") ? "1" : "0"));
  }

  if (!/^[01]$/.test(left)) throw new Error(`no question: ${question}`);
  return left === "1";
}

const kept = new Map<string, ReadonlySet<string>>();
const keptOf = (text: string): ReadonlySet<string> =>
  kept.get(text) ?? kept.set(text, lexemesOf(text)).get(text) ?? new Set();
const lexemesOf = (text: string) =>
  new Set([...gramsOf(foldForSearch(text)), ...searchKeys([foldForSearch(text)], syllablesOf).split(" ")]);

/** Whether the search finds a text for what was typed; nearly: also one character apart. */
function finds(text: string, typed: string, how: "exact" | "near" = "exact"): boolean {
  const question = questionFor(typed);
  return question !== undefined && holds(question[how], keptOf(text));
}

const WISHES = parse<Record<string, string>>(readFileSync("db/seed/data/micro-wishes.csv", "utf8"), {
  columns: true,
  bom: true,
}).map((row) => `${row["title_zh"] ?? ""} ${row["story_zh"] ?? ""} ${row["item_zh"] ?? ""}`);

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
        for (const length of [2, 3, 5])
          if (at + length <= run.length && !finds(text, run.slice(at, at + length)))
            missed.push(run.slice(at, at + length));
  expect(missed).toEqual([]);
});

test("what is not there is not found: two characters are found just where they stand side by side", () => {
  for (const typed of ["轮椅", "书包", "手术", "冰箱", "学习", "老人"])
    for (const text of WISHES)
      expect(finds(text, typed), `${typed}: ${text}`).toBe(foldForSearch(text).includes(typed));
});

test("one character is enough, and so is a traditional one", () => {
  const found = (typed: string) => WISHES.filter((text) => finds(text, typed)).length;
  expect(found("椅")).toBe(WISHES.filter((text) => foldForSearch(text).includes("椅")).length);
  expect(found("輪椅")).toBe(found("轮椅"));
  expect(found("輪椅")).toBeGreaterThan(0);
});

test("a thing is found by its sounds from the beginning of a syllable, by first letters, by a wrong character of the right sound and by what people say", () => {
  const quilt = "冬天的被子 加厚棉被";
  for (const typed of ["mianbei", "MianBei", "jiahou", "jhmb", "mb"])
    expect(finds(quilt, typed), typed).toBe(true);
  // "ianbei" begins within a syllable, where nobody begins to type.
  for (const typed of ["ianbei", "xyz", "beibei"]) expect(finds(quilt, typed), typed).toBe(false);
  for (const typed of ["棉背", "绵被", "加后棉被"]) {
    expect(finds(quilt, typed), typed).toBe(false);
    expect(finds(quilt, typed, "near"), typed).toBe(true);
  }

  expect(finds("成人纸尿裤（L）", "尿不湿")).toBe(true);
  expect(finds("成人纸尿裤（L）", "成人尿不濕")).toBe(true);
  expect(finds("学生自行车", "單車")).toBe(true);
  for (const typed of ["台灯", "台燈", "檯燈", "taideng"])
    expect(finds("一盏护眼台灯", typed), typed).toBe(true);
});

test("one character wrong, missing or too many does no harm, and one letter of the sounds", () => {
  for (const typed of [
    "助听机",
    "助停器",
    "住听器",
    "助老听器",
    "助听老器",
    "助听器具",
    "zhutngqi",
    "zhutinqi",
    "zutingqi",
    "zhhutingqi",
    "zhutiingqi",
  ])
    expect(finds("听清楚邻居说话 助听器", typed, "near"), typed).toBe(true);
  for (const typed of ["电饭锅盖子", "航天飞机", "zhongguo"])
    expect(finds("听清楚邻居说话 助听器", typed, "near"), typed).toBe(false);
  fc.assert(
    fc.property(
      fc.constantFrom("护眼台灯", "成人纸尿裤", "坐便椅", "防褥疮充气床垫"),
      fc.nat(9),
      fc.constantFrom("wrong", "missing", "extra"),
      (name, at, how) => {
        const place = at % name.length;
        const typed =
          how === "wrong"
            ? `${name.slice(0, place)}错${name.slice(place + 1)}`
            : how === "missing"
              ? name.slice(0, place) + name.slice(place + 1)
              : `${name.slice(0, place)}错${name.slice(place)}`;
        expect(finds(`想要${name}用`, typed, typed.length > 2 ? "near" : "exact"), typed).toBe(
          typed.length > 2 || foldForSearch(`想要${name}用`).includes(typed),
        );
      },
    ),
  );
});

test("whatever is typed becomes terms and nothing else: no operator of the search gets in", () => {
  const question =
    /^(?:[()&| ]|'[~^]?[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaffa-z0-9]+(?:_[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])?'(?::\*)?)+$/;
  const check = (typed: string) => {
    const asked = questionFor(typed);
    if (asked === undefined) return;
    for (const one of [asked.exact, asked.near]) expect(one).toMatch(question);
  };

  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), check), { numRuns: 50 });
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from("'\\&|!():*~^_<> ab12书包轮椅")), maxLength: 60 }),
      check,
    ),
  );
  for (const typed of ["' | 'a':*", "书包' & !'轮椅", "\\", "😀", "\u0000", "   ", "!!!"]) check(typed);
  expect(questionFor("😀 !!")).toBeUndefined();
});

test("a filter and a place in the list come out of the URL as they went in", () => {
  const filter = {
    q: "书包 & 轮椅",
    town: "442000001",
    kind: "goods",
    group: "child",
    item: "bag",
    gap: "few",
    waiting: "week",
    sort: "newest",
    done: "yes",
  } as const;
  expect(readFilter(new URLSearchParams(filter))).toEqual(filter);
  expect(
    Object.values(
      readFilter(new URLSearchParams({ kind: "x", town: "1' or 1=1", group: "?", sort: "price" })),
    ).filter((value) => value !== undefined),
  ).toEqual([]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.uuid(), fc.boolean(), (at, id, back) => {
      expect(readKey(keyText({ at: new Date(at), id, back }))).toEqual({ at: new Date(at), id, back });
    }),
  );
  for (const nonsense of [
    "",
    "f",
    "f1.x",
    "x1.01a00000-0000-7000-8000-000000000000",
    "f-1.01a00000-0000-7000-8000-000000000000",
  ])
    expect(readKey(nonsense)).toBeUndefined();
});
