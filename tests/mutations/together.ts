import type { Mutation } from "./mutation";

const moment = "tests/integration/giving/together.test.ts";

/** Faults in what requests of one moment share, and in what each of them keeps for itself. */
export const TOGETHER: readonly Mutation[] = [
  {
    name: "who came last in a moment is served first",
    file: "app/domain/kernel/together.server.ts",
    from: `queue.waiting.push({`,
    to: `queue.waiting.unshift({`,
    test: moment,
    only: "of ten units",
  },
  {
    name: "the key of a shared transaction is not kept",
    file: "app/domain/kernel/together.server.ts",
    from: `keepAnswers(tx, done),`,
    to: ``,
    test: moment,
    only: "one key is done once",
  },
  {
    name: "each basket of a moment counts to a limit of its own",
    file: "app/domain/giving/pledgeItems.server.ts",
    from: `holds.set(user.userId, { ...mine, units: mine.units + unitsOf(taken) });`,
    to: ``,
    test: moment,
    only: "one person's baskets",
  },
  {
    name: "units that move stay where they were as well",
    file: "app/domain/books/moveUnits.server.ts",
    from: `sum[from] -= quantity;`,
    to: ``,
    test: moment,
    only: "a moment's confirmations",
  },
  {
    name: "who is at fault takes the neighbours along",
    file: "app/domain/kernel/together.server.ts",
    from: `set.length === 1 || error instanceof DeadlineError`,
    to: `set.length > 0 || error instanceof DeadlineError`,
    test: moment,
    only: "fails alone",
  },
  {
    name: "whoever wants the same overtakes",
    file: "app/domain/kernel/together.server.ts",
    from: `for (const place of places) queue.busy.add(place);`,
    to: ``,
    test: "tests/integration/kernel/together.test.ts",
    only: "in the order of arrival",
  },
];
