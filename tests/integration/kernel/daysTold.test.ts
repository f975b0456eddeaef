import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { changeLimit, storedLimit } from "~/domain/identity/changeLimit.server";
import { linkHolds, makeLink, useUp } from "~/domain/identity/oneTimeLinks.server";
import { answerBy } from "~/domain/kernel/answerBy.server";
import { actingAs, inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { earliestTold, happenedAt } from "~/domain/kernel/happened.server";
import type { LimitName } from "~/domain/kernel/limits.server";
import { plusSeconds } from "~/domain/kernel/time";
import { listsVersion } from "~/domain/lists/inForce.server";
import { itemName } from "~/domain/lists/items.server";
import { listItems, listParameters } from "~db/schema/directory";
import { aDonor, aPerson } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock, type World } from "../../support/world";

async function setLimit(world: World, name: LimitName, value: number): Promise<void> {
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  await changeLimit(admin, { name, value, version: (await storedLimit(admin, name)).opened });
  world.clock.advance({ minutes: 1 });
}

const aWorldAt = (db: World["db"], moment: string) => aWorld(db, { clock: new Clock(new Date(moment)) });

test("whoever asks has an answer five working days later, at the same hour; a weekend counts for nobody, and a limit says how many", async ({
  db,
}) => {
  for (const [asked, by] of [
    ["2026-03-02T01:00:00Z", "2026-03-09T01:00:00Z"],
    ["2026-03-06T09:30:00Z", "2026-03-13T09:30:00Z"],
    // Asked on a Saturday; and on a Friday evening in London, when it is Saturday in Zhongshan.
    ["2026-03-07T01:00:00Z", "2026-03-13T01:00:00Z"],
    ["2026-03-06T17:00:00Z", "2026-03-12T17:00:00Z"],
  ] as const) {
    const { system } = aWorldAt(db, asked);
    expect([asked, await inTransaction(system, (tx) => answerBy(tx, system))]).toEqual([asked, new Date(by)]);
  }

  const world = aWorldAt(db, "2026-03-02T00:59:00Z");
  await setLimit(world, "answerWorkingDays", 2);
  expect(await inTransaction(world.system, (tx) => answerBy(tx, world.system))).toEqual(
    new Date("2026-03-04T01:00:00Z"),
  );
});

test("the earliest moment that a form offers is the earliest that is taken, and one second before it is refused", async ({
  db,
}) => {
  const world = aWorld(db);
  const told = (moment: Date) => inTransaction(world.system, (tx) => happenedAt(tx, world.system, moment));
  for (const days of [180, 30]) {
    if (days === 30) await setLimit(world, "recordedWithinDays", days);
    const earliest = await earliestTold(world.system);
    expect(earliest.getTime()).toBe(world.clock.now().getTime() - days * 86_400_000);
    expect(await told(earliest)).toEqual(earliest);
    await expect(told(plusSeconds(earliest, -1))).rejects.toMatchObject({
      code: "TOO_LONG_AGO",
      params: { days },
    });
  }
});

test("a link holds as long as its letter says: to its last second, and not at the minute itself", async ({
  db,
}) => {
  const world = aWorld(db);
  const { userId } = await aDonor(world);
  const use = async (ctx: UseCaseContext, token: string) =>
    (await inTransaction(ctx, (tx) => useUp(tx, ctx, token, "password"))).userId;
  const made = () =>
    inTransaction(world.system, (tx) => makeLink(tx, world.system, { userId, purpose: "password" }));
  for (const minutes of [60, 15]) {
    if (minutes === 15) await setLimit(world, "linkMinutes", minutes);
    expect(await linkHolds(db, world.system)).toEqual({ minutes });
    const token = await made();
    world.clock.advance({ minutes });
    await expect(use(world.system, token)).rejects.toMatchObject({ code: "LINK_ENDED" });
    const fresh = await made();
    world.clock.advance({ minutes: minutes - 1 / 60 });
    expect(await use(world.system, fresh)).toBe(userId);
  }
});

test("the version of the lists is another once an entry, a rule or a value is another: by a change or by its day, not by a proposal", async ({
  db,
}) => {
  const day = (text: string) => new Date(`${text}T00:00:00+08:00`);
  const now = day("2026-03-02");
  const before = await listsVersion(db, now);
  expect(await listsVersion(db, now)).toBe(before);
  const value = {
    id: aWorld(db).system.newId(),
    code: "dibao_standard_fen" as const,
    value: 130_000,
    validFrom: day("2026-03-01"),
    source: "test",
    createdAt: now,
  };
  await db.insert(listParameters).values({ ...value, state: "proposed" });
  expect(await listsVersion(db, now)).toBe(before);
  await db
    .update(listParameters)
    .set({ state: "approved", validFrom: day("2026-03-10") })
    .where(eq(listParameters.id, value.id));
  expect(await listsVersion(db, new Date(day("2026-03-10").getTime() - 1))).toBe(before);
  expect(await listsVersion(db, day("2026-03-10"))).not.toBe(before);
  await db.update(listItems).set({ version: 2 }).where(eq(listItems.code, "SS023"));
  expect(await listsVersion(db, now)).not.toBe(before);
});

test("an entry is named in its reader's language, and who acts is all that changes for somebody else", async ({
  db,
}) => {
  const item = { name: "康复辅具租借", nameHant: "康復輔具租借", nameEn: "Assistive devices on hire" };
  expect((["zh-Hans", "zh-Hant", "en"] as const).map((locale) => itemName(locale, item))).toEqual(
    Object.values(item),
  );
  const world = aWorld(db);
  const donor = await aDonor(world);
  const acting = actingAs(world.system, donor);
  expect(acting).toEqual({ ...world.system, actor: donor });
  expect(world.system.actor).toEqual({ kind: "system", name: "test" });
});
