import type { Mutation } from "./mutation";

/** What people see and type: errors in their order, amounts, what was noted, what a public page tells. */
export const TOUCHED: readonly Mutation[] = [
  {
    name: "errors stand in the order in which rules found them",
    file: "app/http/fieldOrder.server.ts",
    from: `.toSorted((a, b) => placeOf(a) - placeOf(b))`,
    to: `.toSorted((a, b) => 0 * (placeOf(a) - placeOf(b)))`,
    test: "tests/unit/http/fieldOrder.test.ts",
    only: "a rule over several fields",
  },
  {
    name: "what was typed before is paid, not the amount that was chosen",
    file: "app/domain/payments/schemas.ts",
    from: `atHand === undefined ? quantity !== undefined : atHand === "other"`,
    to: `quantity !== undefined || atHand === "other"`,
    test: "tests/unit/giving/payAmount.test.ts",
    only: "an amount at hand",
  },
  {
    name: "what was noted at a try that reached nobody is thrown away",
    file: "app/domain/callBacks/answerCallBack.server.ts",
    from: `          ...said,
          tries,
          dueAt:`,
    to: `          tries,
          dueAt:`,
    test: "tests/integration/callBacks/callBacks.test.ts",
    only: "who does not answer",
  },
  {
    name: "an organisation that was never verified has a public page",
    file: "app/domain/trace/organisationPage.server.ts",
    from: `if (found?.state !== "verified") throw`,
    to: `if (found === undefined) throw`,
    test: "tests/integration/trace/organisationPage.test.ts",
    only: "the page of an organisation",
  },
];
