import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { and, asc, eq, inArray, isNotNull, like } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { importShown, lastImports } from "~/domain/imports/queries.server";
import { AT_ONCE } from "~/domain/imports/rows";
import { stopImport } from "~/domain/imports/stopImport.server";
import { workImports } from "~/domain/imports/workImports.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { addItem } from "~/domain/lists/desk/addItem.server";
import { retireItem } from "~/domain/lists/desk/standItem.server";
import { keptNotes } from "~/domain/lists/hsds/keptNotes.server";
import { IMPORT_WRITERS } from "~/worker/importWriters.server";
import type { Database } from "~db/client";
import { listItems, listRules } from "~db/schema/directory";
import { importJobs, importRows } from "~db/schema/imports";
import { journal } from "~db/schema/journal";
import { anOperator } from "../../factories/hsds";
import { importEntries, manyEntries, workOff } from "../../factories/imports";
import { anItemInput } from "../../factories/lists";
import { aCaseworker, aDonor, aPerson } from "../../factories/people";
import { test } from "../../support/database";
import { kill } from "../../support/killed";
import { lockWaits } from "../../support/lockWaits";
import { aWorld, KEYS } from "../../support/world";

const MANY = AT_ONCE + 20;
const CITY = { kind: "city" } as const;
const entries = (db: Database, letters = "ZK") =>
  db
    .select()
    .from(listItems)
    .where(like(listItems.code, `${letters}%`))
    .orderBy(asc(listItems.number));
const jobOf = async (db: Database, id: string) =>
  (await db.select().from(importJobs).where(eq(importJobs.id, id)))[0];
const wrong = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);
const sealed = (db: Database) =>
  db.select({ id: importRows.id }).from(importRows).where(isNotNull(importRows.contentSealed));

async function begin(ctx: UseCaseContext, rows: readonly string[]): Promise<string> {
  const { jobId, written } = await importEntries(ctx, rows);
  expect(written).toBe(false);
  if (jobId === undefined) throw new Error("it was written at once");
  return jobId;
}

test("more entries than are written at once begin one import, however often the form is sent; three workers write each once, and the file comes back as nothing new", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const rows = manyEntries(MANY);
  const requestKey = ctx.newId();
  const sent = await Promise.all([1, 2, 3].map(() => importEntries(ctx, rows, { requestKey })));
  const [jobId = ""] = new Set(sent.map((answer) => answer.jobId));
  expect(new Set(sent.map((answer) => answer.jobId)).size).toBe(1);
  expect([sent[0]?.added, await entries(db)]).toEqual([MANY, []]);
  await expect(importEntries(ctx, rows)).rejects.toMatchObject({ code: "LISTS_IMPORT_OPEN" });
  await expect(importEntries(ctx, rows.slice(1), { requestKey })).rejects.toMatchObject({
    code: "REQUEST_KEY_REUSED",
  });

  await Promise.all([workOff(world.system), workOff(world.system), workOff(world.system)]);
  expect(await jobOf(db, jobId)).toMatchObject({
    kind: "list_file",
    townCode: null,
    state: "done",
    total: MANY,
    made: MANY,
    skipped: 0,
    refused: 0,
  });
  const made = await entries(db);
  expect(made.map(({ code }) => code)).toEqual(rows.map((row) => row.slice(0, 7)));
  expect([
    new Set(made.map(({ number }) => number)).size,
    made.every(({ state, version, inFinder }) => state === "draft" && version === 1 && inFinder),
  ]).toEqual([MANY, true]);
  const births = and(
    eq(journal.event, "list_item.add"),
    inArray(
      journal.entityId,
      made.map(({ id }) => id),
    ),
  );
  expect((await db.select({ by: journal.actorId }).from(journal).where(births)).map(({ by }) => by)).toEqual(
    made.map(() => (ctx.actor.kind === "user" ? ctx.actor.userId : "")),
  );
  expect(
    (await db.select().from(listRules).where(like(listRules.itemCode, "ZK%"))).filter(
      ({ kind }) => kind === "ask",
    ),
  ).toHaveLength(MANY);
  expect([await sealed(db), await wrong(db), world.faults]).toEqual([[], [], []]);
  // The file once more: nothing is new, so nothing begins.
  expect(await importEntries(ctx, rows)).toMatchObject({ written: true, added: 0, changed: 0, same: MANY });
  // Some of its rows anew: those that say the same are counted at once, and have no turn.
  const next = await begin(ctx, [...rows.slice(0, 5), ...manyEntries(MANY, { from: 20_000 })]);
  expect(await jobOf(db, next)).toMatchObject({ total: MANY + 5, skipped: 5, made: 0 });
  await workOff(world.system);
  expect(await jobOf(db, next)).toMatchObject({ state: "done", skipped: 5, made: MANY });
  const shown = await importShown(await anOperator(world), next, "lists");
  expect([shown.turned, shown.rows.made[0]?.itemCode, shown.rows.skipped[0]?.reason, shown.hasNotes]).toEqual(
    [MANY + 5, "ZK20000", "already", false],
  );
});

test("with one wrong row of many nothing begins, and what is tried out is not written", async ({ db }) => {
  const ctx = await anOperator(aWorld(db));
  const rows = [...manyEntries(MANY), "x1,社会救助,编号不对,老人,内容,社工站"];
  expect(await importEntries(ctx, rows)).toMatchObject({ written: false, problems: [{ column: "code" }] });
  expect([await db.select().from(importJobs), await entries(db)]).toEqual([[], []]);
});

test("an entry that somebody changed, retired or added since the file was read is not written over but named; one that says the same by now is left as it is", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  await begin(ctx, manyEntries(MANY));
  await workOff(world.system);
  const changed = [
    ...manyEntries(MANY, { content: "每天送菜" }),
    ...manyEntries(2, { letters: "ZN", from: 10_000 }),
  ];
  const jobId = await begin(ctx, changed);
  await importEntries(ctx, [
    manyEntries(1, { content: "有人改过" })[0] ?? "",
    manyEntries(2, { content: "每天送菜" })[1] ?? "",
  ]);
  await retireItem(ctx, "ZK10002");
  await addItem(ctx, anItemInput(world, { code: "ZN10000" }));
  await importEntries(ctx, manyEntries(2, { letters: "ZN", from: 10_000 }).slice(1));
  await workOff(world.system);

  expect(await jobOf(db, jobId)).toMatchObject({ state: "done", made: MANY - 3, skipped: 2, refused: 3 });
  const { rows } = await importShown(ctx, jobId, "lists");
  expect(rows.refused.map(({ row, reason, itemCode }) => [row, reason, itemCode])).toEqual([
    [2, "changed_meanwhile", "ZK10000"],
    [4, "changed_meanwhile", "ZK10002"],
    [MANY + 2, "changed_meanwhile", "ZN10000"],
  ]);
  expect(rows.skipped.map(({ itemCode, reason }) => [itemCode, reason])).toEqual([
    ["ZK10001", "already"],
    ["ZN10001", "already"],
  ]);
  const now = new Map(
    [...(await entries(db)), ...(await entries(db, "ZN"))].map((item) => [item.code, item]),
  );
  expect([
    now.get("ZK10000")?.content,
    now.get("ZK10001")?.version,
    now.get("ZK10002")?.content,
    now.get("ZK10003")?.content,
  ]).toEqual(["有人改过0", 2, "每周送菜2", "每天送菜3"]);
  const [edit] = await db
    .select({ reason: journal.reason, data: journal.data })
    .from(journal)
    .where(and(eq(journal.event, "list_item.edit"), eq(journal.entityId, now.get("ZK10003")?.id ?? "")));
  expect([edit, await wrong(db), world.faults]).toEqual([
    { reason: "import", data: { changed: "content" } },
    [],
    [],
  ]);
});

test("stopped in the middle, what is written stays and what was not is gone; the same file goes on where it was", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const rows = manyEntries(MANY);
  const jobId = await begin(ctx, rows);
  await workImports(world.system, IMPORT_WRITERS, 7);
  await Promise.all([
    workImports(world.system, IMPORT_WRITERS, 7),
    stopImport(await anOperator(world), jobId),
    workImports(world.system, IMPORT_WRITERS, 7),
  ]);
  const written = (await entries(db)).length;
  expect(await jobOf(db, jobId)).toMatchObject({ state: "stopped", made: written });
  expect([await workImports(world.system, IMPORT_WRITERS), await sealed(db)]).toEqual([0, []]);
  await stopImport(ctx, jobId);
  expect((await importEntries(ctx, rows)).added).toBe(MANY - written);
  await workOff(world.system);
  const made = await entries(db);
  expect([made.length, made.every(({ version }) => version === 1), await wrong(db)]).toEqual([
    MANY,
    true,
    [],
  ]);
});

test(
  "while one of two workers writes entries, the other one passes by; kill -9 in the middle of a batch, again and again, writes none twice",
  { timeout: 120_000 },
  async ({ db, owner, databaseUrl }) => {
    const world = aWorld(db);
    const jobId = await begin(await anOperator(world), manyEntries(MANY));
    const { working } = await owner.begin(async (held) => {
      // The first has taken its import, and waits for its turn in the lists.
      await held`lock table list_item in share row exclusive mode`;
      const first = workImports(world.system, IMPORT_WRITERS, 3);
      await lockWaits(held, "relation");
      expect([await workImports(world.system, IMPORT_WRITERS), world.faults]).toEqual([0, []]);
      return { working: first };
    });
    expect(await working).toBe(3);
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
      expect([job?.state, job?.made]).toEqual(["running", (await entries(db)).length]);
      expect(job?.made).toBeLessThan(MANY);
      expect(await wrong(db)).toEqual([]);
    }

    await workOff(world.system);
    expect(await jobOf(db, jobId)).toMatchObject({ state: "done", made: MANY });
    expect([(await entries(db)).length, await wrong(db)]).toEqual([MANY, []]);
  },
);

test("an import of the lists is the city's operators': to others it does not exist; once its own is none any more, nothing more is written", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const keeper = await aPerson(world, { role: "operator", scope: CITY });
  const ctx = world.as(keeper);
  const jobId = await begin(ctx, manyEntries(MANY));
  for (const person of [
    await aDonor(world),
    await aCaseworker(world),
    await aPerson(world, { role: "admin", scope: CITY }),
    await aPerson(world, { role: "auditor", scope: CITY }),
  ]) {
    const other = world.as(person);
    for (const call of [
      () => importShown(other, jobId, "lists"),
      () => importShown(other, jobId, "towns"),
      () => stopImport(other, jobId),
      () => keptNotes(other, jobId).next(),
    ])
      await expect(call()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(lastImports(other, "lists")).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  }

  for (const call of [
    () => importShown(world.as({ kind: "visitor" }), jobId, "lists"),
    () => keptNotes(world.as({ kind: "visitor" }), jobId).next(),
  ])
    await expect(call()).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
  await expect(importShown(ctx, jobId, "towns")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await lastImports(await anOperator(world), "lists")).map(({ id }) => id)).toEqual([jobId]);

  await workImports(world.system, IMPORT_WRITERS, 5);
  await owner`update role_grant set revoked_at = now() where user_id = ${keeper.userId}`;
  await workOff(world.system);
  expect(await jobOf(db, jobId)).toMatchObject({ state: "failed", failure: "role_ended", made: 5 });
  expect([(await entries(db)).length, await sealed(db), world.faults]).toEqual([5, [], []]);
});

test("a row that cannot be written is said by its number and takes none with it that would have been written in the same statement", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const jobId = await begin(ctx, manyEntries(MANY));
  // The content of one row in place of another's.
  await owner`update import_row set content_sealed = (select content_sealed from import_row where job_id = ${jobId} and "row" = 3) where job_id = ${jobId} and "row" = 4`;
  await workOff(world.system);
  expect(await jobOf(db, jobId)).toMatchObject({ state: "done", made: MANY - 1, refused: 1 });
  expect((await importShown(ctx, jobId, "lists")).rows.refused).toMatchObject([
    { row: 4, reason: "unexpected", itemCode: null },
  ]);
  expect([world.faults.map(({ work }) => work), await wrong(db)]).toEqual([["imports.rows"], []]);
});
