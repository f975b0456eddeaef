import { asc, eq, isNotNull } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { importShown } from "~/domain/imports/queries.server";
import { AT_ONCE } from "~/domain/imports/rows";
import { gathered } from "~/domain/kernel/batches";
import { exportLists } from "~/domain/lists/desk/exportLists.server";
import { importLists } from "~/domain/lists/desk/importLists.server";
import { LIST_TABLE } from "~/domain/lists/desk/listColumns";
import { retireItem } from "~/domain/lists/desk/standItem.server";
import { importHsds } from "~/domain/lists/hsds/importHsds.server";
import { keptNotes } from "~/domain/lists/hsds/keptNotes.server";
import type { Note } from "~/domain/lists/hsds/notes";
import { forgetOverdue } from "~/domain/retention/forgetOverdue.server";
import { csvResponse } from "~/http/csv.server";
import type { Database } from "~db/client";
import { listItems, listRules } from "~db/schema/directory";
import { importJobs, importNotes } from "~db/schema/imports";
import { journal } from "~db/schema/journal";
import { aForeignService, anOperator, idOf, ndjson, tryOut } from "../../factories/hsds";
import { workOff } from "../../factories/imports";
import { aTable } from "../../factories/tables";
import { test } from "../../support/database";
import { turnsDuring } from "../../support/turns";
import { aWorld } from "../../support/world";

const MANY = AT_ONCE + 20;
const jobOf = async (db: Database, id: string) =>
  (await db.select().from(importJobs).where(eq(importJobs.id, id)))[0];
const wrong = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

/** Services as another directory gives them out, each with something to be said of it. */
const services = (count: number) =>
  ndjson(Array.from({ length: count }, (_, n) => JSON.stringify(aForeignService(`服务${n}`))).join("\n"));

test("a list that was given out and lost is taken in again, and then comes back as nothing new", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const given = async () => {
    const { header, batches } = await exportLists(ctx, "social");
    const rows = await gathered(batches);
    return new Uint8Array(await (await csvResponse(ctx, "social.csv", header, rows)).arrayBuffer());
  };

  const bytes = await given();
  const written = (write: boolean) =>
    importLists(ctx, { table: aTable({ name: "social.csv", bytes }, LIST_TABLE), write });
  const { same } = await written(false);
  await db.delete(listRules);
  await db.delete(listItems);
  expect(await written(true)).toMatchObject({ added: same, written: false });
  await workOff(world.system);
  expect(await written(true)).toMatchObject({ added: 0, changed: 0, same, written: true });
  expect(await wrong(db)).toEqual([]);
});

test(
  "four thousand services are taken in batch by batch while the main thread goes on; all that was said of their rows is kept for a month",
  { timeout: 240_000 },
  async ({ db }) => {
    const world = aWorld(db);
    const ctx = await anOperator(world);
    const files = [services(4_000)];
    const dry = await tryOut(ctx, files);
    const input = { files, list: "social", publish: true, seen: dry.seen, requestKey: ctx.newId() } as const;
    const [answer, again] = [await importHsds(ctx, input), await importHsds(ctx, input)];
    expect([answer.written, answer.fresh, again.jobId]).toEqual([false, 4_000, answer.jobId]);
    const jobId = answer.jobId ?? "";
    await expect(importHsds(ctx, { ...input, requestKey: ctx.newId() })).rejects.toMatchObject({
      code: "LISTS_IMPORT_OPEN",
    });

    const { turns } = await turnsDuring(() => workOff(world.system));
    expect(turns).toBeGreaterThan(500);
    expect(await jobOf(db, jobId)).toMatchObject({ kind: "hsds", state: "done", made: 4_000, refused: 0 });
    const taken = await db
      .select()
      .from(listItems)
      .where(isNotNull(listItems.hsdsId))
      .orderBy(asc(listItems.number));
    expect([
      taken.length,
      taken[0]?.hsdsId,
      taken[1]?.hsdsId,
      taken.every(({ state, inFinder }) => state === "published" && !inFinder),
    ]).toEqual([4_000, idOf("服务0"), idOf("服务1"), true]);
    expect(await tryOut(ctx, files)).toMatchObject({ fresh: 0, changes: [], same: 4_000 });
    const shown = await importShown(ctx, jobId, "lists");
    expect([shown.hasNotes, shown.rows.made[0]?.file]).toEqual([true, "services.ndjson"]);
    const kept: Note[] = [];
    for await (const part of keptNotes(ctx, jobId)) kept.push(...part);
    expect(kept).toEqual(dry.notes);
    expect([await wrong(db), world.faults]).toEqual([[], []]);
    world.clock.advance({ days: 31 });
    await forgetOverdue(world.system);
    expect([await jobOf(db, jobId), await db.select().from(importNotes)]).toEqual([undefined, []]);
  },
);

test("what another directory says anew is taken, and an entry that was changed here meanwhile is named with its row", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const take = async (more: Readonly<Record<string, unknown>>) => {
    const files = [
      ndjson(
        Array.from({ length: MANY }, (_, n) => JSON.stringify(aForeignService(`服务${n}`, more))).join("\n"),
      ),
    ];
    return (
      (await importHsds(ctx, { files, list: "social", publish: true, seen: (await tryOut(ctx, files)).seen }))
        .jobId ?? ""
    );
  };

  await take({});
  await workOff(world.system);
  const jobId = await take({ application_process: "先打电话。", last_modified: "2026-02-02T00:00:00Z" });
  const [item] = await db
    .select()
    .from(listItems)
    .where(eq(listItems.hsdsId, idOf("服务5")));
  await retireItem(ctx, item?.code ?? "");
  await workOff(world.system);
  expect(await jobOf(db, jobId)).toMatchObject({ state: "done", made: MANY - 1, refused: 1 });
  expect((await importShown(ctx, jobId, "lists")).rows.refused).toMatchObject([
    { file: "services.ndjson", row: 6, reason: "changed_meanwhile", itemCode: item?.code },
  ]);
  const edits = await db
    .select({ reason: journal.reason })
    .from(journal)
    .where(eq(journal.event, "list_item.edit"));
  expect([edits.length, new Set(edits.map(({ reason }) => reason)), await wrong(db)]).toEqual([
    MANY - 1,
    new Set(["hsds_import"]),
    [],
  ]);
});
