import type { Mutation } from "./mutation";

const unwanted = "tests/unit/i18n/unwantedWords.test.ts";
const finished = "tests/integration/needs/finishedWish.test.ts";

/** Faults in what pages say, and in which words. */
export const WORDS: readonly Mutation[] = [
  {
    name: "one page spells a traditional character in two ways",
    file: "app/domain/kernel/typed/traditional.server.ts",
    from: `["牀", "床"],`,
    to: ``,
    test: unwanted,
    only: "in zh-Hant as its messages",
  },
  {
    name: "a settled word is forgotten in a message",
    file: "app/i18n/zh-Hans/wishes.ts",
    from: `claimedOf: "已认领 {n} / {of} {unit}"`,
    to: `claimedOf: "已认捐 {n} / {of} {unit}"`,
    test: unwanted,
    only: "no message in zh-Hans",
  },
  {
    name: "a service that waits for its recipient's word counts as done",
    file: "app/domain/needs/wishPage.server.ts",
    from: `const isOver = need?.state === "closed" || isFulfilled(wish.lines);`,
    to: `const isOver = true;`,
    test: finished,
  },
  {
    name: "who reads English reads Chinese alone",
    file: "app/i18n/locales.ts",
    from: `locale === "en" && kindEn !== null`,
    to: `locale !== "en" && kindEn !== null`,
    test: "tests/unit/ui/keptCards.test.ts",
    only: "who reads English",
  },
];
