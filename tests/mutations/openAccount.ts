import type { Mutation } from "./mutation";

const ACCOUNT_TEST = "tests/integration/trace/openAccount.test.ts";

/** Faults in the public account and in the figures that everybody may take along. */
export const OPEN_ACCOUNT: readonly Mutation[] = [
  {
    name: "what is not public waits in a town",
    file: "db/sql/before.sql",
    from: "case when line.accepts then line.open else 0 end",
    to: "line.open",
    test: ACCOUNT_TEST,
    only: "three numbers",
  },
  {
    name: "days from a promise are counted in half days",
    file: "db/sql/before.sql",
    from: "handed_over - promised) / 86400",
    to: "handed_over - promised) / 43200",
    test: ACCOUNT_TEST,
    only: "three numbers",
  },
  {
    name: "a row of open data may stand for four",
    file: "app/domain/kernel/pooled.ts",
    from: "FEWEST_OF_A_ROW = 5",
    to: "FEWEST_OF_A_ROW = 4",
    test: "tests/unit/kernel/pooled.test.ts",
  },
];
