import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { approveMany, proposeMany } from "~/domain/matching/manyAtOnce.server";
import { matchingPage } from "~/domain/matching/queries.server";
import { allocations } from "~db/schema/matching";
import { aFreeLot, aProposal } from "../../factories/matching";
import { aPublishedWish } from "../../factories/needs";
import { aTeam, GUZHEN, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const pairsOf = async (world: World, team: Team) =>
  (await matchingPage(world.as(team.operator))).lots.rows.flatMap(({ pairs }) =>
    pairs.map(({ lotId, quantity, candidate }) => ({
      lotId,
      lineId: candidate.line.id,
      quantity,
      requestKey: world.system.newId(),
    })),
  );

test("what is chosen beforehand gives each unit once: the next lot goes on where the one before it ended", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const first = await aFreeLot(world, team, { quantity: 5n, objectKind: "bag" });
  const second = await aFreeLot(world, team, { quantity: 4n, objectKind: "bag" });
  const wishes = await Promise.all(
    [3n, 3n, 3n].map((quantity) => aPublishedWish(world, team, { lines: [{ quantity, objectKind: "bag" }] })),
  );
  const pairs = await pairsOf(world, team);
  const units = (lotId: string) =>
    pairs.filter((pair) => pair.lotId === lotId).map(({ quantity }) => quantity);
  expect(units(first.lot.id)).toEqual([3n, 2n]);
  expect(units(second.lot.id)).toEqual([1n, 3n]);
  expect(new Set(pairs.map(({ lineId }) => lineId))).toEqual(new Set(wishes.map(({ line }) => line.id)));
});

test("all that is ticked is proposed in one press and agreed in another, also when some of it was taken meanwhile; twice is once", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 3n, objectKind: "bag" });
  for (let n = 0; n < 3; n += 1)
    await aPublishedWish(world, team, { lines: [{ quantity: 1n, objectKind: "bag" }] });
  const pairs = await pairsOf(world, team);
  expect(pairs).toHaveLength(3);
  await aProposal(world, team, lot.id, pairs[2]?.lineId ?? "", 1n);
  expect(await proposeMany(world.as(team.operator), { pairs })).toEqual({ done: 2, refused: 1 });
  expect(await proposeMany(world.as(team.operator), { pairs })).toEqual({ done: 2, refused: 1 });
  const ids = (await db.select().from(allocations)).map(({ id }) => id);
  expect(ids).toHaveLength(3);
  await expect(approveMany(world.as(team.operator), ids)).rejects.toMatchObject({ code: "FOUR_EYES" });
  expect(await approveMany(world.as(team.secondOperator), [...ids, ids[0] ?? ""])).toEqual({
    done: 3,
    refused: 0,
  });
  await expect(approveMany(world.as(team.secondOperator), ids)).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  expect(await db.select().from(allocations).where(eq(allocations.state, "applied"))).toHaveLength(3);
  expect((await runChecks(world.db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("the desk shows who waits for what is free, longest waiting first, and of a filter only those it names", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  await aFreeLot(world, team, { quantity: 9n, objectKind: "bag" });
  const near = await aPublishedWish(world, team, { lines: [{ quantity: 1n, objectKind: "bag" }] });
  const far = await aPublishedWish(world, elsewhere, { lines: [{ quantity: 2n, objectKind: "bag" }] });
  await aPublishedWish(world, team, { lines: [{ quantity: 1n, objectKind: "quilt" }] });
  const desk = (filter: Parameters<typeof matchingPage>[2]) =>
    matchingPage(world.as(team.operator), {}, filter);
  const codes = ({ waiting }: Awaited<ReturnType<typeof desk>>) => waiting.rows.map(({ need }) => need.code);
  const all = await desk({});
  expect(codes(all)).toEqual([near.code, far.code]);
  expect(all.waiting.rows.every(({ chosen }) => chosen)).toBe(true);
  expect(all.waiting.next).toBeUndefined();
  const there = await desk({ town: GUZHEN });
  expect(codes(there)).toEqual([far.code]);
  expect(there.lots.rows.flatMap(({ pairs }) => pairs.map(({ candidate }) => candidate.need.code))).toEqual([
    far.code,
  ]);
  const quilts = await desk({ kind: "quilt" });
  expect(quilts.lots.rows).toEqual([]);
  expect(quilts.waiting.rows).toHaveLength(1);
  expect(
    (await matchingPage(world.as(team.operator), { waitingAfter: near.line.id })).waiting.rows,
  ).toHaveLength(1);
});
