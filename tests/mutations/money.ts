import type { Mutation } from "./mutation";

const spent = {
  test: "tests/integration/payments/spendings.test.ts",
  only: "paid money of an organisation's need is spent",
};
const collected = "tests/integration/giving/collected.test.ts";
const listed = {
  test: collected,
  only: "a collection stands on its point's list|collected goods are on their way|on the last of its days|an undone gift|nobody at home|whoever has a gift collected",
};
const book = { test: "tests/integration/books/moneyBook.test.ts", only: "every kind of entry" };
const spendings = "app/domain/payments/spendings.server.ts";
const collection = "app/domain/giving/collecting/collection.server.ts";
const postings = "app/domain/books/postMoney.server.ts";
const search = "tests/unit/needs/search.test.ts";

/**
 * Faults in spending by two, in the kinds of the money book, in collecting, and in what both searches know.
 */
export const MONEY: readonly Mutation[] = [
  {
    name: "whoever wrote a spending down approves it",
    file: spendings,
    from: `if (userId === spending.recordedBy) throw new DomainError("FOUR_EYES");`,
    to: ``,
    ...spent,
  },
  {
    name: "one fen is spent twice",
    file: spendings,
    from: `standing(pledge) - (await boundFen(tx, pledge.id))`,
    to: `standing(pledge)`,
    ...spent,
  },
  {
    name: "a voucher is spent twice",
    file: "app/domain/kernel/refusedBy.server.ts",
    from: `spending_voucher: "VOUCHER_USED",`,
    to: ``,
    ...spent,
  },
  {
    name: "anybody writes spendings down",
    file: spendings,
    from: `const { userId } = requireRole(ctx.actor, "finance", { kind: "charity", id: fund.charityId });`,
    to: `const userId = ctx.actor.kind === "user" ? ctx.actor.userId : "";`,
    ...spent,
  },
  {
    name: "what was spent is not delivered",
    file: spendings,
    from: `quantity: share.amountFen, into: "delivered"`,
    to: `quantity: share.amountFen, into: "waived"`,
    ...spent,
  },
  {
    name: "a payment that was spent is undone",
    file: spendings,
    from: `return share !== undefined;`,
    to: `return share === null;`,
    ...spent,
  },

  {
    name: "a receipt goes nowhere",
    file: postings,
    from: `receive: { where: ["donor", "cash"]`,
    to: `receive: { where: ["charity", "cash"]`,
    ...book,
  },
  {
    name: "money is bound out of nothing",
    file: postings,
    from: `commit: { whatFor: ["available", "committed"] }`,
    to: `commit: { whatFor: ["received", "committed"] }`,
    ...book,
  },
  {
    name: "what is let go stays bound",
    file: postings,
    from: `uncommit: { whatFor: ["committed", "available"] }`,
    to: `uncommit: { whatFor: ["committed", "spent"] }`,
    ...book,
  },
  {
    name: "what is spent stays in the cash",
    file: postings,
    from: `spend: { where: ["cash", "payee"]`,
    to: `spend: { where: ["charity", "payee"]`,
    ...book,
  },
  {
    name: "the charity's part comes out of the cash",
    file: postings,
    from: `top_up: { where: ["charity", "payee"]`,
    to: `top_up: { where: ["cash", "payee"]`,
    ...book,
  },
  {
    name: "what goes back was spent",
    file: postings,
    from: `whatFor: ["available", "refunded"]`,
    to: `whatFor: ["available", "spent"]`,
    ...book,
  },

  {
    name: "an address outlives its collection",
    file: collection,
    from: `row, event, { by, giftId: row.giftId, set: { whereSealed: null, missedWhy: null } });`,
    to: `row, event, { by, giftId: row.giftId, set: { missedWhy: null } });`,
    ...listed,
  },
  {
    name: "what was collected keeps its address",
    file: collection,
    from: `"collect", { by: "storekeeper", giftId: row.giftId, set: { whereSealed: null, `,
    to: `"collect", { by: "storekeeper", giftId: row.giftId, set: { `,
    ...listed,
  },
  {
    name: "any day is offered for collecting",
    file: collection,
    from: `if (day < first || day > last) throw`,
    to: `if (day > last) throw`,
    ...listed,
  },
  {
    name: "a donor is overdue because nobody came",
    file: collection,
    from: `plusDays(ctx.now(), await limit(tx, ctx, "revokeDaysAfterDue"))`,
    to: `ctx.now()`,
    ...listed,
  },
  {
    name: "any storekeeper says how a collection went",
    file: "app/domain/giving/collecting/changeCollection.server.ts",
    from: `if (!found || !holds(ctx.actor, "storekeeper", { kind: "point", id: found.row.pointId })) throw`,
    to: `if (!found) throw`,
    ...listed,
  },
  {
    name: "nobody at home before anybody came",
    file: "app/domain/giving/collecting/changeCollection.server.ts",
    from: `if (outcome === "not_home" && row.day > today) throw new DomainError("IN_THE_FUTURE");`,
    to: ``,
    ...listed,
  },
  {
    name: "a clock takes back what was collected",
    file: collection,
    from: `giftId: row.giftId, set: { sentAt: ctx.now() } });`,
    to: `giftId: row.giftId, set: { sentAt: null } });`,
    test: collected,
    only: "collected goods are on their way",
  },

  {
    name: "everyday words mean nothing",
    file: "app/domain/search/everydayWords.server.ts",
    from: `new Set([typed, ...meant])`,
    to: `new Set([typed, ...meant.slice(9)])`,
    test: search,
  },
  {
    name: "a letter too many is not forgiven",
    file: "app/domain/search/syllables.server.ts",
    from: `    found.add(before + after.slice(1));\n`,
    to: ``,
    test: search,
  },
  {
    name: "wishes fold no traditional characters",
    file: "app/domain/kernel/fold.server.ts",
    from: `simplified(foldedWord(text))`,
    to: `foldedWord(text)`,
    test: search,
  },
];
