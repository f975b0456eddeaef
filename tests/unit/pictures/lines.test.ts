import { expect, test } from "vitest";
import { inEvenLines, inLines } from "~/pictures/lines";

/** Every Chinese sign is two wide, every other one. */
const widthOf = (text: string): number =>
  Array.from(text).reduce(
    (sum, letter) => sum + (/[\p{Script=Han}，。、“”（）《》]/u.test(letter) ? 2 : 1),
    0,
  );
const asked = (most: number, lines: number) => ({ most, lines, widthOf });

test("Chinese breaks between any two signs, but no line begins with what closes or ends with what opens", () => {
  const lines = inLines("两张书桌，给刚上小学的（两）姐妹。", asked(8, 9));
  expect(lines.join("")).toBe("两张书桌，给刚上小学的（两）姐妹。");
  expect(lines.filter((line) => /^[，。）]|（$/.test(line))).toEqual([]);
  expect(lines.every((line) => widthOf(line) <= 10)).toBe(true);
});

test("Latin words stay whole, unless no line holds one", () => {
  expect(inLines("Every small wish finds its way", asked(11, 9))).toEqual([
    "Every small",
    "wish finds",
    "its way",
  ]);
  expect(inLines("hongxin.example.cn/t/abcdef", asked(10, 9))).toEqual([
    "hongxin.ex",
    "ample.cn/t",
    "/abcdef",
  ]);
});

test("what has no room ends in three dots, within the line", () => {
  expect(inLines("一二三四五六七八", asked(8, 1))).toEqual(["一二三…"]);
  expect(inLines("一二三四", asked(8, 1))).toEqual(["一二三四"]);
  expect(inLines("  ", asked(8, 2))).toEqual([]);
});

test("a title's lines are about as long as each other, and no more than they have to be", () => {
  expect(inEvenLines("一二三四五六七八九", asked(16, 3))).toEqual(["一二三四五", "六七八九"]);
  expect(inEvenLines("一二三四五六七八", asked(16, 3))).toEqual(["一二三四五六七八"]);
});
