import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { lookUp } from "~/domain/delivery/lookUpQueries.server";
import { receiveOffer } from "~/domain/delivery/receiveOffer.server";
import { decideOffer, endOffer, makeOffer } from "~/domain/matching/offers.server";
import { DeclineOfferInput } from "~/domain/matching/schemas";
import { action as desk } from "~/routes/matching/matching";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { gifts } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { anInspection } from "../../factories/delivery";
import { aCount, anAcceptedOffer, anOfferInput } from "../../factories/matching";
import { aDonor, aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";
import { posting } from "../../support/routeArgs";
import { aWorld, type World } from "../../support/world";

const wrongs = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);
const offerOf = async (world: World, offerId: string) => {
  const [offer] = await world.db.select().from(offers).where(eq(offers.id, offerId));
  if (!offer) throw new Error("no offer");
  return offer;
};

test("of 100 offered 40 come, then 50, then 10: each is counted, the rest stays expected, and the donor is told each time", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { offerId, giftCode, donor } = await anAcceptedOffer(world, team, { quantity: 100n });
  const store = world.as(team.storekeeper);
  const first = await receiveOffer(store, offerId, aCount(world, 40n));
  expect(await offerOf(world, offerId)).toMatchObject({ state: "accepted", arrived: 40n });
  expect(
    (await lookUp(store, team.point.id, giftCode)).offered.map(({ offer }) => [
      offer.quantity,
      offer.arrived,
    ]),
  ).toEqual([[100n, 40n]]);
  await expect(receiveOffer(store, offerId, aCount(world, 61n))).rejects.toMatchObject({
    code: "MORE_THAN_PROMISED",
    params: { left: 60, over: 1 },
  });
  const { label } = await inspectParcel(store, first.parcelId, anInspection(world, 38n, 2n));
  expect(label).not.toBeNull();
  await receiveOffer(store, offerId, aCount(world, 50n));
  world.clock.advance({ minutes: 5 });
  await receiveOffer(store, offerId, aCount(world, 10n));
  expect(await offerOf(world, offerId)).toMatchObject({ state: "received", arrived: 100n });
  await expect(receiveOffer(store, offerId, aCount(world, 1n))).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  await drainOutbox(world.system, 500);
  const told = world.mails.filter((mail) => mail.data["code"] === giftCode).map((mail) => mail.template);
  expect(told.filter((template) => template === "offerArrived").length).toBeGreaterThanOrEqual(2);
  expect(told).toContain("returned");
  expect(donor.userId).not.toBe("");
  expect(await wrongs(world)).toEqual([]);
});

test("20 storekeepers with one parcel of an offer: one counts it, the others are told", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { offerId } = await anAcceptedOffer(world, team, { quantity: 100n });
  const counted = await Promise.allSettled(
    Array.from({ length: 20 }, () =>
      receiveOffer(world.as(team.storekeeper), offerId, { ...aCount(world, 40n), parcelsSeen: 0 }),
    ),
  );
  expect(counted.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect(
    new Set(
      counted.flatMap((outcome) =>
        outcome.status === "rejected" ? [(outcome.reason as { code: string }).code] : [],
      ),
    ),
  ).toEqual(new Set(["CHANGED_MEANWHILE"]));
  expect((await offerOf(world, offerId)).arrived).toBe(40n);
  const request = aCount(world, 5n);
  await receiveOffer(world.as(team.storekeeper), offerId, request);
  await receiveOffer(world.as(team.storekeeper), offerId, request);
  expect((await offerOf(world, offerId)).arrived).toBe(45n);
  expect(await wrongs(world)).toEqual([]);
});

test("the donor says that no more comes, or takes an offer back of which nothing came; nobody else does", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const part = await anAcceptedOffer(world, team, { quantity: 100n });
  await receiveOffer(world.as(team.storekeeper), part.offerId, aCount(world, 40n));
  for (const actor of [await aDonor(world), team.storekeeper, team.caseworker])
    await expect(endOffer(world.as(actor), part.offerId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await endOffer(world.as(part.donor), part.offerId);
  expect(await offerOf(world, part.offerId)).toMatchObject({ state: "received", arrived: 40n });
  await expect(
    receiveOffer(world.as(team.storekeeper), part.offerId, aCount(world, 1n)),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  const none = await anAcceptedOffer(world, team);
  await endOffer(world.as(none.donor), none.offerId);
  expect((await offerOf(world, none.offerId)).state).toBe("withdrawn");
  await expect(endOffer(world.as(none.donor), none.offerId)).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(await wrongs(world)).toEqual([]);
});

test("a decline's reason is one of its list, in the form and in the table; a point that does not exist is none", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { offerId } = await makeOffer(world.as(await aDonor(world)), anOfferInput(world));
  expect(DeclineOfferInput.safeParse({ offerId, reason: "张三家里很穷" }).success).toBe(false);
  expect(DeclineOfferInput.safeParse({ offerId, reason: "too_far" }).success).toBe(true);
  await expect(
    db.execute(sql`update offer set state = 'declined', decline_reason = '张三' where id = ${offerId}`),
  ).rejects.toMatchObject({
    cause: { constraint_name: "offer_decline_reason" },
  });
  await expect(
    db.execute(sql`update offer set state = 'declined' where id = ${offerId}`),
  ).rejects.toMatchObject({ cause: { constraint_name: "offer_declined" } });
  await expect(
    decideOffer(world.as(team.operator), offerId, { accept: true, pointId: world.system.newId() }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await decideOffer(world.as(team.operator), offerId, { accept: false, reason: "too_far" });
  await expect(
    decideOffer(world.as(team.secondOperator), offerId, { accept: true, pointId: team.point.id }),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
});

test("a decline in words of one's own comes back to the desk beside its field, and the offer stays as it is", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { offerId } = await makeOffer(world.as(await aDonor(world)), anOfferInput(world));
  const decline = async (reason: string) =>
    desk(
      await posting(
        world,
        team.operator,
        "http://portal.test/matching",
        {},
        { intent: "decline", offerId, reason },
      ),
    );
  expect(await decline("张三家里很穷")).toMatchObject({
    init: { status: 422 },
    data: {
      reply: {
        values: { reason: "张三家里很穷" },
        errors: { reason: ["common.pleaseChoose"] },
        formErrors: [],
      },
    },
  });
  expect((await offerOf(world, offerId)).state).toBe("offered");
  expect(await decline("too_far")).toMatchObject({ status: 302 });
  expect(await offerOf(world, offerId)).toMatchObject({ state: "declined", declineReason: "too_far" });
});

test("no words of a person fit where the journal and the goods book keep a coded reason", async ({ db }) => {
  const world = aWorld(db);
  for (const text of ["陈大文", "too far", "Too_far", "x".repeat(41), ""]) {
    await expect(
      db.execute(sql`insert into journal (id, entity, entity_id, entity_version, event, actor_role, reason, occurred_at, recorded_at)
        values (${world.system.newId()}, 'need', ${world.system.newId()}, 1, 'need.withdraw', 'operator', ${text}, now(), now())`),
      text,
    ).rejects.toMatchObject({ cause: { constraint_name: "journal_reason" } });
  }
});

test("second-hand milk powder, and what is refused altogether, is offered to nobody; new it is", async ({
  db,
}) => {
  const world = aWorld(db);
  const donor = world.as(await aDonor(world));
  for (const condition of ["used", "as_new"] as const) {
    for (const objectKind of ["milk_powder", "diapers", "hearing_aid", "monitor", "commode", "rice_oil"]) {
      await expect(
        makeOffer(donor, anOfferInput(world, { objectKind, condition })),
        `${condition} ${objectKind}`,
      ).rejects.toMatchObject({ code: "KIND_REFUSED" });
    }

    await expect(makeOffer(donor, anOfferInput(world, { condition }))).resolves.toBeDefined();
  }

  await expect(
    makeOffer(donor, anOfferInput(world, { objectKind: "milk_powder", condition: "new" })),
  ).resolves.toBeDefined();
});

test("what a donor chooses to be called is kept with the offer's gift, and nothing when they stay unnamed", async ({
  db,
}) => {
  const world = aWorld(db);
  const donor = world.as(await aDonor(world));
  const named = await makeOffer(
    donor,
    anOfferInput(world, { displayChoice: "name", displayName: "陈先生", townCode: GUZHEN }),
  );
  const unnamed = await makeOffer(
    donor,
    anOfferInput(world, { displayChoice: "kind_person", displayName: "陈先生" }),
  );
  const kept = async (code: string) =>
    (
      await db
        .select({ choice: gifts.displayChoice, name: gifts.displayName })
        .from(gifts)
        .where(eq(gifts.code, code))
    )[0];
  expect(await kept(named.giftCode)).toEqual({ choice: "name", name: "陈先生" });
  expect(await kept(unnamed.giftCode)).toEqual({ choice: "kind_person", name: null });
});
