import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folded, visible, withoutMarks } from "~/domain/kernel/typed/signs";

describe("visible", () => {
  it.each([
    ["G\u200bK\u202d7\u202c", "GK7"],
    ["a\0b", "ab"],
    ["\ufeffabc\u00ad", "abc"],
    ["one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"],
    ["a\tb", "a\tb"],
    ["\u2067right\u2069", "right"],
    ["half \ud800 a sign", "half  a sign"],
    ["陈\u200d国\ufe0f华", "陈国华"],
  ])("%j is meant as %j", (typed, meant) => {
    expect(visible(typed)).toBe(meant);
  });

  it.each(["👨‍👩‍👧", "❤️", "👩🏽‍🌾", "1️⃣", "谢谢！“好”", "a　b"])("leaves %s as it is", (typed) => {
    expect(visible(typed)).toBe(typed);
  });

  it("changes nothing more the second time", { timeout: 30_000 }, () => {
    const signs = fc.constantFrom("\u200d", "\ufe0f", "\0", "\r", "\n", "👩", "a", "\u202e", "𠮷", "\ud83d");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(signs).map((all) => all.join("")),
        ),
        (typed) => {
          expect(visible(visible(typed))).toBe(visible(typed));
          expect(folded(folded(typed))).toBe(folded(typed));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("withoutMarks", () => {
  it.each([
    ["é", "e"],
    ["E\u0301", "e"],
    ["ａ", "a"],
    ["甄\u200b", "甄"],
    ["\u3000", " "],
  ])("%j is %j", (sign, bare) => {
    expect(withoutMarks(sign)).toBe(bare);
  });
});

describe("folded", () => {
  it.each([
    [" １２ ", "12"],
    ["ｆｐ－０００１", "fp-0001"],
    ["￥１，２００．５０", "¥1,200.50"],
  ])("%j is %j", (typed, plain) => {
    expect(folded(typed)).toBe(plain);
  });
});
