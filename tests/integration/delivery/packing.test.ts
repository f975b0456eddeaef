import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { dispatchDelivery, tryAgain } from "~/domain/delivery/dispatchDelivery.server";
import { cancelDelivery, packDelivery, readyLots } from "~/domain/delivery/packDelivery.server";
import { recordOutcome } from "~/domain/delivery/recordOutcome.server";
import type { PackInput } from "~/domain/delivery/schemas";
import { writeOff } from "~/domain/delivery/writeOff.server";
import type { Database } from "~db/client";
import { goodsMoves, lots } from "~db/schema/books";
import { deliveries } from "~db/schema/delivery";
import { needLines } from "~db/schema/needs";
import { aHandover, aParcelOut, aStockedWish } from "../../factories/delivery";
import { aPerson, aTeam, GUZHEN, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

/** open pledged in_hub delivered */
async function units(db: Database, lineId: string): Promise<string> {
  const [line] = await db.select().from(needLines).where(eq(needLines.id, lineId));
  return line ? [line.open, line.pledged, line.inHub, line.delivered].join(" ") : "";
}

async function expectChecksHold(db: Database): Promise<void> {
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
}

const stateOf = async (db: Database, deliveryId: string) =>
  (await db.select().from(deliveries).where(eq(deliveries.id, deliveryId)))[0]?.state;

const packing = (world: World, team: Team, needId: string, rest: Partial<PackInput> = {}): PackInput => ({
  needId,
  pointId: team.point.id,
  requestKey: world.system.newId(),
  ...rest,
});
const outcome = (world: World, what: "not_home" | "refused" | "damaged" | "died_or_moved") => ({
  outcome: what,
  occurredAt: world.clock.now(),
  requestKey: world.system.newId(),
});

const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.flatMap((result) =>
    result.status === "rejected" ? [(result.reason as { code?: string }).code] : [],
  );

test("two storekeepers pack the last units at once: one gets them, the other is told that none is left", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team, { quantity: 3n });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      packDelivery(world.as(team.storekeeper), packing(world, team, wish.needId)),
    ),
  );
  expect(outcomes.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  expect(new Set(codes(outcomes))).toEqual(new Set(["NOT_ENOUGH_LEFT"]));
  await expectChecksHold(db);
});

test("eight packers take two of five each at once: two get them, one unit stays, nobody gets it twice", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team, { quantity: 5n });
  const [lot] = await readyLots(db, { needId: wish.needId, pointId: team.point.id }, { lock: false });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      packDelivery(
        world.as(team.storekeeper),
        packing(world, team, wish.needId, { lots: [{ lotId: lot?.id ?? "", quantity: 2n }] }),
      ),
    ),
  );
  expect(outcomes.filter((result) => result.status === "fulfilled")).toHaveLength(2);
  expect(await readyLots(db, { needId: wish.needId, pointId: team.point.id }, { lock: false })).toMatchObject(
    [{ free: 1n }],
  );
  await expectChecksHold(db);
});

test("a lot of another wish, of another point, or named twice is not packed", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const mine = await aStockedWish(world, team, { quantity: 4n });
  const other = await aStockedWish(world, team);
  const [foreign] = await readyLots(db, { needId: other.needId, pointId: team.point.id }, { lock: false });
  const [own] = await readyLots(db, { needId: mine.needId, pointId: team.point.id }, { lock: false });
  const store = world.as(team.storekeeper);
  await expect(
    packDelivery(
      store,
      packing(world, team, mine.needId, { lots: [{ lotId: foreign?.id ?? "", quantity: 1n }] }),
    ),
  ).rejects.toMatchObject({ code: "NOT_ENOUGH_LEFT" });
  await expect(
    packDelivery(
      store,
      packing(world, team, mine.needId, {
        lots: [1n, 2n].map((quantity) => ({ lotId: own?.id ?? "", quantity })),
      }),
    ),
  ).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const elsewhere = await aTeam(world, GUZHEN);
  await expect(
    packDelivery(world.as(elsewhere.storekeeper), packing(world, elsewhere, mine.needId)),
  ).rejects.toMatchObject({ code: "NOT_ENOUGH_LEFT" });
  await expect(
    packDelivery(world.as(elsewhere.storekeeper), packing(world, team, mine.needId)),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});

test("goods past their date cannot be packed; they are written off, and asked for again", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team, { bestBefore: "2026-03-10" });
  const store = world.as(team.storekeeper);
  // Midnight in Shanghai after the tenth of March: the day before, they could still be packed.
  world.clock.advance({ days: 8, hours: 14, minutes: 59 });
  await cancelDelivery(store, (await packDelivery(store, packing(world, team, wish.needId))).deliveryId);
  world.clock.advance({ minutes: 1 });
  await expect(packDelivery(store, packing(world, team, wish.needId))).rejects.toMatchObject({
    code: "GOODS_EXPIRED",
  });
  const [lot] = await db.select().from(lots).where(eq(lots.label, wish.label));
  const off = {
    lotId: lot?.id ?? "",
    pointId: team.point.id,
    quantity: 2n,
    reason: "out_of_date",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  } as const;
  await expect(writeOff(store, { ...off, quantity: 3n })).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 2 },
  });
  await writeOff(store, off);
  await writeOff(store, off);
  expect(await units(db, wish.line.id)).toBe("2 0 0 0");
  await expectChecksHold(db);
});

test("what is packed is not written off, and what is missing only an operator may write off", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team);
  const { deliveryId } = await packDelivery(world.as(team.storekeeper), packing(world, team, wish.needId));
  const [lot] = await db.select().from(lots).where(eq(lots.label, wish.label));
  const off = {
    lotId: lot?.id ?? "",
    pointId: team.point.id,
    quantity: 1n,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  };
  await expect(writeOff(world.as(team.storekeeper), { ...off, reason: "damaged" })).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 0 },
  });
  await cancelDelivery(world.as(team.storekeeper), deliveryId);
  await expect(writeOff(world.as(team.storekeeper), { ...off, reason: "missing" })).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await expect(writeOff(world.as(team.operator), { ...off, reason: "damaged" })).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await writeOff(world.as(team.operator), { ...off, reason: "missing", requestKey: world.system.newId() });
  expect(await units(db, wish.line.id)).toBe("1 0 1 0");
  await expectChecksHold(db);
});

test("a deliverer is a courier or a caseworker of the town who gave nothing of it and still works here", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  const wish = await aStockedWish(world, team);
  const { deliveryId } = await packDelivery(world.as(team.storekeeper), packing(world, team, wish.needId));
  const store = world.as(team.storekeeper);
  for (const courierId of [
    elsewhere.caseworker.userId,
    team.operator.userId,
    wish.donor.userId,
    world.system.newId(),
  ]) {
    await expect(dispatchDelivery(store, deliveryId, { courierId })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  }

  await expect(
    dispatchDelivery(world.as(elsewhere.storekeeper), deliveryId, { courierId: team.courier.userId }),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  const gone = await aPerson(world, { role: "courier", scope: { kind: "city" } });
  await owner`update app_user set disabled_at = now() where id = ${gone.userId}`;
  await expect(dispatchDelivery(store, deliveryId, { courierId: gone.userId })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await dispatchDelivery(store, deliveryId, { courierId: team.courier.userId });
  await expect(dispatchDelivery(store, deliveryId, { courierId: team.courier.userId })).rejects.toMatchObject(
    { code: "WRONG_STATE" },
  );
});

test("a courier who gave something of it does not carry it to the recipient", async ({ db, owner }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team);
  await owner`insert into role_grant (id, user_id, role, scope_kind, scope_id, granted_at) values (gen_random_uuid(), ${wish.donor.userId}, 'courier', 'city', '', now())`;
  const { deliveryId } = await packDelivery(world.as(team.storekeeper), packing(world, team, wish.needId));
  await expect(
    dispatchDelivery(world.as(team.storekeeper), deliveryId, { courierId: wish.donor.userId }),
  ).rejects.toMatchObject({ code: "DONOR_DELIVERS" });
});

test("nobody at home: tried again without moving the goods once more, then handed over", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const courier = world.as(team.courier);
  await recordOutcome(courier, out.deliveryId, outcome(world, "not_home"));
  expect(await stateOf(db, out.deliveryId)).toBe("failed_attempt");
  await expectChecksHold(db);
  await tryAgain(courier, out.deliveryId, { requestKey: world.system.newId() });
  await confirmHandover(
    courier,
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: out.secret.digits }),
  );
  const [lot] = await db.select().from(lots).where(eq(lots.label, out.label));
  const moves = await db
    .select()
    .from(goodsMoves)
    .where(eq(goodsMoves.lotId, lot?.id ?? ""));
  expect(moves.map((move) => `${move.fromKind} -> ${move.toKind} ${move.quantity}`)).toEqual([
    "donor -> point 2",
    "point -> courier 2",
    "courier -> recipient 2",
  ]);
  await expectChecksHold(db);
});

test("the store may give a failed parcel to another deliverer; the deliverer may not choose one", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const other = await aPerson(world, { role: "courier", scope: { kind: "city" } });
  const out = await aParcelOut(world, team);
  await recordOutcome(world.as(team.courier), out.deliveryId, outcome(world, "not_home"));
  await expect(
    tryAgain(world.as(other), out.deliveryId, { requestKey: world.system.newId() }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    tryAgain(world.as(team.storekeeper), out.deliveryId, {
      courierId: team.colleague.userId,
      requestKey: world.system.newId(),
    }),
  ).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  await tryAgain(world.as(team.storekeeper), out.deliveryId, {
    courierId: other.userId,
    requestKey: world.system.newId(),
  });
  await expect(
    confirmHandover(
      world.as(team.courier),
      out.deliveryId,
      aHandover(world, { proof: "secret", secret: out.secret.digits }),
    ),
  ).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await confirmHandover(
    world.as(other),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: out.secret.digits }),
  );
  await expectChecksHold(db);
});
