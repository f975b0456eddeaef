import type { Mutation } from "./mutation";

const jobs = "tests/integration/needs/importJobs.test.ts";
const lists = "tests/integration/lists/listImports.test.ts";
const work = "app/domain/imports/workImports.server.ts";
const job = "app/domain/imports/importJob.server.ts";
const items = "app/domain/lists/imports/itemRows.server.ts";

/**
 * Files that are too long for one answer: each row once, nothing more once it is stopped, nothing by whom it
 * is not.
 */
export const IMPORTS: readonly Mutation[] = [
  {
    name: "two workers do one batch",
    file: work,
    from: `.limit(1)\n    .for("update", { skipLocked: true })`,
    to: `.limit(1)`,
    test: jobs,
    only: "passes it by",
  },
  {
    name: "whoever lost the role goes on importing",
    file: work,
    from: `&& mayImport(actor, job) ? actor`,
    to: `&& job.id !== "" ? actor`,
    test: jobs,
    only: "is its town's",
  },
  {
    name: "a refused row ends its batch",
    file: work,
    from: `if (passes(error)) throw error;`,
    to: `throw error;`,
    test: jobs,
    only: "refused meanwhile",
  },
  {
    name: "what comes to nothing is tried for ever",
    file: work,
    from: `if (failures >= MOST_FAILURES)`,
    to: `if (failures < 0)`,
    test: jobs,
    only: "comes to nothing",
  },
  {
    name: "what a file said is kept when its import is stopped",
    file: job,
    from: `eq(importRows.outcome, "waiting")));`,
    to: `eq(importRows.outcome, "made")));`,
    test: jobs,
    only: "stopped in the middle",
  },
  {
    name: "anybody who files wishes stops another town's import",
    file: job,
    from: `holds(actor, roleFor(whose), scopeFor(whose));`,
    to: `holds(actor, roleFor(whose));`,
    test: jobs,
    only: "is its town's",
  },
  {
    name: "a caseworker sees and stops an import of the lists",
    file: job,
    from: `townCode === null ? "operator" : "caseworker"`,
    to: `townCode === "" ? "operator" : "caseworker"`,
    test: lists,
    only: "city's operators",
  },
  {
    name: "an item that was changed meanwhile is written over",
    file: items,
    from: `: item?.version === content.version)`,
    to: `: item !== undefined)`,
    test: lists,
    only: "not written over but named",
  },
  {
    name: "an item that says the same by now is said to be changed meanwhile",
    file: items,
    from: `if (item && saysTheSame(item, content))`,
    to: `if (item && item.id === "")`,
    test: lists,
    only: "not written over but named",
  },
  {
    name: "one row that cannot be written takes with it those of its statement",
    file: work,
    from: `if (kept.length > 1) {`,
    to: `if (kept.length < 0) {`,
    test: lists,
    only: "takes none with it",
  },
  {
    name: "a form of many items that is sent twice begins two imports",
    file: "app/domain/lists/desk/importLists.server.ts",
    from: `table.rows.map(({ cells }) => cells) }, requestKey });`,
    to: `table.rows.map(({ cells }) => cells) }, requestKey: ctx.newId() });`,
    test: lists,
    only: "however often the form is sent",
  },
  {
    name: "what was said of a package's rows is lost when its import begins",
    file: "app/domain/lists/hsds/importHsds.server.ts",
    from: `rows, notes, sent: { mark }`,
    to: `rows, notes: notes.slice(0, 0), sent: { mark }`,
    test: "tests/integration/lists/listImportsBack.test.ts",
    only: "four thousand services",
  },
];
