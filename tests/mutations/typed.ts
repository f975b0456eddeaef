import type { Mutation } from "./mutation";

const oneFold = "tests/unit/kernel/typed/oneFold.test.ts";
const places = "tests/unit/ui/placesInAddresses.test.ts";

/** Faults in how what is typed, pasted or handed on is read. */
export const TYPED: readonly Mutation[] = [
  { name: "a span folds nothing", file: "app/domain/directory/screening/spans.ts", from: `folded(typed).split(`, to: `typed.trim().split(`, test: oneFold },
  { name: "a common password hides in full width", file: "app/domain/identity/commonPasswords.ts", from: `foldedWord(password)`, to: `password.toLowerCase()`, test: oneFold },
  { name: "a filter of wishes folds nothing", file: "app/domain/needs/wishFilter.ts", from: `folded(search.get(name) ?? "")`, to: `search.get(name) ?? ""`, test: oneFold },
  { name: "a filter of the lists folds nothing", file: "app/domain/directory/listFilter.ts", from: `folded(search.get(name) ?? "")`, to: `search.get(name) ?? ""`, test: oneFold },
  {
    name: "a heading is another in full width",
    file: "app/domain/kernel/tables/readTable.server.ts",
    from: `folded(unguarded(shown.trim()))`,
    to: `unguarded(shown.trim())`,
    test: oneFold,
  },
  {
    name: "a spoken code does not open with an invisible sign",
    file: "app/domain/delivery/showSecret.server.ts",
    from: `foldedSecret(given)`,
    to: `given.normalize("NFKC").replace(/\\s/g, "")`,
    test: "tests/integration/delivery/handover.test.ts",
    only: "digits are read kindly",
  },
  {
    name: "a file is another by an invisible sign in its name",
    file: "app/domain/needs/importWishes.server.ts",
    from: `foldedWord(fileName)`,
    to: `fileName.toLowerCase()`,
    test: "tests/integration/needs/import.test.ts",
    only: "the same key with other content",
  },
  {
    name: "a row's key is another in full width",
    file: "app/domain/needs/readWishes.server.ts",
    from: `key: word("row_key")`,
    to: `key: cell("row_key")`,
    test: "tests/integration/needs/import.test.ts",
    only: "the same key with other content",
  },
  {
    name: "an entry's code is another by an invisible sign",
    file: "app/domain/directory/keeping/importLists.server.ts",
    from: `plainCode(cells["code"] ?? "")`,
    to: `(cells["code"] ?? "").normalize("NFKC").replace(/\\s/g, "").toUpperCase()`,
    test: "tests/integration/directory/importLists.test.ts",
    only: "changed texts become edits",
  },
  {
    name: "a place in the far future is asked of the database",
    file: "app/domain/needs/wishFilter.ts",
    from: `return at < LATEST ?`,
    to: `return at instanceof Date ?`,
    test: places,
  },
  {
    name: "the rule editor opens at a place that is none",
    file: "app/domain/directory/keeping/ruleEditing.ts",
    from: `placeOf(rule, typed) && (typed`,
    to: `pathOf(typed) && (typed`,
    test: places,
  },
  {
    name: "a page after an entry that is not there is taken for the first",
    file: "app/domain/directory/items.server.ts",
    from: `after: place < 0 ? undefined : after`,
    to: `after`,
    test: "tests/integration/directory/items.test.ts",
    only: "both lists are found whole",
  },
  {
    name: "an attempt may be moved behind the next one",
    file: "app/domain/delivery/momentsTold.server.ts",
    from: `before: next ?? done`,
    to: `before: undefined`,
    test: "tests/integration/delivery/correctedMoments.test.ts",
    only: "an attempt in vain",
  },
  {
    name: "the city moves a voucher's day",
    file: "app/domain/delivery/momentsOfMoney.server.ts",
    from: `return fund && holds(ctx.actor, "finance", { kind: "charity", id: fund.id }) ?`,
    to: `return fund ?`,
    test: "tests/integration/payments/correctedVouchers.test.ts",
  },
  {
    name: "money is spent before it came",
    file: "app/domain/payments/spendings.server.ts",
    from: `after: lastPaid(shares), field`,
    to: `field`,
    test: "tests/integration/needs/project.test.ts",
  },
];
