import fc from "fast-check";
import { expect, test } from "vitest";
import { termsOf } from "~/domain/lists/search/itemIndex.server";
import { holdsNearly, indexOf, searchItems } from "~/domain/lists/search/searchItems";

const doc = (code: string, name: string, text: string, english: string, syllables: string) => ({
  code,
  name,
  text,
  english,
  syllables: syllables.split(" "),
});
const INDEX = indexOf([
  doc(
    "GW055",
    "最低生活保障",
    "家庭人均收入低于当地低保标准的家庭\n按月发放差额低保金",
    "minimum living allowance",
    "zui di sheng huo bao zhang",
  ),
  doc(
    "SS012",
    "长者饭堂助餐",
    "老年人\n堂食、配餐上门",
    "meals at the seniors' canteen",
    "zhang zhe fan tang zhu can",
  ),
  doc(
    "SS023",
    "康复辅具租借",
    "失能、术后、残疾老年人\n轮椅、助行器",
    "assistive devices on loan",
    "kang fu fu ju zu jie",
  ),
  doc("GW060", "法律援助", "经济困难公民\n法律咨询、代理", "legal aid", "fa lv yuan zhu"),
]);
const find = (typed: string) => searchItems(INDEX, termsOf(typed));

test("an entry is found by its characters, simplified or traditional, by its text, and by English words", () => {
  expect(find("低保")[0]).toBe("GW055");
  expect(find("最低生活保障")[0]).toBe("GW055");
  expect(find("長者飯堂")[0]).toBe("SS012");
  expect(find("輪椅")[0]).toBe("SS023");
  expect(find("legal")).toEqual(["GW060"]);
  expect(find("老年人 轮椅")).toEqual(["SS023"]);
});

test("an entry is found by pinyin from the beginning of a syllable, and by first letters", () => {
  expect(find("shenghuobaozhang")[0]).toBe("GW055");
  expect(find("zdshbz")[0]).toBe("GW055");
  expect(find("falv")[0]).toBe("GW060");
  expect(find("FLYZ")[0]).toBe("GW060");
  // "angz" stands in "fan-tang-zhu" from the middle of a syllable, where nobody begins to type.
  expect(find("angz")).toEqual([]);
});

test("one wrong, missing or extra character does no harm, nor a wrong character of the right sound", () => {
  expect(find("最底生活保障")[0]).toBe("GW055");
  expect(find("长者饭唐助餐")[0]).toBe("SS012");
  expect(find("长者饭助餐")[0]).toBe("SS012");
  expect(find("长者老饭堂")[0]).toBe("SS012");
  expect(find("发律元助")[0]).toBe("GW060");
  expect(find("shenghuobaozang")[0]).toBe("GW055");
});

test("nothing typed, and nothing like it, finds nothing", () => {
  expect(find("")).toEqual([]);
  expect(find("  、。 ")).toEqual([]);
  expect(find("航天飞机")).toEqual([]);
});

test("a term is found nearly in its own text after any one change, whatever the text is", () => {
  const word = fc.string({
    unit: fc.constantFrom(...Array.from("老人轮椅饭堂助餐abc")),
    minLength: 3,
    maxLength: 8,
  });
  fc.assert(
    fc.property(
      word,
      word,
      fc.nat(7),
      fc.constantFrom("wrong", "missing", "extra"),
      (term, around, at, how) => {
        const place = at % term.length;
        const typed =
          how === "wrong"
            ? `${term.slice(0, place)}错${term.slice(place + 1)}`
            : how === "missing"
              ? term.slice(0, place) + term.slice(place + 1)
              : `${term.slice(0, place)}错${term.slice(place)}`;
        expect(holdsNearly(around + term + around, typed)).toBe(true);
      },
    ),
  );
});
