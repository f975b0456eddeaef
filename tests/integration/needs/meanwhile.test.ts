import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { releaseGift } from "~/domain/giving/changeGift.server";
import { revokeOverdue } from "~/domain/giving/clocks.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { acceptVisit, recordVisit } from "~/domain/giving/serviceVisits.server";
import { inTransaction } from "~/domain/kernel/context.server";
import { transition } from "~/domain/kernel/transition.server";
import { draftWish, editDraft } from "~/domain/needs/draftWish.server";
import { closeNeed, expireNeeds, suspendNeed } from "~/domain/needs/endNeed.server";
import { NEED } from "~/domain/needs/machine.server";
import { wishPage } from "~/domain/needs/wishPage.server";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { aConfirmedGift, aPledgeOf } from "../../factories/giving";
import { aPublishedWish, aWishInput, openedDraft } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { withdrawConsentOf } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const wrongs = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);
const stateOf = async (world: World, needId: string) =>
  (await world.db.select({ state: needs.state }).from(needs).where(eq(needs.id, needId)))[0]?.state;

test("a draft saved in two tabs at once keeps one of the two whole; the same form sent twice is saved once", async ({
  db,
}) => {
  const world = aWorld(db);
  const filer = world.as((await aTeam(world)).caseworker);
  const { needId } = await draftWish(filer, aWishInput(world));
  const tabs = [3n, 5n].map((quantity) =>
    aWishInput(world, { lines: [{ quantity }, { item: "文具盒", quantity }] }),
  );
  const version = await openedDraft(filer, needId);
  const outcomes = await Promise.allSettled(
    tabs.map((input) => editDraft(filer, needId, { ...input, version })),
  );
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  const lines = await db.select().from(needLines).where(eq(needLines.needId, needId));
  expect(lines).toHaveLength(2);
  expect(new Set(lines.map((line) => line.requested)).size).toBe(1);

  const twice = {
    ...aWishInput(world, { lines: [{ quantity: 7n }] }),
    version: await openedDraft(filer, needId),
  };
  await Promise.all([editDraft(filer, needId, twice), editDraft(filer, needId, twice)]);
  const [line] = await db.select().from(needLines).where(eq(needLines.needId, needId));
  expect(line?.requested).toBe(7n);
});

test("when the last units of a wish's lines go at the same moment, it is no longer shown as open; and is again when they come back", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const donors = [await aDonor(world), await aDonor(world), await aDonor(world)];
  for (let round = 0; round < 12; round += 1) {
    const { needId, lines } = await aPublishedWish(world, team, {
      lines: [{ quantity: 1n }, { quantity: 1n }, { quantity: 1n }],
    });
    const gifts = await Promise.all(
      donors.map((donor, index) => pledgeItems(world.as(donor), aPledgeOf(world, lines[index]?.id ?? ""))),
    );
    const isOpen = async () =>
      (
        await db
          .select({ isOpen: publicNeeds.isOpen })
          .from(publicNeeds)
          .where(eq(publicNeeds.needId, needId))
      )[0]?.isOpen;
    expect(await isOpen()).toBe(false);
    await Promise.all(
      donors.map((donor, index) => releaseGift(world.as(donor), gifts[index]?.giftCode ?? "")),
    );
    expect(await isOpen()).toBe(true);
  }

  expect(await wrongs(world)).toEqual([]);
});

test("nothing is pledged to a wish whose listing is paused, over or withdrawn, by whoever still has it in a basket", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const [paused, withdrawn, over] = [
    await aPublishedWish(world, team),
    await aPublishedWish(world, team),
    await aPublishedWish(world, team),
  ];
  await suspendNeed(world.as(team.operator), paused.needId, "complaint");
  await withdrawNeed(world.as(team.colleague), withdrawn.needId, "moved");
  const donor = world.as(await aDonor(world));
  for (const { line } of [paused, withdrawn])
    await expect(pledgeItems(donor, aPledgeOf(world, line.id))).rejects.toMatchObject({
      code: "NOT_ENOUGH_LEFT",
      params: { left: 0 },
    });
  world.clock.advance({ days: 61 });
  await expireNeeds(world.system);
  await expect(pledgeItems(donor, aPledgeOf(world, over.line.id))).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 0 },
  });
  expect(await wrongs(world)).toEqual([]);
});

test("of two steps that are taken from one version the second is told, also where both leave the state as it is", async ({
  db,
}) => {
  const world = aWorld(db);
  const filer = world.as((await aTeam(world)).caseworker);
  const { needId } = await draftWish(filer, aWishInput(world));
  const [seen] = await db.select().from(needs).where(eq(needs.id, needId));
  if (!seen) throw new Error("no draft");
  const edit = () =>
    inTransaction(filer, (tx) => transition(tx, filer, NEED, seen, "edit", { by: "caseworker", needId }));
  await edit();
  await expect(edit()).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
});

test("consent taken back after a wish was fulfilled takes its public page away, and the wish stays as it ended", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, {
    lines: [{ objectKind: "haircut", item: "上门理发", quantity: 1n }],
  });
  const { pledge } = await aConfirmedGift(world, await aDonor(world), wish.line.id, 1n);
  const { visitId } = await recordVisit(world.as(team.caseworker), {
    pledgeId: pledge.id,
    quantity: 1n,
    providerName: "理发队",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  await acceptVisit(world.as(team.colleague), visitId, "accept");
  await closeNeed(world.as(team.colleague), wish.needId);
  const [need] = await db
    .select({ householdId: needs.householdId })
    .from(needs)
    .where(eq(needs.id, wish.needId));
  await withdrawConsentOf(world, team, need?.householdId ?? "");
  expect(await db.select().from(publicNeeds).where(eq(publicNeeds.needId, wish.needId))).toEqual([]);
  expect(await stateOf(world, wish.needId)).toBe("closed");
  expect(await wishPage(world.as({ kind: "visitor" }), wish.code)).toMatchObject({ gone: true });
  expect(await wrongs(world)).toEqual([]);
});

test("a listing that somebody pauses at the moment its time is over stops neither the clock nor the others", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wishes = await Promise.all(Array.from({ length: 6 }, () => aPublishedWish(world, team)));
  world.clock.advance({ days: 61 });
  await Promise.all([
    expireNeeds(world.system),
    ...wishes
      .slice(0, 5)
      .map((wish) => suspendNeed(world.as(team.operator), wish.needId, "complaint").catch(() => undefined)),
  ]);
  const states = await Promise.all(wishes.map((wish) => stateOf(world, wish.needId)));
  expect(states.at(-1)).toBe("expired");
  expect(states.every((state) => state === "expired" || state === "suspended")).toBe(true);
  expect(await wrongs(world)).toEqual([]);
});

test("a service that was done before its wish ended can still be accepted and counts; disputed, it goes back like the rest", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  for (const [decision, delivered] of [
    ["accept", 1n],
    ["dispute", 0n],
  ] as const) {
    const wish = await aPublishedWish(world, team, {
      lines: [{ objectKind: "haircut", item: "上门理发", quantity: 3n, unitPriceFen: 3_000n }],
    });
    const { pledge } = await aConfirmedGift(world, await aDonor(world), wish.line.id, 3n);
    const done = {
      pledgeId: pledge.id,
      quantity: 1n,
      providerName: "理发队",
      occurredAt: world.clock.now(),
      requestKey: world.system.newId(),
    };
    const { visitId } = await recordVisit(world.as(team.caseworker), done);
    world.clock.advance({ days: 30 });
    await revokeOverdue(world.system);
    await withdrawNeed(world.as(team.colleague), wish.needId, "moved");
    await acceptVisit(world.as(team.colleague), visitId, decision);
    const [line] = await db.select().from(needLines).where(eq(needLines.needId, wish.needId));
    expect([line?.delivered, line?.pledged, line?.open]).toEqual([delivered, 0n, 3n - delivered]);
  }

  expect(await wrongs(world)).toEqual([]);
});
