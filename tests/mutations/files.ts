import type { Mutation } from "./mutation";

const exports = "tests/integration/files/csvExports.test.ts";
const aside = "tests/integration/files/aside.test.ts";

/** Faults in tables that go out, and in where files are read that come in. */
export const FILES: readonly Mutation[] = [
  {
    name: "formulas go out",
    file: "app/http/csv.server.ts",
    from: `row.map(guarded)`,
    to: `row`,
    test: exports,
  },
  {
    name: "a cell's line break ends its row",
    file: "app/http/csv.server.ts",
    from: `, quoted_match: SEPARATES`,
    to: `, quote: false`,
    test: exports,
  },
  {
    name: "tables are kept on the way",
    file: "app/http/csv.server.ts",
    from: `"private", "no-store"`,
    to: `"public", "max-age=300"`,
    test: exports,
  },
  {
    name: "tables are read within the main thread",
    file: "app/http/aside.server.ts",
    from: `(await inTurn({ kind: "table", file, shape }, READ_SECONDS, "FILE_TOO_MUCH")) as TableReading`,
    to: `(await import("~/domain/kernel/tables/readTable.server")).readTable(file, shape)`,
    test: aside,
  },
  {
    name: "a refusal beside is a fault here",
    file: "app/http/aside.server.ts",
    from: `else reject(new DomainError(answer.refused, answer.params));`,
    to: `else reject(new Error(answer.refused));`,
    test: aside,
  },
  {
    name: "a file begins when something of it was found",
    file: "app/domain/books/moneyQueries.server.ts",
    from: `  yield [];\n  const meant`,
    to: `  const meant`,
    test: "tests/integration/books/moneyBook.test.ts",
  },
  {
    name: "a stream of open data leaves its lines out",
    file: "app/http/openData.server.ts",
    from: `if (rows.length > 0) yield`,
    to: `if (rows.length > ROWS_AT_ONCE) yield`,
    test: "tests/integration/lists/hsdsApi.test.ts",
  },
];
