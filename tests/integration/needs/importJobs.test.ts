import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { eq, inArray, isNotNull } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { importShown, lastImports } from "~/domain/imports/queries.server";
import { AT_ONCE } from "~/domain/imports/rows";
import { stopImport } from "~/domain/imports/stopImport.server";
import { workImports } from "~/domain/imports/workImports.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { forgetOverdue } from "~/domain/retention/forgetOverdue.server";
import { IMPORT_WRITERS } from "~/worker/importWriters.server";
import type { Database } from "~db/client";
import { importJobs, importRows } from "~db/schema/imports";
import { needs } from "~db/schema/needs";
import { importRowsOf, manyRows, workOff } from "../../factories/imports";
import { aCaseworker, aPerson, GUZHEN, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { kill } from "../../support/killed";
import { lockWaits } from "../../support/lockWaits";
import { aWorld, KEYS } from "../../support/world";

const MANY = AT_ONCE + 10;
const imported = async (db: Database) =>
  db
    .select({ id: needs.id, key: needs.importKey, filedBy: needs.filedBy })
    .from(needs)
    .where(isNotNull(needs.importKey));
const jobOf = async (db: Database, id: string) =>
  (await db.select().from(importJobs).where(eq(importJobs.id, id)))[0];
const wrong = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

async function begin(ctx: UseCaseContext, rows: readonly string[]): Promise<string> {
  const { jobId, written } = await importRowsOf(ctx, rows, { townCode: SHIQI });
  expect(written).toBe(false);
  if (jobId === undefined) throw new Error("it was written at once");
  return jobId;
}

test("more rows than are written at once begin one import, however often the form is sent; two workers give each row one draft of its caseworker's", async ({
  db,
}) => {
  const world = aWorld(db);
  const caseworker = await aCaseworker(world);
  const ctx = world.as(caseworker);
  const before = (await imported(db)).length;
  const rows = manyRows(MANY, "双");
  const requestKey = ctx.newId();
  const sent = await Promise.all(
    [1, 2, 3].map(() => importRowsOf(ctx, rows, { townCode: SHIQI, requestKey })),
  );
  const [jobId = ""] = new Set(sent.map((answer) => answer.jobId));
  expect(new Set(sent.map((answer) => answer.jobId)).size).toBe(1);
  expect((await imported(db)).length).toBe(before);
  await expect(importRowsOf(ctx, rows, { townCode: SHIQI })).rejects.toMatchObject({ code: "IMPORT_OPEN" });
  await expect(importRowsOf(ctx, rows.slice(1), { townCode: SHIQI, requestKey })).rejects.toMatchObject({
    code: "REQUEST_KEY_REUSED",
  });

  const [row] = await db.select().from(importRows).where(eq(importRows.jobId, jobId)).limit(1);
  expect(row?.contentSealed).toMatch(/^v1:/);
  await Promise.all([workOff(world.system), workOff(world.system), workOff(world.system)]);
  expect(await jobOf(db, jobId)).toMatchObject({
    state: "done",
    total: MANY,
    made: MANY,
    skipped: 0,
    refused: 0,
  });
  const made = await imported(db);
  expect([
    made.length - before,
    new Set(made.map(({ key }) => key)).size,
    made.filter(({ filedBy }) => filedBy === caseworker.userId).length,
  ]).toEqual([MANY, made.length, MANY]);
  expect(await db.select().from(importRows).where(isNotNull(importRows.contentSealed))).toEqual([]);
  expect(await wrong(db)).toEqual([]);
  // The file once more: nothing is new, so nothing begins.
  expect(await importRowsOf(ctx, rows, { townCode: SHIQI })).toMatchObject({ written: true, made: [] });
  const shown = await importShown(world.as(await aCaseworker(world)), jobId, "towns");
  expect([shown.turned, shown.rows.made.length, shown.rows.made[0]?.row, shown.by]).toEqual([
    MANY,
    MANY,
    2,
    caseworker.displayName,
  ]);
});

test("stopped in the middle, beside a batch or between two: what is written stays, what was not is gone and said, and the file goes on where it was", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = world.as(await aCaseworker(world));
  const before = (await imported(db)).length;
  const rows = manyRows(MANY, "停");
  const jobId = await begin(ctx, rows);
  await workImports(world.system, IMPORT_WRITERS, 7);
  await Promise.all([
    workImports(world.system, IMPORT_WRITERS, 7),
    stopImport(ctx, jobId),
    workImports(world.system, IMPORT_WRITERS, 7),
  ]);
  const stopped = await jobOf(db, jobId);
  const written = (await imported(db)).length - before;
  expect(stopped).toMatchObject({ state: "stopped", made: written });
  expect(await workImports(world.system, IMPORT_WRITERS)).toBe(0);
  await stopImport(ctx, jobId);
  expect((await imported(db)).length - before).toBe(written);
  const outcomes = await db
    .select({ outcome: importRows.outcome, content: importRows.contentSealed })
    .from(importRows)
    .where(eq(importRows.jobId, jobId));
  expect([
    outcomes.filter(({ outcome }) => outcome === "left").length,
    outcomes.filter(({ content }) => content !== null),
  ]).toEqual([MANY - written, []]);
  expect(await wrong(db)).toEqual([]);
  const again = await importRowsOf(ctx, rows, { townCode: SHIQI });
  await workOff(world.system);
  expect(again.made.length).toBe(MANY - written);
  expect((await imported(db)).length - before).toBe(MANY);
});

test("while one of two workers has a batch of an import, the other one passes it by", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  await begin(world.as(await aCaseworker(world)), manyRows(MANY, "同时"));
  const { working } = await owner.begin(async (held) => {
    // The first has taken its import, and waits for its turn in the town.
    await held`select pg_advisory_xact_lock(hashtext(${`import.wishes:${SHIQI}`}))`;
    const first = workImports(world.system, IMPORT_WRITERS);
    await lockWaits(held);
    expect([await workImports(world.system, IMPORT_WRITERS), world.faults]).toEqual([0, []]);
    return { working: first };
  });
  expect(await working).toBeGreaterThan(0);
});

test(
  "kill -9 in the middle of a batch, again and again: each row becomes one draft, and the counts are those of the rows",
  { timeout: 120_000 },
  async ({ db, databaseUrl }) => {
    const world = aWorld(db);
    const before = (await imported(db)).length;
    const jobId = await begin(world.as(await aCaseworker(world)), manyRows(MANY, "断"));
    for (const batches of [1, 4]) {
      const worker = spawn(
        process.execPath,
        ["--import", "tsx", "tests/support/importer.ts", databaseUrl, KEYS.DATA_KEY, KEYS.HASH_KEY],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      let said = 0;
      for await (const _batch of createInterface({ input: worker.stdout })) if ((said += 1) >= batches) break;
      await kill(worker, db);
      const job = await jobOf(db, jobId);
      expect([job?.state, job?.made]).toEqual(["running", (await imported(db)).length - before]);
      expect(job?.made).toBeLessThan(MANY);
      expect(await wrong(db)).toEqual([]);
    }

    await workOff(world.system);
    expect(await jobOf(db, jobId)).toMatchObject({ state: "done", made: MANY });
    expect((await imported(db)).length - before).toBe(MANY);
    expect(await wrong(db)).toEqual([]);
  },
);

test("an import is its town's: strangers find nothing and stop nothing; once its caseworker may not file there any more, nothing more is written", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const caseworker = await aCaseworker(world);
  const ctx = world.as(caseworker);
  const jobId = await begin(ctx, manyRows(MANY, "权"));
  const there = world.as(await aCaseworker(world, GUZHEN));
  const city = { kind: "city" } as const;
  for (const call of [
    () => importShown(there, jobId, "towns"),
    () => stopImport(there, jobId),
    () => importShown(ctx, ctx.newId(), "towns"),
  ])
    await expect(call()).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const role of ["operator", "donor", "admin"] as const) {
    const other = world.as(await aPerson(world, { role, scope: city }));
    await expect(importShown(other, jobId, "towns")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(stopImport(other, jobId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(lastImports(other, "towns")).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  }

  await expect(importShown(world.as({ kind: "visitor" }), jobId, "towns")).rejects.toMatchObject({
    code: "SIGN_IN_NEEDED",
  });
  expect([
    (await lastImports(there, "towns")).length,
    (await lastImports(ctx, "towns")).map(({ id }) => id),
  ]).toEqual([0, [jobId]]);

  await workImports(world.system, IMPORT_WRITERS, 5);
  const written = (await imported(db)).length;
  await owner`update role_grant set revoked_at = now() where user_id = ${caseworker.userId}`;
  await workOff(world.system);
  expect(await jobOf(db, jobId)).toMatchObject({ state: "failed", failure: "role_ended", made: 5 });
  expect((await imported(db)).length).toBe(written);
  expect(await db.select().from(importRows).where(isNotNull(importRows.contentSealed))).toEqual([]);
  expect(world.faults).toEqual([]);
});

test("a closed account's import ends as well", async ({ db, owner }) => {
  const world = aWorld(db);
  const caseworker = await aCaseworker(world);
  const jobId = await begin(world.as(caseworker), manyRows(MANY, "关"));
  await owner`update app_user set disabled_at = now() where id = ${caseworker.userId}`;
  await workOff(world.system);
  expect(await jobOf(db, jobId)).toMatchObject({ state: "failed", failure: "role_ended", made: 0 });
});

test("a row that is refused meanwhile, or cannot be read, is said by its number and keeps none behind it waiting", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const ctx = world.as(await aCaseworker(world));
  const rows = [...manyRows(MANY, "拒"), ...manyRows(2, "包", { kind: "bag" })];
  const jobId = await begin(ctx, rows);
  await owner`update object_kind set refused = true where code = 'bag'`;
  // The content of one row in place of another's.
  await owner`update import_row set content_sealed = (select content_sealed from import_row where job_id = ${jobId} and "row" = 3) where job_id = ${jobId} and "row" = 4`;
  await workOff(world.system);
  expect(await jobOf(db, jobId)).toMatchObject({ state: "done", made: MANY - 1, refused: 3 });
  const { rows: shown } = await importShown(ctx, jobId, "towns");
  expect(shown.refused.map(({ row, reason }) => [row, reason])).toEqual([
    [4, "unexpected"],
    [MANY + 2, "kind_refused"],
    [MANY + 3, "kind_refused"],
  ]);
  expect(world.faults.map(({ work }) => work)).toEqual(["imports.rows"]);
  expect(await wrong(db)).toEqual([]);
});

test("rows that are the same are one wish or many as they are at once, wherever a batch ends", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = world.as(await aCaseworker(world));
  const [row = ""] = manyRows(1, "同");
  const keyless = row.replace(/,同0$/, ",");
  const jobId = await begin(ctx, [...manyRows(MANY, "隔"), row, row, keyless, keyless]);
  while ((await workImports(world.system, IMPORT_WRITERS, 1)) > 0);
  const { rows } = await importShown(ctx, jobId, "towns");
  // Of the same key one; without a key the third and fourth that say the same as two with one.
  expect(rows.skipped.map(({ row, reason }) => [row, reason])).toEqual([[MANY + 3, "twice"]]);
  expect(await jobOf(db, jobId)).toMatchObject({ state: "done", made: MANY + 3, skipped: 1 });
});

test("a batch that comes to nothing is told and tried again later, ten times; other towns' imports go on", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const jobId = await begin(world.as(await aCaseworker(world)), manyRows(MANY, "坏"));
  const { jobId: other = "" } = await importRowsOf(
    world.as(await aCaseworker(world, GUZHEN)),
    manyRows(MANY, "好", { town: "古镇镇" }),
    { townCode: GUZHEN },
  );
  // What one town's import writes of itself is never taken.
  await owner`alter table import_job add constraint planted check (made = 0 or town_code <> '442000001')`;
  // A row a batch: what is written is undone ten times.
  for (let tries = 1; tries <= 10; tries += 1) {
    await workImports(world.system, IMPORT_WRITERS, 1);
    await workImports(world.system, IMPORT_WRITERS, 1);
    expect(await jobOf(db, other)).toMatchObject({ state: "running", made: tries });
    world.clock.advance({ minutes: 11 });
  }

  await workOff(world.system);
  expect(await jobOf(db, jobId)).toMatchObject({
    state: "failed",
    failure: "unexpected",
    made: 0,
    failures: 10,
  });
  expect(await jobOf(db, other)).toMatchObject({ state: "done", made: MANY });
  expect(world.faults.filter(({ work, id }) => work === "imports" && id === jobId)).toHaveLength(10);
});

test("a month after its end an import goes with its rows; one that is open stays", async ({ db }) => {
  const world = aWorld(db);
  const ended = await begin(world.as(await aCaseworker(world)), manyRows(MANY, "忘"));
  await workOff(world.system);
  world.clock.advance({ days: 29 });
  const open = await begin(world.as(await aCaseworker(world)), manyRows(MANY, "记"));
  await forgetOverdue(world.system);
  expect(await jobOf(db, ended)).toBeDefined();
  world.clock.advance({ days: 2 });
  await forgetOverdue(world.system);
  expect((await db.select({ id: importJobs.id }).from(importJobs)).map(({ id }) => id)).toEqual([open]);
  expect(
    (
      await db
        .select()
        .from(importRows)
        .where(inArray(importRows.jobId, [ended, open]))
    ).length,
  ).toBe(MANY);
});
