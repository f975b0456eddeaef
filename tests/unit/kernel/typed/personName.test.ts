import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownName } from "~/domain/kernel/typed/personName";
import { comparableName } from "~/domain/kernel/typed/personName.server";

describe("comparableName", () => {
  it.each([
    ["陳國華", "陈国华"],
    ["陈 国 华", "陈国华"],
    ["陈　国华", "陈国华"],
    ["陈\u200b国\u2060华\ufeff", "陈国华"],
    ["买买提·艾力", "买买提艾力"],
    ["买买提・艾力", "买买提艾力"],
    ["买买提•艾力", "买买提艾力"],
    ["買買提‧艾力", "买买提艾力"],
    ["ＭＡＲＩＡ ＤＡ ＳＩＬＶＡ", "Maria da-Silva"],
    ["O’Neill", "o'neill"],
    ["劉慧卿", "刘慧卿"],
    ["黃麗娟", "黄丽娟"],
    ["張偉強", "张伟强"],
    ["鄧麗君", "邓丽君"],
    ["林峯", "林峰"],
    ["臺靜農", "台静农"],
  ])("takes %s and %s for one name", (one, other) => {
    expect(comparableName(one)).toBe(comparableName(other));
  });

  it("tells two names apart", () => {
    expect(comparableName("陈国华")).not.toBe(comparableName("陈国花"));
  });

  it("is itself when it is made again", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({
            unit: fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
          }),
        ),
        (typed) => {
          const once = comparableName(typed);
          expect(comparableName(once)).toBe(once);
        },
      ),
    );
  });
});

describe("shownName", () => {
  it("keeps the characters as they were written", () => {
    expect(shownName(" 陳\u200b國華\u202c ")).toBe("陳國華");
    expect(shownName("Maria   da Silva")).toBe("Maria da Silva");
    expect(shownName("买买提·艾力")).toBe("买买提·艾力");
  });
});
