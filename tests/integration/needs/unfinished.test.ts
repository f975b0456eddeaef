import { asc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { openedOn } from "~/domain/kernel/opened";
import {
  draftOrganisationNeed,
  editOrganisationNeed,
  submitOrganisationNeed,
} from "~/domain/needs/draftOrganisationNeed.server";
import { OrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { isNeed, runningOrganisationNeeds } from "~/domain/needs/staffQueries.server";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import {
  destroyOldUnfinished,
  discardUnfinished,
  keepUnfinished,
  readUnfinished,
  startUnfinished,
  unfinishedOf,
} from "~/domain/needs/unfinished.server";
import { journal } from "~db/schema/journal";
import { needs, unfinishedDrafts } from "~db/schema/needs";
import { organisations } from "~db/schema/organisations";
import { aHousehold } from "../../factories/households";
import { aWishInput, openedDraft, saveDraft, saveOrganisationNeed } from "../../factories/needs";
import { aDonor, aPerson, aTeam, GUZHEN, SHIQI } from "../../factories/people";
import { anErasure } from "../../factories/requests";
import { test as inDatabase } from "../../support/database";
import { test as withCharity } from "../../support/payments";
import { aWorld, Clock, type World } from "../../support/world";

const TYPED = { title: "一盏台灯", "household.person.name": "甄未完", "lines[0].item": "台灯" };
const rowOf = async (world: World, id: string) =>
  (await world.db.select().from(unfinishedDrafts).where(eq(unfinishedDrafts.id, id)))[0];
const code = (error: unknown) => (error as { code: string }).code;

inDatabase(
  "what is not whole is kept sealed, for its filer alone, once for a request; it is no need, and cannot be submitted",
  async ({ db }) => {
    const world = aWorld(db, { clock: new Clock(new Date()) });
    const team = await aTeam(world);
    const filer = world.as(team.caseworker);
    const start = {
      kind: "wish",
      typed: { ...TYPED, version: "1", requestKey: "k", "no field": "x" },
      requestKey: world.system.newId(),
    } as const;
    const [one, other] = await Promise.all([startUnfinished(filer, start), startUnfinished(filer, start)]);
    expect(one).toEqual(other);
    const { needId } = one;
    expect((await readUnfinished(filer, needId))?.typed).toEqual(TYPED);
    expect(JSON.stringify(await rowOf(world, needId))).not.toMatch(/甄未完|台灯/);
    expect([await isNeed(filer, needId), await db.select().from(needs).where(eq(needs.id, needId))]).toEqual([
      false,
      [],
    ]);
    await expect(
      submitNeed(filer, needId, { judged: "different", gapReason: "not_covered" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await unfinishedOf(filer, "wish")).map(({ id, title }) => [id, title])).toEqual([
      [needId, "一盏台灯"],
    ]);

    for (const stranger of [team.colleague, team.reviewer, team.operator, await aDonor(world)]) {
      const ctx = world.as(stranger);
      expect(await readUnfinished(ctx, needId)).toBeUndefined();
      await expect(discardUnfinished(ctx, needId)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(
        keepUnfinished(ctx, needId, { typed: TYPED, version: await openedDraft(filer, needId) }),
      ).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(await unfinishedOf(ctx, "wish")).toEqual([]);
    }

    await expect(
      startUnfinished(world.as(team.reviewer), { ...start, requestKey: world.system.newId() }),
    ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    const elsewhere = await aHousehold(world, { townCode: GUZHEN });
    await expect(
      startUnfinished(filer, { ...start, householdId: elsewhere, requestKey: world.system.newId() }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      startUnfinished(filer, {
        ...start,
        typed: { title: "长".repeat(70_000) },
        requestKey: world.system.newId(),
      }),
    ).rejects.toMatchObject({ code: "TOO_MUCH_TYPED" });
    expect(
      await db.select().from(unfinishedDrafts).where(eq(unfinishedDrafts.filedBy, team.caseworker.userId)),
    ).toHaveLength(1);
    expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
  },
);

inDatabase(
  "of two tabs the later one is told; whole, it becomes the need of that code; given up or too old, nothing is left",
  async ({ db }) => {
    const world = aWorld(db, { clock: new Clock(new Date()) });
    const filer = world.as((await aTeam(world)).caseworker);
    const start = () =>
      startUnfinished(filer, { kind: "wish", typed: TYPED, requestKey: world.system.newId() });
    const { needId, code: given } = await start();
    const version = await openedDraft(filer, needId);
    const tabs = await Promise.allSettled(
      ["甲", "乙"].map((title) => keepUnfinished(filer, needId, { typed: { ...TYPED, title }, version })),
    );
    expect(tabs.flatMap((tab) => (tab.status === "rejected" ? [code(tab.reason)] : []))).toEqual([
      "CHANGED_MEANWHILE",
    ]);
    const kept = (await readUnfinished(filer, needId))?.typed["title"];
    expect(kept).toBe(tabs[0]?.status === "fulfilled" ? "甲" : "乙");

    await saveDraft(filer, needId, aWishInput(world));
    expect([await rowOf(world, needId), await isNeed(filer, needId)]).toEqual([undefined, true]);
    expect((await db.select().from(needs).where(eq(needs.id, needId)))[0]).toMatchObject({
      code: given,
      state: "draft",
    });
    // A change that is not whole lies beside the need, which stays as it was, until it is whole or given up.
    const before = (await db.select().from(needs).where(eq(needs.id, needId)))[0];
    await keepUnfinished(filer, needId, { typed: { title: "" }, version: await openedDraft(filer, needId) });
    await expect(
      submitNeed(filer, needId, { judged: "different", gapReason: "not_covered" }),
    ).rejects.toMatchObject({ code: "NOT_WHOLE" });
    await discardUnfinished(filer, needId);
    expect((await db.select().from(needs).where(eq(needs.id, needId)))[0]).toEqual(before);
    await submitNeed(filer, needId, { judged: "different", gapReason: "not_covered" });
    await expect(
      keepUnfinished(filer, needId, { typed: TYPED, version: await openedDraft(filer, needId) }),
    ).rejects.toMatchObject({ code: "WRONG_STATE" });

    const old = await start();
    world.clock.advance({ days: 61 });
    const young = await start();
    expect(await destroyOldUnfinished(world.system)).toBeGreaterThan(0);
    expect([await rowOf(world, old.needId), (await rowOf(world, young.needId))?.id]).toEqual([
      undefined,
      young.needId,
    ]);
    expect(await destroyOldUnfinished(world.system)).toBe(0);
  },
);

inDatabase("with a household everything goes that was typed of it and did not count yet", async ({ db }) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const filer = world.as((await aTeam(world)).caseworker);
  const { needId } = await startUnfinished(filer, {
    kind: "wish",
    typed: TYPED,
    requestKey: world.system.newId(),
  });
  await saveDraft(filer, needId, aWishInput(world));
  await keepUnfinished(filer, needId, { typed: TYPED, version: await openedDraft(filer, needId) });
  const [need] = await db.select().from(needs).where(eq(needs.id, needId));
  const another = await startUnfinished(filer, {
    kind: "wish",
    householdId: need?.householdId ?? "",
    typed: TYPED,
    requestKey: world.system.newId(),
  });
  await withdrawNeed(filer, needId, "moved");
  expect([await rowOf(world, needId), (await rowOf(world, another.needId))?.id]).toEqual([
    undefined,
    another.needId,
  ]);
  await anErasure(world, needId);
  expect(await rowOf(world, another.needId)).toBeUndefined();
});

withCharity(
  "an organisation's unfinished need is its editors'; of two who save it, as it is or whole, the later one is told",
  async ({ world, db }) => {
    const [organisation] = await db.select().from(organisations).where(eq(organisations.state, "verified"));
    const organisationId = organisation?.id ?? "";
    const member = async (role: "org_editor" | "org_manager" | "org_viewer", id = organisationId) =>
      world.as(await aPerson(world, { role, scope: { kind: "organisation", id } }));
    const [editor, manager] = [await member("org_editor"), await member("org_manager")];
    const start = { kind: "organisation_need", organisationId, typed: { title: "装扶手" } } as const;
    for (const ctx of [
      await member("org_viewer"),
      await member("org_editor", world.system.newId()),
      world.as((await aTeam(world)).caseworker),
    ])
      await expect(
        startUnfinished(ctx, { ...start, requestKey: world.system.newId() }),
      ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    const { needId, code: given } = await startUnfinished(editor, {
      ...start,
      requestKey: world.system.newId(),
    });
    expect((await unfinishedOf(manager, "organisation_need")).map(({ id }) => id)).toEqual([needId]);
    expect(await readUnfinished(await member("org_viewer"), needId)).toBeUndefined();

    const whole = () =>
      OrganisationNeedInput.parse({
        ...{
          organisationId,
          townCode: SHIQI,
          title: "装扶手",
          story: "为二十户独居老人各装一副扶手。",
          moneyFor: "人工",
          moneyFen: "3000",
          lines: [],
        },
        requestKey: world.system.newId(),
      });
    const stale = await openedDraft(editor, needId);
    await keepUnfinished(manager, needId, { typed: { title: "装二十副扶手" }, version: stale });
    await expect(editOrganisationNeed(editor, needId, { ...whole(), version: stale })).rejects.toMatchObject({
      code: "CHANGED_MEANWHILE",
    });
    expect((await readUnfinished(editor, needId))?.typed).toEqual({ title: "装二十副扶手" });
    await expect(submitOrganisationNeed(editor, needId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await saveOrganisationNeed(editor, needId, whole());
    expect((await db.select().from(needs).where(eq(needs.id, needId)))[0]).toMatchObject({
      code: given,
      state: "draft",
      kind: "organisation_need",
    });

    const opened = await openedDraft(editor, needId);
    await editOrganisationNeed(manager, needId, { ...whole(), title: "装扶手和坐便椅", version: opened });
    await expect(editOrganisationNeed(editor, needId, { ...whole(), version: opened })).rejects.toMatchObject(
      {
        code: "CHANGED_MEANWHILE",
      },
    );
    await expect(
      editOrganisationNeed(editor, needId, { ...whole(), version: openedOn("") }),
    ).rejects.toMatchObject({
      code: "CHANGED_MEANWHILE",
    });
    // What is only a draft is nobody's running need.
    const { needId: other } = await draftOrganisationNeed(editor, whole());
    const running = await runningOrganisationNeeds(world.as((await aTeam(world)).operator));
    expect(running.map(({ id }) => id).filter((id) => id === needId || id === other)).toEqual([]);
  },
);

inDatabase(
  "who kept, changed or gave up a draft, and when, is in the journal; nothing of what was typed is",
  async ({ db }) => {
    const world = aWorld(db, { clock: new Clock(new Date()) });
    const team = await aTeam(world);
    const filer = world.as(team.caseworker);
    const start = () =>
      startUnfinished(filer, { kind: "wish", typed: TYPED, requestKey: world.system.newId() });
    const [{ needId }, { needId: old }] = [await start(), await start()];
    await keepUnfinished(filer, needId, {
      typed: { ...TYPED, title: "两盏" },
      version: await openedDraft(filer, needId),
    });
    await discardUnfinished(filer, needId);
    world.clock.advance({ days: 61 });
    expect(await destroyOldUnfinished(world.system)).toBe(1);
    const rows = await db
      .select()
      .from(journal)
      .where(eq(journal.entity, "need_draft"))
      .orderBy(asc(journal.id));
    const of = (id: string) =>
      rows.filter((row) => row.entityId === id).map((row) => [row.event, row.actorId, row.actorRole]);
    const me = team.caseworker.userId;
    expect(of(needId)).toEqual(
      ["start", "keep", "discard"].map((event) => [`need_draft.${event}`, me, "caseworker"]),
    );
    expect(of(old)).toEqual([
      ["need_draft.start", me, "caseworker"],
      ["need_draft.destroy", null, "system"],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/台灯|甄未完|两盏/);
  },
);
