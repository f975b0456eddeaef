import type { Mutation } from "./mutation";

const checking = "tests/integration/database/checking.test.ts";
const migrating = "tests/integration/database/migrating.test.ts";

/** Faults that show after years and with millions of rows: what starts beside long work, ends early, or is kept for ever. */
export const YEARS: readonly Mutation[] = [
  {
    name: "a copy that starts makes every trigger again",
    file: "db/migrate.ts",
    from: `APPEND_ONLY_TABLES.filter((table) => !known.some((trigger) => trigger.table === table))`,
    to: `APPEND_ONLY_TABLES.filter((table) => known.length >= 0 && table !== "")`,
    test: migrating,
    only: "beside a long transaction",
  },
  {
    name: "who changes a table is waited for as long as it takes",
    file: "db/migrate.ts",
    from: `    await client.unsafe(\`set lock_timeout = \${patience.lockMs}\`);\n`,
    to: ``,
    test: migrating,
    only: "writers go on",
  },
  { name: "a trigger that was switched off stays so", file: "db/migrate.ts", from: ` and t.tgenabled = 'O'`, to: ``, test: migrating, only: "writers go on" },
  { name: "a right over evidence stays with the app", file: "db/migrate.ts", from: `return held ? [\`revoke`, to: `return !held ? [\`revoke`, test: migrating, only: "a right" },
  { name: "a locked table ends the start at once", file: "db/migrate.ts", from: `if (tried === patience.tries)`, to: `if (tried === 1)`, test: migrating, only: "writers go on" },
  {
    name: "a check that could not finish holds",
    file: "app/domain/checks.server.ts",
    from: `wrong: [\`\${name}: \${whyUnfinished(error)}\`], finished: false`,
    to: `wrong: [], finished: true`,
    test: checking,
    only: "takes longer",
  },
  {
    name: "a check that fails ends the run",
    file: "app/domain/checks.server.ts",
    from: `  } catch (error) {\n`,
    to: `  } catch (error) {\n    throw error;\n`,
    test: checking,
    only: "takes longer",
  },
  {
    name: "checks that could not finish end well",
    file: "scripts/runChecks.ts",
    from: `hold === ALL_CHECKS.length ? 0 : 1`,
    to: `broken === 0 ? 0 : 1`,
    test: checking,
    only: "as it comes",
  },
];
