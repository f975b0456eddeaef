import type { Mutation } from "./mutation";

const jobs = "tests/integration/needs/importJobs.test.ts";
const work = "app/domain/needs/imports/workImports.server.ts";

/** Files of many wishes: each row once, nothing more once it is stopped, nothing by whom it is not. */
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
    from: `&& holds(actor, "caseworker", { kind: "town", id: townCode }) ? actor`,
    to: `&& townCode !== "" ? actor`,
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
    file: "app/domain/needs/imports/importJob.server.ts",
    from: `eq(importRows.outcome, "waiting")));`,
    to: `eq(importRows.outcome, "made")));`,
    test: jobs,
    only: "stopped in the middle",
  },
  {
    name: "anybody who files wishes stops another town's import",
    file: "app/domain/needs/imports/stopImport.server.ts",
    from: `if (!job || !holds(ctx.actor, "caseworker", { kind: "town", id: job.townCode }))`,
    to: `if (!job || !holds(ctx.actor, "caseworker"))`,
    test: jobs,
    only: "is its town's",
  },
];
