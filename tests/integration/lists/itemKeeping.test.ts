import { and, asc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { openedOn } from "~/domain/kernel/opened";
import { addItem } from "~/domain/lists/desk/addItem.server";
import { browseItems, deskQueue, staleKey } from "~/domain/lists/desk/deskQueries.server";
import { editItem } from "~/domain/lists/desk/editItem.server";
import { deskItemPage, itemChoices } from "~/domain/lists/desk/itemQueries.server";
import { EditItemInput } from "~/domain/lists/desk/itemSchemas";
import { checkItem, publishItem, retireItem } from "~/domain/lists/desk/standItem.server";
import { rulesInForce } from "~/domain/lists/inForce.server";
import { listItems } from "~db/schema/directory";
import { journal } from "~db/schema/journal";
import { anItemInput, aPublishedItem } from "../../factories/lists";
import { aDonor, aPerson, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const rowOf = async (world: World, code: string) => {
  const [row] = await world.db.select().from(listItems).where(eq(listItems.code, code));
  if (!row) throw new Error(`no entry ${code}`);
  return row;
};

const stepsOf = (world: World, id: string) =>
  world.db
    .select({ event: journal.event, data: journal.data })
    .from(journal)
    .where(and(eq(journal.entity, "list_item"), eq(journal.entityId, id)))
    .orderBy(asc(journal.entityVersion));
/** The entry's own texts as its form shows them, with changes. */
const formOf = (
  { papers, ...row }: Awaited<ReturnType<typeof rowOf>>,
  changes: Readonly<Record<string, unknown>> = {},
): EditItemInput =>
  EditItemInput.parse({
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    papers: papers.join("\n"),
    nameHant: "",
    ...changes,
    version: openedOn(row.version),
  });

test("a new entry is seen by nobody before it is published, counts as checked then, and its rule says ask", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const input = anItemInput(world, {
    name: "送餐上门",
    papers: "身份证\n\n 户口簿 ",
    url: "https://example.org/a",
  });
  const { code } = await addItem(world.as(operator), input);
  expect(await addItem(world.as(operator), input)).toEqual({ code });
  expect(await rowOf(world, code)).toMatchObject({
    state: "draft",
    nameHant: "送餐上門",
    nameEn: "送餐上门",
    papers: ["身份证", "户口簿"],
    checkedAt: null,
  });
  expect((await rulesInForce(db, world.clock.now())).some((rule) => rule.itemCode === code)).toBe(false);
  expect((await deskQueue(world.as(operator))).drafts.map((draft) => draft.code)).toContain(code);
  await publishItem(world.as(operator), code);
  expect(await rowOf(world, code)).toMatchObject({
    state: "published",
    checkedAt: world.clock.now(),
    checkedBy: operator.userId,
  });
  expect((await rulesInForce(db, world.clock.now())).find((rule) => rule.itemCode === code)).toMatchObject({
    kind: "ask",
    edition: 1,
  });
  await expect(
    addItem(world.as(operator), { ...input, requestKey: world.system.newId() }),
  ).rejects.toMatchObject({ code: "ITEM_CODE_TAKEN" });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("ten new entries at once get ten numbers", async ({ db }) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const made = await Promise.all(
    Array.from({ length: 10 }, () => addItem(world.as(operator), anItemInput(world))),
  );
  const numbers = await Promise.all(made.map(async ({ code }) => (await rowOf(world, code)).number));
  expect(new Set(numbers).size).toBe(10);
});

test("an edit says in the journal which columns changed, not what they say; the same form again writes nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const code = await aPublishedItem(world, operator);
  const before = await rowOf(world, code);
  await editItem(world.as(operator), code, formOf(before));
  expect((await rowOf(world, code)).version).toBe(before.version);
  const form = formOf(before, {
    name: "上门剪发",
    phone: "0760-0000-1111",
    audiences: ["older_person"],
    ownerId: operator.userId,
  });
  await editItem(world.as(operator), code, form);
  await editItem(world.as(operator), code, form);
  const after = await rowOf(world, code);
  expect(after).toMatchObject({
    name: "上门剪发",
    nameHant: "上門剪髮",
    phone: "0760-0000-1111",
    audiences: ["older_person"],
    version: before.version + 1,
  });
  const [last] = (await stepsOf(world, after.id)).slice(-1);
  expect(last).toEqual({
    event: "list_item.edit",
    data: { changed: "audiences,name,nameHant,phone,ownerId" },
  });
  expect(JSON.stringify(await stepsOf(world, after.id))).not.toMatch(/0760|剪发/);
  await expect(editItem(world.as(operator), code, { ...form, hours: "早上" })).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
  expect((await deskItemPage(world.as(operator), code)).history[0]).toMatchObject({
    event: "list_item.edit",
    changed: ["audiences", "name", "nameHant", "phone", "ownerId"],
  });
});

test("of two who edit the same entry at once, one is told", async ({ db }) => {
  const world = aWorld(db);
  const { operator, secondOperator } = await aTeam(world);
  const code = await aPublishedItem(world, operator);
  const row = await rowOf(world, code);
  const outcomes = await Promise.allSettled([
    editItem(world.as(operator), code, formOf(row, { phone: "1" })),
    editItem(world.as(secondOperator), code, formOf(row, { phone: "2" })),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
});

test("an entry is stale on the day after its last fresh one, comes first when never checked, and leaves the queue by one check", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const code = await aPublishedItem(world, operator);
  world.clock.advance({ days: 180 });
  expect((await deskItemPage(world.as(operator), code)).isStale).toBe(false);
  world.clock.advance({ minutes: 1 });
  expect((await deskItemPage(world.as(operator), code)).isStale).toBe(true);
  await db.update(listItems).set({ checkedAt: null }).where(eq(listItems.code, "SS001"));
  const seen: { code: string; checkedAt: Date | null }[] = [];
  for (let next: string | undefined = "start"; next !== undefined;) {
    const page = await deskQueue(world.as(operator), staleKey(next));
    seen.push(...page.stale.rows);
    next = page.stale.next;
  }

  expect(seen[0]?.code).toBe("SS001");
  expect(new Set(seen.map((row) => row.code)).size).toBe(seen.length);
  const days = seen.map((row) => row.checkedAt?.getTime() ?? 0);
  expect(days).toEqual(days.toSorted((a, b) => a - b));
  expect(seen.map((row) => row.code)).toContain(code);
  await checkItem(world.as(operator), code);
  await checkItem(world.as(operator), code);
  expect(
    (await stepsOf(world, (await rowOf(world, code)).id)).filter((step) => step.event === "list_item.check"),
  ).toHaveLength(1);
  expect((await deskItemPage(world.as(operator), code)).isStale).toBe(false);
  expect(staleKey("never_'; drop table list_item")).toBeUndefined();
});

test("a retired entry is screened no more, cannot be edited or checked, and comes back as it was", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const code = await aPublishedItem(world, operator);
  await retireItem(world.as(operator), code);
  await retireItem(world.as(operator), code);
  expect((await rulesInForce(db, world.clock.now())).some((rule) => rule.itemCode === code)).toBe(false);
  await expect(checkItem(world.as(operator), code)).rejects.toMatchObject({ code: "WRONG_STATE" });
  await expect(
    editItem(world.as(operator), code, formOf(await rowOf(world, code), { phone: "9" })),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(
    (await browseItems(world.as(operator), { q: code, state: "retired" })).rows.map((row) => row.code),
  ).toEqual([code]);
  await publishItem(world.as(operator), code);
  expect((await rulesInForce(db, world.clock.now())).some((rule) => rule.itemCode === code)).toBe(true);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("entries are browsed page by page without a gap, and found by code, name and content", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const seen: string[] = [];
  for (let after: number | undefined = -1; after !== undefined;) {
    const page = await browseItems(world.as(operator), { list: "government", after });
    seen.push(...page.rows.map((row) => row.code));
    after = page.next;
  }

  const all = await db
    .select({ code: listItems.code })
    .from(listItems)
    .where(eq(listItems.list, "government"));
  expect(new Set(seen)).toEqual(new Set(all.map(({ code }) => code)));
  expect(seen).toHaveLength(all.length);
  expect((await browseItems(world.as(operator), { q: "gw048" })).rows.map((row) => row.code)).toEqual([
    "GW048",
  ]);
  expect((await browseItems(world.as(operator), { q: "100%" })).rows).toEqual([]);
});

test("nobody but an operator of the city keeps the lists", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await aPublishedItem(world, team.operator);
  const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  const auditor = await aPerson(world, { role: "auditor", scope: { kind: "city" } });
  const form = formOf(await rowOf(world, code), { phone: "1" });
  for (const person of [
    team.caseworker,
    team.reviewer,
    team.storekeeper,
    team.courier,
    await aDonor(world),
    admin,
    auditor,
  ]) {
    const ctx = world.as(person);
    const tries = [
      addItem(ctx, anItemInput(world)),
      editItem(ctx, code, form),
      checkItem(ctx, code),
      publishItem(ctx, code),
      retireItem(ctx, code),
      deskQueue(ctx),
      browseItems(ctx, {}),
      deskItemPage(ctx, code),
      itemChoices(ctx),
    ];
    for (const outcome of await Promise.allSettled(tries))
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "NOT_ALLOWED" } });
  }

  const visitor = world.as({ kind: "user", userId: "", displayName: "", grants: [] });
  await expect(deskQueue({ ...visitor, actor: { kind: "visitor" } })).rejects.toMatchObject({
    code: "SIGN_IN_NEEDED",
  });
  for (const work of [checkItem, publishItem, retireItem, deskItemPage])
    await expect(work(world.as(team.operator), "XX000")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
