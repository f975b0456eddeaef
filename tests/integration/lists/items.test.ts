import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { expect } from "vitest";
import { parametersAt, rulesInForce } from "~/domain/lists/inForce.server";
import { findItems, itemPage } from "~/domain/lists/items.server";
import { listItems, listParameters } from "~db/schema/directory";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("both lists are found whole, page by page, each entry once; filters and searches narrow them", async ({
  db,
}) => {
  const { system: ctx } = aWorld(db);
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await findItems(ctx, {}, after);
    expect(page.total).toBe(169);
    seen.push(...page.items.map((item) => item.code));
    after = page.next;
  } while (after !== undefined);

  expect(new Set(seen).size).toBe(169);
  expect((await findItems(ctx, {}, seen[3])).after).toBe(seen[3]);
  const anew = await findItems(ctx, {}, "GW999");
  expect([anew.after, anew.previous, anew.items[0]?.code]).toEqual([undefined, undefined, seen[0]]);
  expect((await findItems(ctx, { list: "government" })).total).toBe(85);
  const found = await findItems(ctx, { q: "輪椅" });
  expect(found.items.map((item) => item.code)).toContain("SS023");
  expect(
    (await findItems(ctx, { q: "輪椅", list: "government" })).items.map((item) => item.code),
  ).not.toContain("SS023");
});

test("an entry is shown on its own list only, in the reader's script, and not at all once it is retired", async ({
  db,
}) => {
  const { system } = aWorld(db);
  const { item } = await itemPage({ ...system, locale: "zh-Hant" }, "social", "SS023");
  expect(item.name).toBe("康復輔具租借");
  expect(item.content).toContain("輪椅");
  await expect(itemPage(system, "government", "SS023")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await db.update(listItems).set({ state: "retired" }).where(eq(listItems.code, "SS023"));
  await expect(itemPage(system, "social", "SS023")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await db.update(listItems).set({ state: "published" }).where(eq(listItems.code, "SS023"));
});

test("an entry is stale from the day after its days are over, and until it is checked at all", async ({
  db,
}) => {
  const { system: ctx, clock } = aWorld(db);
  const page = () => itemPage(ctx, "social", "SS023").then(({ item }) => item.stale);
  await db.update(listItems).set({ checkedAt: null }).where(eq(listItems.code, "SS023"));
  expect(await page()).toBe(true);
  await db.update(listItems).set({ checkedAt: clock.now() }).where(eq(listItems.code, "SS023"));
  expect(await page()).toBe(false);
  clock.advance({ days: 180 });
  expect(await page()).toBe(false);
  clock.advance({ minutes: 1 });
  expect(await page()).toBe(true);
});

test("dated values and rules change on their day and not before; a proposal changes nothing", async ({
  db,
}) => {
  const at = (day: string) => new Date(`${day}T00:00:00+08:00`);
  expect((await parametersAt(db, new Date("2022-12-31T15:59:59Z"))).dibao_standard_fen).toBe(116_000);
  expect((await parametersAt(db, at("2023-01-01"))).dibao_standard_fen).toBe(120_100);
  const row = {
    id: uuidv7(),
    code: "dibao_standard_fen" as const,
    value: 130_000,
    validFrom: at("2027-01-01"),
    source: "test",
    createdAt: at("2026-01-01"),
  };
  await db.insert(listParameters).values({ ...row, state: "proposed" });
  expect((await parametersAt(db, at("2027-06-01"))).dibao_standard_fen).toBe(120_100);
  await db.update(listParameters).set({ state: "approved" }).where(eq(listParameters.id, row.id));
  expect((await parametersAt(db, at("2026-12-31"))).dibao_standard_fen).toBe(120_100);
  expect((await parametersAt(db, at("2027-06-01"))).dibao_standard_fen).toBe(130_000);
  expect(await rulesInForce(db, at("2021-12-31"))).toEqual([]);
  expect(await rulesInForce(db, at("2022-01-01"))).toHaveLength(169);
});
