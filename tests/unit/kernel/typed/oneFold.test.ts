import { expect, test } from "vitest";
import { isCommonPassword } from "~/domain/identity/commonPasswords.server";
import { readTable } from "~/domain/kernel/tables/readTable.server";
import { readYears } from "~/domain/kernel/typed/wholeNumber";
import { parameterValue } from "~/domain/lists/desk/parameterKinds";
import { readListFilter } from "~/domain/lists/listFilter";
import { isReadWhole, readFilter } from "~/domain/needs/wishFilter";
import { WISH_TABLE } from "~/domain/needs/wishTable";
import { spanFrom } from "~/domain/screening/spans";

/**
 * A text as phones, forms and chats hand it on: full width, blanks around it, zero-width and bidirectional
 * signs.
 */
const handedOn = (text: string): string[] => [
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  `  ${text}\u3000`,
  `${text.slice(0, 1)}\u200b${text.slice(1)}`,
  `\u202d${text}\u202c`,
];

test("a filter of wishes means the same however it was handed on", () => {
  for (const [name, value] of Object.entries({
    town: "442000001",
    item: "lamp",
    kind: "goods",
    group: "older_person",
    gap: "one",
    waiting: "week",
    sort: "newest",
    done: "yes",
  }))
    for (const typed of handedOn(value)) {
      const search = new URLSearchParams({ [name]: typed });
      expect(readFilter(search), typed).toMatchObject({ [name]: value });
      expect(isReadWhole(search), typed).toBe(true);
    }

  expect(isReadWhole(new URLSearchParams({ town: "44200000x" }))).toBe(false);
  expect(isReadWhole(new URLSearchParams({ q: "\u200b" }))).toBe(true);
});

test("so does a filter of the lists", () => {
  for (const [name, value] of Object.entries({
    town: "442000001",
    situation: "old_age",
    audience: "worker",
    only: "GW001.SS002",
  }))
    for (const typed of handedOn(value))
      expect(readListFilter(new URLSearchParams({ [name]: typed })), typed).toMatchObject({ [name]: value });
});

test("so does a span, and a share of a hundred", () => {
  for (const typed of handedOn("60-79"))
    expect(spanFrom(typed, readYears), typed).toEqual({ min: 60, max: 79 });
  for (const typed of ["60\u200b～\u200b79", "60 到 79", "６０—７９"])
    expect(spanFrom(typed, readYears), typed).toEqual({ min: 60, max: 79 });
  expect(spanFrom("\u200b", readYears)).toBeUndefined();
  for (const typed of handedOn("50%")) expect(parameterValue("dibao_margin_percent", typed), typed).toBe(50);
});

test("a common password is common in any width and with signs that nobody sees", () => {
  for (const typed of [...handedOn("password1"), ...handedOn("ZhenYan88")])
    expect(isCommonPassword(typed, ["zhenyan88@example.org"]), typed).toBe(true);
  expect(isCommonPassword("88888\u200b888", [])).toBe(true);
  expect(isCommonPassword("一句没人猜得到的话", [])).toBe(false);
});

test("a heading is known in any width, and a total below the list is none of its rows", () => {
  const heads = WISH_TABLE.required.map(([column = ""]) => column);
  const file = (head: readonly string[]) => ({
    name: "a.csv",
    bytes: Buffer.from(
      [head.join(","), heads.map(() => "1").join(","), "ＴＯＴＡＬ：\u200b,￥１２０"].join("\r\n"),
    ),
  });
  for (const at of [0, 1, 2, 3])
    expect(
      readTable(file(heads.map((head) => handedOn(head)[at] ?? "")), WISH_TABLE),
      String(at),
    ).toMatchObject({ kind: "table", rows: [{ row: 2 }] });
});
