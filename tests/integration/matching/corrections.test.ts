import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { goodsTotals } from "~/domain/books/goodsQueries.server";
import { runChecks } from "~/domain/checks.server";
import { decideCorrection, proposeCorrection } from "~/domain/delivery/correctCount.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { expectedParcel } from "~/domain/delivery/lookUpQueries.server";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { receiveOffer } from "~/domain/delivery/receiveOffer.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { goodsMoves, lots, lotStock } from "~db/schema/books";
import { countCorrections } from "~db/schema/corrections";
import { inspections, parcels } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { offers } from "~db/schema/matching";
import { needLines } from "~db/schema/needs";
import { correct, corrected } from "../../factories/corrections";
import { anInspection, aParcel, inStore } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aCount, aFreeLot, anAcceptedOffer, aProposal } from "../../factories/matching";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const wrongs = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);

async function aPromise(world: World, team: Team, quantity: bigint) {
  const wish = await aPublishedWish(world, team, { lines: [{ quantity }] });
  const donor = await aDonor(world);
  return { ...wish, donor, ...(await aConfirmedGift(world, donor, wish.line.id, quantity)) };
}

const lineOf = async (world: World, lineId: string) =>
  (await world.db.select().from(needLines).where(eq(needLines.id, lineId)))[0];
const pledgeOf = async (world: World, pledgeId: string) =>
  (await world.db.select().from(pledges).where(eq(pledges.id, pledgeId)))[0];

test("a parcel of 6 that was counted as 9: two people put it right before it is inspected, and the rest is expected again", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { pledge } = await aPromise(world, team, 10n);
  const store = world.as(team.storekeeper);
  const { parcelId } = await receiveParcel(store, aParcel(world, team, pledge.id, 9n));
  await correct(world, team, parcelId, 9n, 6n);
  expect((await expectedParcel(store, team.point.id, { pledgeId: pledge.id })).left).toBe(4n);
  const { label } = await inspectParcel(store, parcelId, anInspection(world, 6n));
  expect(label).not.toBeNull();
  expect(await wrongs(world)).toEqual([]);
});

test("accepted 10 that are 8: lot, goods book, promise and line agree, the counter-entry names its correction, and the donor is told", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { pledge, line, giftCode } = await aPromise(world, team, 10n);
  const { parcelId, label } = await inStore(world, team, pledge.id, 10n);
  const givenBack = async () =>
    (await goodsTotals(world.as(team.operator), {})).find(
      (total) => total.from === "point" && total.to === "donor",
    )?.units ?? 0n;
  const before = await givenBack();
  const correctionId = await correct(world, team, parcelId, 10n, 8n);
  expect(await lineOf(world, line.id)).toMatchObject({ inHub: 8n, pledged: 2n });
  expect(await pledgeOf(world, pledge.id)).toMatchObject({ settled: 8n, givenBack: 0n, state: "confirmed" });
  const [lot] = await db
    .select()
    .from(lots)
    .where(eq(lots.label, label ?? ""));
  expect(lot?.quantity).toBe(8n);
  const moves = await db
    .select()
    .from(goodsMoves)
    .where(eq(goodsMoves.lotId, lot?.id ?? ""))
    .orderBy(goodsMoves.recordedAt, goodsMoves.id);
  expect(
    moves.map((move) => [move.fromKind, move.toKind, move.quantity, move.sourceType, move.reason]),
  ).toEqual([
    ["donor", "point", 10n, "inspection", null],
    ["point", "donor", 2n, "count_correction", "counted_wrong"],
  ]);
  const steps = await db
    .select()
    .from(journal)
    .where(eq(journal.entityId, correctionId))
    .orderBy(journal.entityVersion);
  expect(steps.map((step) => [step.event, step.actorId, step.data["was"], step.data["shall"]])).toEqual([
    ["count_correction.propose", team.storekeeper.userId, 10, 8],
    ["count_correction.approve", team.operator.userId, 10, 8],
  ]);
  await drainOutbox(world.system, 500);
  expect(world.mails.filter((mail) => mail.data["code"] === giftCode).map((mail) => mail.template)).toContain(
    "corrected",
  );
  // The two may come after all, and then they are counted like any others.
  await inStore(world, team, pledge.id, 2n);
  expect(await lineOf(world, line.id)).toMatchObject({ inHub: 10n, pledged: 0n });
  expect(await givenBack()).toBe(before + 2n);
  expect(await wrongs(world)).toEqual([]);
});

test("accepted 8 that are 10: two more arrive in the books, never more than were promised", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { pledge, line } = await aPromise(world, team, 10n);
  const { parcelId } = await inStore(world, team, pledge.id, 8n);
  await expect(
    proposeCorrection(world.as(team.storekeeper), parcelId, corrected(world, 8n, 11n)),
  ).rejects.toMatchObject({
    code: "MORE_THAN_PROMISED",
    params: { left: 2, over: 1 },
  });
  await correct(world, team, parcelId, 8n, 10n);
  expect(await lineOf(world, line.id)).toMatchObject({ inHub: 10n, pledged: 0n });
  expect(await wrongs(world)).toEqual([]);
});

test("one thing that was booked on another's gift is corrected to nothing, before and after its inspection", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const before = await aPromise(world, team, 1n);
  const { parcelId } = await receiveParcel(
    world.as(team.storekeeper),
    aParcel(world, team, before.pledge.id),
  );
  expect((await pledgeOf(world, before.pledge.id))?.sentAt).not.toBeNull();
  await correct(world, team, parcelId, 1n, 0n);
  await expect(
    inspectParcel(world.as(team.storekeeper), parcelId, anInspection(world, 0n)),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  // As if nothing had come: the donor may bring it, or undo it.
  expect((await pledgeOf(world, before.pledge.id))?.sentAt).toBeNull();
  await undoGift(world.as(before.donor), before.giftCode);

  const after = await aPromise(world, team, 1n);
  const stored = await inStore(world, team, after.pledge.id, 1n);
  await correct(world, team, stored.parcelId, 1n, 0n);
  expect(await lineOf(world, after.line.id)).toMatchObject({ inHub: 0n, pledged: 1n });
  await inStore(world, team, after.pledge.id, 1n);
  expect(await wrongs(world)).toEqual([]);
});

test("what was packed, proposed or given to a line is not corrected away, not even when it happens while the correction waits", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { pledge, needId } = await aPromise(world, team, 10n);
  const { parcelId, label } = await inStore(world, team, pledge.id, 10n);
  const { correctionId } = await proposeCorrection(
    world.as(team.storekeeper),
    parcelId,
    corrected(world, 10n, 3n),
  );
  const [lot] = await db
    .select()
    .from(lots)
    .where(eq(lots.label, label ?? ""));
  await packDelivery(world.as(team.storekeeper), {
    needId,
    pointId: team.point.id,
    lots: [{ lotId: lot?.id ?? "", quantity: 6n }],
    requestKey: world.system.newId(),
  });
  await expect(decideCorrection(world.as(team.operator), correctionId, "approve")).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 4 },
  });
  await decideCorrection(world.as(team.operator), correctionId, "reject");
  await correct(world, team, parcelId, 10n, 6n);

  const offered = await aFreeLot(world, team, { quantity: 10n });
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 7n }] });
  await aProposal(world, team, offered.lot.id, wish.line.id, 7n);
  await expect(
    proposeCorrection(world.as(team.storekeeper), offered.parcelId, corrected(world, 10n, 6n)),
  ).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 3 },
  });
  await correct(world, team, offered.parcelId, 10n, 7n);
  expect(await wrongs(world)).toEqual([]);
});

test("an offer that was counted too high may still bring the rest; counted too low, it is there", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { offerId } = await anAcceptedOffer(world, team, { quantity: 40n });
  const store = world.as(team.storekeeper);
  const { parcelId } = await receiveOffer(store, offerId, aCount(world, 40n));
  await correct(world, team, parcelId, 40n, 38n);
  const now = async () =>
    (
      await db
        .select({ state: offers.state, arrived: offers.arrived })
        .from(offers)
        .where(eq(offers.id, offerId))
    )[0];
  expect(await now()).toEqual({ state: "accepted", arrived: 38n });
  await inspectParcel(store, parcelId, anInspection(world, 38n));
  await correct(world, team, parcelId, 38n, 40n);
  expect(await now()).toEqual({ state: "received", arrived: 40n });
  await correct(world, team, parcelId, 40n, 39n);
  const { parcelId: last } = await receiveOffer(store, offerId, aCount(world, 1n));
  expect(last).not.toBe(parcelId);
  expect(await now()).toEqual({ state: "received", arrived: 40n });
  expect(await wrongs(world)).toEqual([]);
});

test("nobody agrees to their own correction, no donor to one of their goods, and nobody from elsewhere sees the parcel", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const other = await aTeam(world, "442000105");
  const offered = await aFreeLot(world, team, { quantity: 10n, donor: team.secondOperator });
  const { correctionId } = await proposeCorrection(
    world.as(team.storekeeper),
    offered.parcelId,
    corrected(world, 10n, 9n),
  );
  await expect(decideCorrection(world.as(team.storekeeper), correctionId, "approve")).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  await expect(
    decideCorrection(world.as(team.secondOperator), correctionId, "approve"),
  ).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(decideCorrection(world.as(team.operator), correctionId, "withdraw")).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  for (const actor of [other.storekeeper, team.caseworker, team.courier, await aDonor(world)]) {
    await expect(decideCorrection(world.as(actor), correctionId, "approve")).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(
      proposeCorrection(world.as(actor), offered.parcelId, corrected(world, 10n, 9n)),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  }

  await expect(
    proposeCorrection(world.as(team.operator), offered.parcelId, corrected(world, 10n, 8n)),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  await decideCorrection(world.as(team.storekeeper), correctionId, "withdraw");
  await expect(
    proposeCorrection(world.as(team.operator), offered.parcelId, corrected(world, 11n, 8n)),
  ).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  await expect(
    db.execute(
      sql`update count_correction set state = 'applied', decided_by = proposed_by where id = ${correctionId}`,
    ),
  ).rejects.toMatchObject({
    cause: { constraint_name: "count_correction_four_eyes" },
  });
  expect(await wrongs(world)).toEqual([]);
});

test("twenty who agree at once correct it once, also while somebody packs", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { pledge, needId, line } = await aPromise(world, team, 10n);
  const { parcelId } = await inStore(world, team, pledge.id, 10n);
  const { correctionId } = await proposeCorrection(
    world.as(team.storekeeper),
    parcelId,
    corrected(world, 10n, 9n),
  );
  const agreed = await Promise.allSettled([
    ...Array.from({ length: 20 }, () => decideCorrection(world.as(team.operator), correctionId, "approve")),
    packDelivery(world.as(team.storekeeper), {
      needId,
      pointId: team.point.id,
      requestKey: world.system.newId(),
    }),
  ]);
  const done = agreed.slice(0, 20).filter((outcome) => outcome.status === "fulfilled").length;
  const [correction] = await db.select().from(countCorrections).where(eq(countCorrections.id, correctionId));
  expect(done).toBe(correction?.state === "applied" ? 1 : 0);
  expect((await lineOf(world, line.id))?.inHub).toBe(10n - BigInt(done));
  expect(await wrongs(world)).toEqual([]);
});

test("each check of counts names a planted fault", async ({ db, owner }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { pledge } = await aPromise(world, team, 10n);
  const { parcelId, label } = await inStore(world, team, pledge.id, 10n);
  await correct(world, team, parcelId, 10n, 8n);
  expect(await wrongs(world)).toEqual([]);
  const named = async (plant: string, undo: string) => {
    await owner.unsafe(plant);
    const found = new Set((await wrongs(world)).map((wrong) => wrong.split(":")[0]));
    await owner.unsafe(undo);
    return found;
  };

  const [lot] = await db
    .select()
    .from(lots)
    .where(eq(lots.label, label ?? ""));
  const [inspection] = await db.select().from(inspections).where(eq(inspections.parcelId, parcelId));
  const [parcel] = await db.select().from(parcels).where(eq(parcels.id, parcelId));
  const [stock] = await db
    .select()
    .from(lotStock)
    .where(eq(lotStock.lotId, lot?.id ?? ""));
  expect([inspection?.accepted, parcel?.counted, stock?.quantity]).toEqual([8n, 8n, 8n]);
  expect(
    await named(
      `update parcel set counted = 9 where id = '${parcelId}'`,
      `update parcel set counted = 8 where id = '${parcelId}'`,
    ),
  ).toContain("delivery.corrected");
  expect(
    await named(
      `update count_correction set shall = 7 where parcel_id = '${parcelId}'`,
      `update count_correction set shall = 8 where parcel_id = '${parcelId}'`,
    ),
  ).toContain("goods.corrected");
  expect(
    await named(
      `update lot set quantity = 9 where id = '${lot?.id ?? ""}'`,
      `update lot set quantity = 8 where id = '${lot?.id ?? ""}'`,
    ),
  ).toContain("goods.origin");
  expect(
    await named(
      `update lot_stock set reserved = 1 where lot_id = '${lot?.id ?? ""}'`,
      `update lot_stock set reserved = 0 where lot_id = '${lot?.id ?? ""}'`,
    ),
  ).toContain("matching.reserved");
  expect(await wrongs(world)).toEqual([]);
});
