import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { revokeOverdue } from "~/domain/giving/clocks.server";
import { type Database, violatedConstraint } from "~db/client";
import { goodsMoves, lots } from "~db/schema/books";
import { parcels } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";
import { anInspection, aParcel, inStore } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aPerson, aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

/** open held pledged in_hub delivered */
async function units(db: Database, lineId: string): Promise<string> {
  const [line] = await db.select().from(needLines).where(eq(needLines.id, lineId));
  return line ? [line.open, line.held, line.pledged, line.inHub, line.delivered].join(" ") : "";
}

async function expectChecksHold(db: Database): Promise<void> {
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
}

const code = (error: unknown) =>
  typeof error === "object" && error !== null && "code" in error ? error.code : error;

async function aPromise(db: Database, quantity = 5n) {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, { lines: [{ quantity }] });
  const donor = await aDonor(world);
  const gift = await aConfirmedGift(world, donor, wish.line.id, quantity);
  return { world, team, wish, donor, gift, store: world.as(team.storekeeper) };
}

test("a short parcel leaves the rest promised; the rest comes later; nothing comes after that", async ({
  db,
}) => {
  const { world, team, wish, gift, store } = await aPromise(db);
  await inStore(world, team, gift.pledge.id, 3n);
  expect(await units(db, wish.line.id)).toBe("0 0 2 3 0");
  await expectChecksHold(db);
  await inStore(world, team, gift.pledge.id, 2n);
  expect(await units(db, wish.line.id)).toBe("0 0 0 5 0");
  await expect(receiveParcel(store, aParcel(world, team, gift.pledge.id))).rejects.toMatchObject({
    code: "MORE_THAN_PROMISED",
    params: { left: 0, over: 1 },
  });
  await expectChecksHold(db);
});

test("more than was promised is refused with the count of what is too much, and nothing is written", async ({
  db,
}) => {
  const { world, team, gift, store } = await aPromise(db);
  await receiveParcel(store, aParcel(world, team, gift.pledge.id, 4n));
  await expect(receiveParcel(store, aParcel(world, team, gift.pledge.id, 3n))).rejects.toMatchObject({
    code: "MORE_THAN_PROMISED",
    params: { left: 1, over: 2 },
  });
  expect(await db.select().from(parcels).where(eq(parcels.pledgeId, gift.pledge.id))).toHaveLength(1);
  await expectChecksHold(db);
});

test("two storekeepers count the same parcel at once: one of them is told", async ({ db }) => {
  const { world, team, gift } = await aPromise(db);
  const colleague = await aPerson(world, {
    role: "storekeeper",
    scope: { kind: "point", id: team.point.id },
  });
  const outcomes = await Promise.allSettled(
    [team.storekeeper, colleague].map((keeper) =>
      receiveParcel(world.as(keeper), aParcel(world, team, gift.pledge.id, 2n, { parcelsSeen: 0 })),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect(
    outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [code(outcome.reason)] : [])),
  ).toEqual(["CHANGED_MEANWHILE"]);
});

test("twenty storekeepers receive one unit each of five at once: five get in, fifteen are told that none is left", async ({
  db,
}) => {
  const { world, team, gift, store } = await aPromise(db);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, () => receiveParcel(store, aParcel(world, team, gift.pledge.id))),
  );
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(5);
  expect(
    new Set(outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [code(outcome.reason)] : []))),
  ).toEqual(new Set(["MORE_THAN_PROMISED"]));
  await expectChecksHold(db);
});

test("the same form sent ten times at once is one parcel", async ({ db }) => {
  const { world, team, gift, store } = await aPromise(db);
  const form = aParcel(world, team, gift.pledge.id, 2n);
  const answers = await Promise.all(Array.from({ length: 10 }, () => receiveParcel(store, form)));
  expect(new Set(answers.map((answer) => answer.parcelId)).size).toBe(1);
  expect(await db.select().from(parcels).where(eq(parcels.pledgeId, gift.pledge.id))).toHaveLength(1);
});

test("only the storekeeper of that very point receives or inspects", async ({ db }) => {
  const { world, team, gift, donor } = await aPromise(db);
  const elsewhere = await aTeam(world, GUZHEN);
  for (const person of [elsewhere.storekeeper, team.caseworker, team.operator, team.courier, donor]) {
    await expect(receiveParcel(world.as(person), aParcel(world, team, gift.pledge.id))).rejects.toMatchObject(
      { code: "NOT_ALLOWED" },
    );
  }

  const { parcelId } = await receiveParcel(world.as(team.storekeeper), aParcel(world, team, gift.pledge.id));
  for (const person of [elsewhere.storekeeper, team.caseworker, team.operator, donor]) {
    await expect(inspectParcel(world.as(person), parcelId, anInspection(world))).rejects.toMatchObject({
      code: "NOT_ALLOWED",
    });
  }

  await expect(
    receiveParcel(world.as({ kind: "visitor" }), aParcel(world, team, gift.pledge.id)),
  ).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
});

test("an unknown promise, one not yet confirmed and one that was cancelled are not received", async ({
  db,
}) => {
  const { world, team, gift, donor, store } = await aPromise(db);
  await expect(receiveParcel(store, aParcel(world, team, world.system.newId()))).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await undoGift(world.as(donor), gift.giftCode);
  await expect(receiveParcel(store, aParcel(world, team, gift.pledge.id))).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("what came tomorrow cannot be written down today", async ({ db }) => {
  const { world, team, gift, store } = await aPromise(db);
  const tomorrow = new Date(world.clock.now().getTime() + 86_400_000);
  await expect(
    receiveParcel(store, aParcel(world, team, gift.pledge.id, 1n, { occurredAt: tomorrow })),
  ).rejects.toMatchObject({ code: "IN_THE_FUTURE" });
});

test("a count is not before its promise, an inspection not before its count, nothing is told from long ago; each is said beside the field", async ({
  db,
}) => {
  const { world, team, gift, store } = await aPromise(db);
  world.clock.advance({ days: 300 });
  const at = (days: number) => new Date(world.clock.now().getTime() - days * 86_400_000);
  const count = (occurredAt: Date) =>
    receiveParcel(store, aParcel(world, team, gift.pledge.id, 1n, { occurredAt }));
  await expect(count(at(181))).rejects.toMatchObject({
    code: "TOO_LONG_AGO",
    params: { days: 180 },
    field: "occurredAt",
  });
  const { parcelId } = await count(at(3));
  await expect(
    inspectParcel(store, parcelId, { ...anInspection(world, 1n), occurredAt: at(4) }),
  ).rejects.toMatchObject({ code: "BEFORE_THE_STEP_BEFORE", field: "occurredAt" });
  const long = await db
    .update(parcels)
    .set({ occurredAt: new Date("0026-11-28T10:00:00+08:00") })
    .where(eq(parcels.id, parcelId))
    .catch((error: unknown) => error);
  expect(violatedConstraint(long)).toBe("parcel_moment");
});

test("a parcel is not counted before it was promised; the minute of the promise itself is taken", async ({
  db,
}) => {
  const { world, team, gift, store } = await aPromise(db);
  const promised = gift.pledge.createdAt.getTime();
  world.clock.advance({ days: 1 });
  const count = (at: number) =>
    receiveParcel(store, aParcel(world, team, gift.pledge.id, 1n, { occurredAt: new Date(at) }));
  await expect(count(promised - 120_000)).rejects.toMatchObject({ code: "BEFORE_THE_STEP_BEFORE" });
  const { parcelId } = await count(Math.floor(promised / 60_000) * 60_000);
  const [parcel] = await db.select().from(parcels).where(eq(parcels.id, parcelId));
  expect(parcel?.occurredAt.getTime()).toBe(promised);
});

test("once a parcel stands at the point, neither its donor nor the clock takes the promise back", async ({
  db,
}) => {
  const { world, team, gift, donor, store } = await aPromise(db);
  const { parcelId } = await receiveParcel(store, aParcel(world, team, gift.pledge.id, 5n));
  await expect(undoGift(world.as(donor), gift.giftCode)).rejects.toMatchObject({ code: "TOO_LATE_TO_UNDO" });
  world.clock.advance({ days: 60 });
  await revokeOverdue(world.system);
  await inspectParcel(store, parcelId, anInspection(world, 5n));
  const [pledge] = await db.select().from(pledges).where(eq(pledges.id, gift.pledge.id));
  expect(pledge).toMatchObject({ state: "confirmed", settled: 5n });
  await expectChecksHold(db);
});

test("what is refused goes back to being asked for, with its reason, and stays out of the goods book", async ({
  db,
}) => {
  const { world, team, wish, gift, store } = await aPromise(db);
  const { parcelId } = await receiveParcel(store, aParcel(world, team, gift.pledge.id, 5n));
  const { label } = await inspectParcel(
    store,
    parcelId,
    anInspection(world, 3n, 2n, { refusalReason: "unsafe", refusedGoTo: "disposed" }),
  );
  expect(await units(db, wish.line.id)).toBe("2 0 0 3 0");
  const [lot] = await db
    .select()
    .from(lots)
    .where(eq(lots.label, label ?? ""));
  const moves = await db
    .select()
    .from(goodsMoves)
    .where(eq(goodsMoves.lotId, lot?.id ?? ""));
  expect(moves.map((move) => `${move.fromKind} -> ${move.toKind} ${move.quantity}`)).toEqual([
    "donor -> point 3",
  ]);
  const told = await db
    .select()
    .from(journal)
    .where(and(eq(journal.event, "pledge.return_part"), eq(journal.entityId, gift.pledge.id)));
  expect(told).toMatchObject([{ reason: "unsafe", quantity: 2n }]);
  await expectChecksHold(db);
});

test("nothing good in it: no lot, no label, everything asked for again", async ({ db }) => {
  const { world, team, wish, gift, store } = await aPromise(db, 2n);
  const { parcelId } = await receiveParcel(store, aParcel(world, team, gift.pledge.id, 2n));
  expect(await inspectParcel(store, parcelId, anInspection(world, 0n, 2n))).toEqual({ label: null });
  expect(await units(db, wish.line.id)).toBe("2 0 0 0 0");
  expect(await db.select().from(lots).where(eq(lots.pledgeId, gift.pledge.id))).toEqual([]);
  await expectChecksHold(db);
});

test("counts that do not add up, a refusal without reason and a value without price are refused", async ({
  db,
}) => {
  const { world, team, gift, store } = await aPromise(db);
  const { parcelId } = await receiveParcel(store, aParcel(world, team, gift.pledge.id, 5n));
  const { refusalReason: _reason, ...noReason } = anInspection(world, 3n, 2n);
  const { refusedGoTo: _place, ...nowhere } = anInspection(world, 3n, 2n);
  const { unitValueFen: _value, ...noValue } = anInspection(world, 5n);
  for (const wrong of [
    anInspection(world, 5n, 1n),
    anInspection(world, 4n),
    noReason,
    nowhere,
    noValue,
    anInspection(world, 5n, 0n, { valueBasis: "not_valued" }),
  ]) {
    await expect(inspectParcel(store, parcelId, wrong)).rejects.toMatchObject({
      code: "COUNTS_DO_NOT_ADD_UP",
      params: { counted: 5 },
    });
  }
});

test("nobody inspects what they gave themselves", async ({ db }) => {
  const { world, team, wish } = await aPromise(db, 1n);
  const keeper = await aPerson(
    world,
    { role: "storekeeper", scope: { kind: "point", id: team.point.id } },
    { role: "donor", scope: { kind: "city" } },
  );
  const other = await aPublishedWish(world, team);
  const gift = await aConfirmedGift(world, keeper, other.line.id);
  const { parcelId } = await receiveParcel(world.as(keeper), aParcel(world, team, gift.pledge.id));
  await expect(inspectParcel(world.as(keeper), parcelId, anInspection(world))).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  await inspectParcel(world.as(team.storekeeper), parcelId, anInspection(world));
  expect(await units(db, wish.line.id)).toBe("0 0 1 0 0");
});

test("two inspectors at once: one lot, and the other is told", async ({ db }) => {
  const { world, team, gift, store } = await aPromise(db);
  const { parcelId } = await receiveParcel(store, aParcel(world, team, gift.pledge.id, 5n));
  const outcomes = await Promise.allSettled(
    [anInspection(world, 5n), anInspection(world, 4n, 1n)].map((found) =>
      inspectParcel(store, parcelId, found),
    ),
  );
  expect(
    outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [code(outcome.reason)] : [])),
  ).toEqual(["WRONG_STATE"]);
  expect(await db.select().from(lots).where(eq(lots.pledgeId, gift.pledge.id))).toHaveLength(1);
  await expectChecksHold(db);
});

test("food past its date is not accepted", async ({ db }) => {
  const { world, team, gift, store } = await aPromise(db);
  const { parcelId } = await receiveParcel(store, aParcel(world, team, gift.pledge.id, 5n));
  await expect(
    inspectParcel(store, parcelId, anInspection(world, 5n, 0n, { bestBefore: "2026-03-01" })),
  ).rejects.toMatchObject({ code: "GOODS_EXPIRED" });
  await inspectParcel(store, parcelId, anInspection(world, 5n, 0n, { bestBefore: "2026-03-02" }));
});

test("the wish ends while the parcel waits at the counter: what is good becomes free stock, and nothing counts for the wish", async ({
  db,
}) => {
  const { world, team, wish, gift, store } = await aPromise(db, 2n);
  const { parcelId } = await receiveParcel(store, aParcel(world, team, gift.pledge.id, 2n));
  await withdrawNeed(world.as(team.colleague), wish.needId, "moved");
  const { label } = await inspectParcel(store, parcelId, anInspection(world, 2n));
  expect(await units(db, wish.line.id)).toBe("2 0 0 0 0");
  const [lot] = await db
    .select()
    .from(lots)
    .where(eq(lots.label, label ?? ""));
  expect(lot).toMatchObject({ lineId: null, quantity: 2n });
  await expectChecksHold(db);
});
