import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { dispatchDelivery } from "~/domain/delivery/dispatchDelivery.server";
import { itemsOf } from "~/domain/delivery/machine.server";
import { markLost } from "~/domain/delivery/markLost.server";
import { cancelDelivery, packDelivery } from "~/domain/delivery/packDelivery.server";
import { pointPage } from "~/domain/delivery/pointQueries.server";
import { recordOutcome } from "~/domain/delivery/recordOutcome.server";
import { returnToPoint } from "~/domain/delivery/returnToPoint.server";
import type { PackInput } from "~/domain/delivery/schemas";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { suspendNeed } from "~/domain/needs/endNeed.server";
import type { Database } from "~db/client";
import { goodsMoves, lots, lotStock } from "~db/schema/books";
import { deliveries, deliveryItems } from "~db/schema/delivery";
import { journal } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";
import { aHandover, aParcelOut, aStockedWish, onTheWay } from "../../factories/delivery";
import { aTeam, type Team } from "../../factories/people";
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
const back = (world: World, items: { itemId: string; disposed: bigint }[] = []) => ({
  items,
  occurredAt: world.clock.now(),
  requestKey: world.system.newId(),
});

test("refused, damaged, died or moved: it comes back to the point, whole for another packing", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  for (const what of ["refused", "damaged", "died_or_moved"] as const) {
    const out = await aParcelOut(world, team);
    await recordOutcome(world.as(team.courier), out.deliveryId, outcome(world, what));
    expect(await stateOf(db, out.deliveryId)).toBe("returning");
    await expect(returnToPoint(world.as(team.courier), out.deliveryId, back(world))).rejects.toMatchObject({
      code: "NOT_ALLOWED",
    });
    await returnToPoint(world.as(team.storekeeper), out.deliveryId, back(world));
    expect(await stateOf(db, out.deliveryId)).toBe("returned");
    expect(await units(db, out.line.id)).toBe("0 0 2 0");
    const again = await onTheWay(world, team, out.needId);
    expect(again.deliveryId).not.toBe(out.deliveryId);
    await expect(
      confirmHandover(
        world.as(team.courier),
        again.deliveryId,
        aHandover(world, { proof: "secret", secret: out.secret.token }),
      ),
    ).rejects.toMatchObject({
      code: "SECRET_WRONG",
    });
  }

  await expectChecksHold(db);
});

test("damaged on the way: what is broken is disposed of and asked for again, the rest goes back on the shelf", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team, { quantity: 5n });
  const [item] = await db.transaction((tx) => itemsOf(tx, out.deliveryId));
  await recordOutcome(world.as(team.courier), out.deliveryId, outcome(world, "damaged"));
  await expect(
    returnToPoint(
      world.as(team.storekeeper),
      out.deliveryId,
      back(world, [{ itemId: item?.id ?? "", disposed: 6n }]),
    ),
  ).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 5 },
  });
  await returnToPoint(
    world.as(team.storekeeper),
    out.deliveryId,
    back(world, [{ itemId: item?.id ?? "", disposed: 2n }]),
  );
  expect(await units(db, out.line.id)).toBe("2 0 3 0");
  expect(
    await db
      .select()
      .from(journal)
      .where(and(eq(journal.event, "delivery_item.dispose"), eq(journal.needId, out.needId))),
  ).toMatchObject([{ quantity: 2n, reason: "damaged", giftId: out.gift.pledge.giftId }]);
  await expectChecksHold(db);
});

const takenBack = async (world: World, team: Team) =>
  (await pointPage(world.as(team.storekeeper), team.point.id)).toTakeBack.map(({ id }) => id);

test("part handover, then the rest waits at its point to be taken back, and is packed again", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team, { quantity: 5n });
  const [item] = await db.transaction((tx) => itemsOf(tx, out.deliveryId));
  await expect(
    returnToPoint(world.as(team.storekeeper), world.system.newId(), back(world)),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, {
      proof: "secret",
      secret: out.secret.digits,
      items: [{ itemId: item?.id ?? "", quantity: 3n }],
    }),
  );
  expect(await takenBack(world, team)).toEqual([out.deliveryId]);
  await expectChecksHold(db);
  const form = back(world);
  await returnToPoint(world.as(team.storekeeper), out.deliveryId, form);
  await returnToPoint(world.as(team.storekeeper), out.deliveryId, form);
  await expect(returnToPoint(world.as(team.storekeeper), out.deliveryId, back(world))).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  expect(await stateOf(db, out.deliveryId)).toBe("handed_over");
  expect(await takenBack(world, team)).toEqual([]);
  expect(await units(db, out.line.id)).toBe("0 0 2 3");
  await onTheWay(world, team, out.needId);
  await expectChecksHold(db);
});

test("of a rest, what is lost is no longer waited for; what is whole of it still is", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team, { quantity: 5n });
  const [item] = await db.transaction((tx) => itemsOf(tx, out.deliveryId));
  const itemId = item?.id ?? "";
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: out.secret.digits, items: [{ itemId, quantity: 3n }] }),
  );
  for (const left of [[out.deliveryId], []]) {
    await markLost(world.as(team.operator), out.deliveryId, {
      items: [{ itemId, quantity: 1n }],
      reason: "stolen",
      occurredAt: world.clock.now(),
      requestKey: world.system.newId(),
    });
    expect(await takenBack(world, team)).toEqual(left);
    await expectChecksHold(db);
  }
});

test("an operator who did not carry it declares a loss: the units are asked for again, and nothing of it can be handed over", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team, { quantity: 5n });
  const [item] = await db.transaction((tx) => itemsOf(tx, out.deliveryId));
  const lost = (rest: { items?: { itemId: string; quantity: bigint }[] } = {}) => ({
    items: [],
    reason: "stolen" as const,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
    ...rest,
  });
  await expect(markLost(world.as(team.storekeeper), out.deliveryId, lost())).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await expect(
    markLost(
      world.as(team.operator),
      out.deliveryId,
      lost({ items: [{ itemId: item?.id ?? "", quantity: 6n }] }),
    ),
  ).rejects.toMatchObject({ code: "NOT_ENOUGH_LEFT" });
  await markLost(
    world.as(team.operator),
    out.deliveryId,
    lost({ items: [{ itemId: item?.id ?? "", quantity: 2n }] }),
  );
  expect(await stateOf(db, out.deliveryId)).toBe("dispatched");
  expect(await units(db, out.line.id)).toBe("2 0 3 0");
  await markLost(world.as(team.operator), out.deliveryId, lost());
  expect(await stateOf(db, out.deliveryId)).toBe("lost");
  expect(await units(db, out.line.id)).toBe("5 0 0 0");
  await expect(
    confirmHandover(
      world.as(team.courier),
      out.deliveryId,
      aHandover(world, { proof: "secret", secret: out.secret.digits }),
    ),
  ).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  await expectChecksHold(db);
});

test("a complaint stops packing and dispatching; the goods stay where they are", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team);
  const { deliveryId } = await packDelivery(
    world.as(team.storekeeper),
    packing(world, team, wish.needId, {}),
  );
  await suspendNeed(world.as(team.operator), wish.needId, "complaint");
  await expect(
    dispatchDelivery(world.as(team.storekeeper), deliveryId, { courierId: team.courier.userId }),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  await cancelDelivery(world.as(team.storekeeper), deliveryId);
  await expect(
    packDelivery(world.as(team.storekeeper), packing(world, team, wish.needId)),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  await expectChecksHold(db);
});

test("the wish ends: packed parcels are unpacked and the store's goods become free stock, parted from what was handed over", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team, { quantity: 5n });
  const [item] = await db.transaction((tx) => itemsOf(tx, out.deliveryId));
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, {
      proof: "secret",
      secret: out.secret.digits,
      items: [{ itemId: item?.id ?? "", quantity: 2n }],
    }),
  );
  await returnToPoint(world.as(team.storekeeper), out.deliveryId, back(world));
  const { deliveryId } = await packDelivery(world.as(team.storekeeper), packing(world, team, out.needId));
  await withdrawNeed(world.as(team.colleague), out.needId, "moved");

  expect(await stateOf(db, deliveryId)).toBe("cancelled");
  expect(await units(db, out.line.id)).toBe("3 0 0 2");
  const rows = await db
    .select({
      line: lots.lineId,
      quantity: lots.quantity,
      splitFrom: lots.splitFrom,
      value: lots.unitValueFen,
    })
    .from(lots)
    .where(eq(lots.pledgeId, out.gift.pledge.id))
    .orderBy(lots.createdAt, lots.id);
  expect(rows).toMatchObject([
    { line: out.line.id, quantity: 5n, splitFrom: null },
    { line: null, quantity: 3n, value: 12_000n },
  ]);
  await expectChecksHold(db);
});

test("the wish ends while the parcel is out: what comes back becomes free stock at once", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  await withdrawNeed(world.as(team.colleague), out.needId, "died");
  expect(await units(db, out.line.id)).toBe("0 0 2 0");
  await recordOutcome(world.as(team.courier), out.deliveryId, outcome(world, "died_or_moved"));
  await returnToPoint(world.as(team.storekeeper), out.deliveryId, back(world));
  expect(await units(db, out.line.id)).toBe("2 0 0 0");
  const [lot] = await db.select().from(lots).where(eq(lots.label, out.label));
  expect(lot?.lineId).toBeNull();
  await expectChecksHold(db);
});

test("packing and withdrawing at once: whichever is first, nothing stays packed for a wish that ended", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  for (let round = 0; round < 6; round += 1) {
    const wish = await aStockedWish(world, team);
    await Promise.allSettled([
      packDelivery(world.as(team.storekeeper), packing(world, team, wish.needId)),
      withdrawNeed(world.as(team.colleague), wish.needId, "moved"),
    ]);
    const packed = await db
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.needId, wish.needId), eq(deliveries.state, "packed")));
    expect(packed).toEqual([]);
    expect(await units(db, wish.line.id)).toBe("2 0 0 0");
  }

  await expectChecksHold(db);
});

test("the database itself refuses what the code would never do", async ({ db, owner }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  await expect(
    owner`update delivery set secret_shown_by = courier_id where id = ${out.deliveryId}`,
  ).rejects.toMatchObject({ constraint_name: "delivery_secret_apart" });
  await expect(
    owner`update delivery set secret_tries = 6 where id = ${out.deliveryId}`,
  ).rejects.toMatchObject({ constraint_name: "delivery_tries" });
  await expect(
    owner`update delivery_item set delivered_quantity = quantity + 1 where delivery_id = ${out.deliveryId}`,
  ).rejects.toMatchObject({
    constraint_name: "delivery_item_quantity",
  });
  await expect(owner`update lot_stock set quantity = -1`).rejects.toMatchObject({
    constraint_name: "lot_stock_quantity",
  });
  await expect(db.update(goodsMoves).set({ quantity: 1n })).rejects.toThrow();
  expect(
    await db.select().from(deliveryItems).where(eq(deliveryItems.deliveryId, out.deliveryId)),
  ).toHaveLength(1);
  expect(await db.select().from(lotStock).where(eq(lotStock.quantity, -1n))).toEqual([]);
});
