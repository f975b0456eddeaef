import { and, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { expireHolds } from "~/domain/giving/clocks.server";
import { decideAllocation, expireAllocations } from "~/domain/matching/allocate.server";
import { lotStock } from "~db/schema/books";
import { allocations } from "~db/schema/matching";
import { needLines } from "~db/schema/needs";
import { aFreeLot, aProposal } from "../../factories/matching";
import { aPublishedWish } from "../../factories/needs";
import { aTeam } from "../../factories/people";
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

test("a proposal ends by the clock when its 72 hours are over, not before, and once with two workers", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 5n });
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 5n }] });
  const { allocationId } = await aProposal(world, team, lot.id, line.id, 5n);
  world.clock.advance({ hours: 71, minutes: 59 });
  expect(await expireAllocations(world.system)).toBe(0);
  world.clock.advance({ minutes: 1 });
  await expect(
    decideAllocation(world.as(team.secondOperator), allocationId, "approve"),
  ).rejects.toMatchObject({ code: "HOLD_ENDED" });
  await Promise.all([
    expireAllocations(world.system),
    expireAllocations(world.system),
    expireHolds(world.system),
  ]);
  expect(
    await db.select({ state: allocations.state }).from(allocations).where(eq(allocations.id, allocationId)),
  ).toEqual([{ state: "expired" }]);
  expect(await stockOf(world, lot.id)).toEqual({ quantity: 5n, reserved: 0n });
  expect(await lineOf(world, line.id)).toMatchObject({ held: 0n, open: 5n });
  await expect(
    decideAllocation(world.as(team.secondOperator), allocationId, "approve"),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(await wrongs(world)).toEqual([]);
});
