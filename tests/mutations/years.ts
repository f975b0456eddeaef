import type { Mutation } from "./mutation";

const checking = "tests/integration/database/checking.test.ts";
const retention = "tests/integration/database/retention.test.ts";
const forgetting = "app/domain/retention/forgetOverdue.server.ts";
const screening = "tests/integration/directory/screening.test.ts";
const refresh = "app/domain/directory/screening/refreshScreening.server.ts";
const migrating = "tests/integration/database/migrating.test.ts";

/** Faults that show after years and with millions of rows: what starts beside long work, ends early, or is kept for ever. */
export const YEARS: readonly Mutation[] = [
  {
    name: "a copy that starts makes every trigger again",
    file: "db/migrate.ts",
    from: `!known.some((trigger) => trigger.table === table && trigger.type === typeOf(refused))`,
    to: `known.length >= 0 && table !== "" && refused.length > 0`,
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
  { name: "one bite a run", file: forgetting, from: `const MOST_BITES = 400;`, to: `const MOST_BITES = 1;`, test: retention },
  { name: "a bite takes everything", file: forgetting, from: `.limit(most);`, to: `;`, test: retention, only: "small bites" },
  { name: "a kind that fails stops those behind it", file: forgetting, from: `failed.push({ id: kind.name, error });`, to: `throw error;`, test: retention, only: "keeps none" },
  {
    name: "work that waits is forgotten when it is old",
    file: "app/domain/retention/terms.server.ts",
    from: `and(eq(outbox.state, "done"), lt(outbox.runAt, before))`,
    to: `lt(outbox.runAt, before)`,
    test: retention,
    only: "however old",
  },
  {
    name: "answers to requests are forgotten after a day",
    file: "app/domain/retention/terms.server.ts",
    from: `term: { days: 90 },
    goes: "the row",
    why: "a form`,
    to: `term: { days: 1 },
    goes: "the row",
    why: "a form`,
    test: "tests/unit/architecture/retention.test.ts",
    only: "docs/retention.md",
  },
  {
    name: "a table that nobody clears and nobody names",
    file: "app/domain/retention/kept.ts",
    from: `"record_opening", `,
    to: ``,
    test: "tests/unit/architecture/retention.test.ts",
  },
  { name: "a refresh that was broken off begins at the first", file: refresh, from: `after: going.reached ?? FIRST`, to: `after: FIRST`, test: screening, only: "broken off" },
  {
    name: "a refresh goes on by yesterday's rules",
    file: refresh,
    from: `await tx.delete(screeningRefreshes).where(and(unfinished, or(`,
    to: `await tx.delete(screeningRefreshes).where(and(unfinished, isNotNull(screeningRefreshes.finishedAt), or(`,
    test: screening,
    only: "broken off",
  },
  {
    name: "a page that fails is asked as it was",
    file: refresh,
    from: `if (most <= FEWEST_A_PAGE) throw error;`,
    to: `if (most > 0) throw error;`,
    test: screening,
    only: "smaller ones",
  },
  {
    name: "another history is met with whatever SQL says",
    file: "db/migrate.ts",
    from: `    await requireOurHistory(client);\n`,
    to: ``,
    test: "tests/integration/database/otherHistory.test.ts",
    only: "nothing of it is touched",
  },
  {
    name: "a worker goes on after a restore",
    file: "app/journal/drainOutbox.server.ts",
    from: `(await heldSince(ctx.db)) === null ? drainDue`,
    to: `(await heldSince(ctx.db)) !== undefined ? drainDue`,
    test: "tests/integration/database/backup.test.ts",
    only: "drill",
  },
  {
    name: "letting go tells everybody once more",
    file: "app/journal/release.server.ts",
    from: `const silent = inSilence(ctx);`,
    to: `const silent = { ...inSilence(ctx), ...ctx };`,
    test: "tests/integration/database/backup.test.ts",
    only: "drill",
  },
  {
    name: "a backup reads each table at a moment of its own",
    file: "db/backup/take.ts",
    from: `"isolation level repeatable read, read only"`,
    to: `"isolation level read committed, read only"`,
    test: "tests/integration/database/backup.test.ts",
    only: "wholly in it",
  },
];
