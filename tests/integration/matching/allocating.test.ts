import { and, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { writeOff } from "~/domain/delivery/writeOff.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { decideAllocation, withdrawAllocation } from "~/domain/matching/allocate.server";
import { candidatesFor, freeLots } from "~/domain/matching/candidates.server";
import { suspendNeed } from "~/domain/needs/endNeed.server";
import { lots, lotStock } from "~db/schema/books";
import { allocations } from "~db/schema/matching";
import { needLines } from "~db/schema/needs";
import { aPledgeOf } from "../../factories/giving";
import { aFreeLot, aProposal } from "../../factories/matching";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aPerson, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const wrongs = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);
const lineOf = async (world: World, lineId: string) => {
  const [line] = await world.db.select().from(needLines).where(eq(needLines.id, lineId));
  if (!line) throw new Error("no line");
  return line;
};

const stockOf = async (world: World, lotId: string) => {
  const [row] = await world.db
    .select()
    .from(lotStock)
    .where(and(eq(lotStock.lotId, lotId), sql`${lotStock.place} like 'point:%'`));
  return { quantity: row?.quantity ?? 0n, reserved: row?.reserved ?? 0n };
};

const codes = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes
    .map((outcome) => (outcome.status === "fulfilled" ? "done" : (outcome.reason as { code?: string }).code))
    .sort();

test("a lot of 40 serves a line of 22 and one of 10, and what is left stays free", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team);
  const large = await aPublishedWish(world, team, { lines: [{ quantity: 22n }] });
  const small = await aPublishedWish(world, team, { lines: [{ quantity: 10n }] });
  const first = await aProposal(world, team, lot.id, large.line.id, 22n);
  const second = await aProposal(world, team, lot.id, small.line.id, 10n);
  expect(await stockOf(world, lot.id)).toEqual({ quantity: 40n, reserved: 32n });
  expect(await lineOf(world, large.line.id)).toMatchObject({ held: 22n, open: 0n, inHub: 0n });
  await expect(aProposal(world, team, lot.id, small.line.id, 1n)).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 0 },
  });

  await decideAllocation(world.as(team.secondOperator), first.allocationId, "approve");
  await decideAllocation(world.as(team.secondOperator), second.allocationId, "approve");
  expect(await lineOf(world, large.line.id)).toMatchObject({ held: 0n, inHub: 22n });
  expect(await stockOf(world, lot.id)).toEqual({ quantity: 8n, reserved: 0n });
  const parted = await db.select().from(lots).where(eq(lots.splitFrom, lot.id));
  expect(
    parted
      .map(({ lineId, quantity }) => ({ lineId, quantity }))
      .sort((a, b) => Number(b.quantity - a.quantity)),
  ).toEqual([
    { lineId: large.line.id, quantity: 22n },
    { lineId: small.line.id, quantity: 10n },
  ]);
  await packDelivery(world.as(team.storekeeper), {
    needId: large.needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  expect(await wrongs(world)).toEqual([]);
});

test("what is proposed is nobody else's: no donor, no other proposal, no write-off and no packing takes it", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 10n });
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 6n }] });
  const other = await aPublishedWish(world, team, { lines: [{ quantity: 20n }] });
  await aProposal(world, team, lot.id, line.id, 6n);
  await expect(pledgeItems(world.as(await aDonor(world)), aPledgeOf(world, line.id))).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
  });
  await expect(aProposal(world, team, lot.id, other.line.id, 5n)).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 4 },
  });
  const off = {
    lotId: lot.id,
    pointId: team.point.id,
    quantity: 5n,
    reason: "damaged" as const,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  };
  await expect(writeOff(world.as(team.storekeeper), off)).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 4 },
  });
  await expect(
    db.update(lotStock).set({ quantity: 5n }).where(eq(lotStock.lotId, lot.id)),
  ).rejects.toMatchObject({ cause: { constraint_name: "lot_stock_reserved" } });
  await expect(
    db.update(lotStock).set({ reserved: 11n }).where(eq(lotStock.lotId, lot.id)),
  ).rejects.toMatchObject({ cause: { constraint_name: "lot_stock_reserved" } });
  expect(await wrongs(world)).toEqual([]);
});

test("100 proposals and pledges at once for 30 open units and 20 in the store give each unit once", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 20n });
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 30n }] });
  const donors = await Promise.all(Array.from({ length: 50 }, () => aDonor(world)));
  const outcomes = await Promise.allSettled(
    donors.flatMap((donor) => [
      aProposal(world, team, lot.id, line.id, 1n),
      pledgeItems(world.as(donor), aPledgeOf(world, line.id)),
    ]),
  );
  const proposed = outcomes.filter(
    (outcome, index) => index % 2 === 0 && outcome.status === "fulfilled",
  ).length;
  const pledged = outcomes.filter(
    (outcome, index) => index % 2 === 1 && outcome.status === "fulfilled",
  ).length;
  expect(proposed + pledged).toBe(30);
  expect(proposed).toBeLessThanOrEqual(20);
  expect(new Set(codes(outcomes))).toEqual(new Set(["done", "NOT_ENOUGH_LEFT"]));
  expect(await stockOf(world, lot.id)).toEqual({ quantity: 20n, reserved: BigInt(proposed) });
  expect(await lineOf(world, line.id)).toMatchObject({ held: 30n, open: 0n });
  expect(await wrongs(world)).toEqual([]);
});

test("many who decide at once, and the clock beside them: one of them does, and what was kept is released once", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 10n });
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 10n }] });
  const { allocationId } = await aProposal(world, team, lot.id, line.id, 10n);
  const others = await Promise.all(
    Array.from({ length: 5 }, () => aPerson(world, { role: "operator", scope: { kind: "city" } })),
  );
  const decided = await Promise.allSettled(
    others.flatMap((actor) => [
      decideAllocation(world.as(actor), allocationId, "approve"),
      decideAllocation(world.as(actor), allocationId, "reject"),
    ]),
  );
  expect(codes(decided).filter((code) => code === "done")).toHaveLength(1);
  expect(new Set(codes(decided))).toEqual(new Set(["done", "WRONG_STATE"]));
  expect((await stockOf(world, lot.id)).reserved).toBe(0n);
  expect((await lineOf(world, line.id)).held).toBe(0n);
  expect(await wrongs(world)).toEqual([]);
});

test("nobody decides what they proposed, nor what becomes of their own goods; a slip is taken back by whoever made it", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 5n, donor: team.secondOperator });
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 5n }] });
  const { allocationId } = await aProposal(world, team, lot.id, line.id, 5n);
  for (const decision of ["approve", "reject"] as const) {
    await expect(decideAllocation(world.as(team.operator), allocationId, decision)).rejects.toMatchObject({
      code: "FOUR_EYES",
    });
    await expect(
      decideAllocation(world.as(team.secondOperator), allocationId, decision),
    ).rejects.toMatchObject({ code: "FOUR_EYES" });
  }

  for (const actor of [team.caseworker, team.reviewer, team.courier, team.storekeeper]) {
    await expect(decideAllocation(world.as(actor), allocationId, "approve")).rejects.toMatchObject({
      code: "NOT_ALLOWED",
    });
  }

  await expect(withdrawAllocation(world.as(team.secondOperator), allocationId)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await withdrawAllocation(world.as(team.operator), allocationId);
  expect(await stockOf(world, lot.id)).toEqual({ quantity: 5n, reserved: 0n });
  expect((await lineOf(world, line.id)).open).toBe(5n);
  await expect(
    db
      .update(allocations)
      .set({ state: "applied", decidedBy: team.operator.userId })
      .where(eq(allocations.id, allocationId)),
  ).rejects.toMatchObject({
    cause: { constraint_name: "allocation_four_eyes" },
  });
  expect(await wrongs(world)).toEqual([]);
});

test("a wish that ends lets go of what was proposed for it; one that is suspended is given nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 10n });
  const ended = await aPublishedWish(world, team, { lines: [{ quantity: 4n }] });
  const paused = await aPublishedWish(world, team, { lines: [{ quantity: 6n }] });
  await aProposal(world, team, lot.id, ended.line.id, 4n);
  const { allocationId } = await aProposal(world, team, lot.id, paused.line.id, 6n);
  await withdrawNeed(world.as(team.caseworker), ended.needId, "moved");
  expect(await stockOf(world, lot.id)).toEqual({ quantity: 10n, reserved: 6n });
  await suspendNeed(world.as(team.operator), paused.needId, "complaint");
  await expect(
    decideAllocation(world.as(team.secondOperator), allocationId, "approve"),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(await wrongs(world)).toEqual([]);
});

test("a wish that is withdrawn while it is decided ends either way with every unit in one place", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  for (let round = 0; round < 4; round += 1) {
    const { lot } = await aFreeLot(world, team, { quantity: 3n });
    const wish = await aPublishedWish(world, team, { lines: [{ quantity: 3n }] });
    const { allocationId } = await aProposal(world, team, lot.id, wish.line.id, 3n);
    await Promise.allSettled([
      decideAllocation(world.as(team.secondOperator), allocationId, "approve"),
      withdrawNeed(world.as(team.caseworker), wish.needId, "moved"),
    ]);
    expect(await lineOf(world, wish.line.id)).toMatchObject({ held: 0n, inHub: 0n });
  }

  expect(await wrongs(world)).toEqual([]);
});

test("what is freed when a wish ends is matched like what was offered", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 3n });
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 3n }] });
  const { allocationId } = await aProposal(world, team, lot.id, wish.line.id, 3n);
  await decideAllocation(world.as(team.secondOperator), allocationId, "approve");
  expect((await freeLots(world.system, { lotId: lot.id })).rows).toEqual([]);
  await withdrawNeed(world.as(team.caseworker), wish.needId, "moved");
  const { rows } = await freeLots(world.system, { lotId: lot.id });
  expect(rows.map(({ free }) => free)).toEqual([3n]);
  await aPublishedWish(world, team, { lines: [{ quantity: 1n }] });
  expect((await candidatesFor(world.as(team.operator), lot.id)).rows.length).toBeGreaterThan(0);
});
