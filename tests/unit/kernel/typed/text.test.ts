import fc from "fast-check";
import { expect, it } from "vitest";
import { Mail } from "~/domain/kernel/typed/mail";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { canonicalVoucher } from "~/domain/kernel/typed/voucher";

it("a line break counts once, and what nobody sees counts for nothing", () => {
  expect(required(5).parse("ab\r\ncd")).toBe("ab\ncd");
  expect(required(2).parse("\u200b 好\0的 \u202c")).toBe("好的");
  expect(required(2).safeParse("abc").error?.issues[0]?.message).toBe("common.tooLong");
  for (const nothing of ["", "　", "\u200b\r\n"]) {
    expect(required(2).safeParse(nothing).error?.issues[0]?.message).toBe("common.pleaseFill");
    expect(optionalText(2).parse(nothing)).toBeUndefined();
  }

  expect(optionalText(2).parse(undefined)).toBeUndefined();
});

it("no text that was taken is longer than it may be", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (typed, most) => {
      const read = optionalText(most).safeParse(typed);
      if (read.success) expect(read.data?.length ?? 0).toBeLessThanOrEqual(most);
    }),
  );
});

it("one address is one address", () => {
  for (const typed of [
    "li@example.org",
    " Li@Example.org ",
    "ｌｉ＠ｅｘａｍｐｌｅ．ｏｒｇ",
    "li@\u200bexample.org",
  ])
    expect(Mail.parse(typed)).toBe("li@example.org");
  for (const typed of ["", "li", "li@", "@example.org", `${"x".repeat(120)}@example.org`])
    expect(Mail.safeParse(typed).error?.issues[0]?.message).toBe("identity.mailWrong");
});

it("one voucher is one voucher", () => {
  for (const typed of ["fp-0001", "FP-0001", "ｆｐ－０００１", "FP 0001", "fp—0001", "FP\u200b0001"])
    expect(canonicalVoucher(typed)).toBe("FP0001");
  expect(canonicalVoucher("发票１２-3")).toBe("发票123");
  expect(canonicalVoucher(" - ")).toBe("");
});
