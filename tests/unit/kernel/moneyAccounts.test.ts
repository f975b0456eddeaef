import fc from "fast-check";
import { expect, test } from "vitest";
import { codeOf, type MoneyAccount, moneyAccountOf } from "~/domain/books/accounts";

const anAccount: fc.Arbitrary<MoneyAccount> = fc.oneof(
  fc.record({ kind: fc.constant("outside" as const), who: fc.constantFrom("donor", "payee", "charity") }),
  fc.record({ kind: fc.constant("cash" as const), charityId: fc.uuid() }),
  fc.record({
    kind: fc.constant("fund" as const),
    programmeId: fc.uuid(),
    purpose: fc.constantFrom("received", "available", "committed", "spent", "refunded"),
  }),
);

test("an account is read as it was written, and no two share a code", () => {
  fc.assert(
    fc.property(anAccount, anAccount, (one, other) => {
      expect(moneyAccountOf(codeOf(one))).toEqual(one);
      if (codeOf(one) === codeOf(other)) expect(one).toEqual(other);
    }),
  );
});

test.each(["", "ext:nobody", "cash:", "fund:1:saved", "fund::spent", "fund:1", "bank:1", "available"])(
  "%j is no account",
  (code) => {
    expect(() => moneyAccountOf(code)).toThrow("no account");
  },
);
