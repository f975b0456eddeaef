import { parse } from "csv-parse/sync";
import { and, eq, inArray } from "drizzle-orm";
import { expect } from "vitest";
import { GOODS_CHECKS } from "~/domain/books/goodsChecks.server";
import {
  goodsBook,
  goodsNow,
  goodsTotals,
  refusedGoods,
  wholeGoodsBook,
} from "~/domain/books/goodsQueries.server";
import { moveGoods } from "~/domain/books/moveGoods.server";
import { reassignUnits } from "~/domain/books/reassignUnits.server";
import { runChecks } from "~/domain/checks.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { itemsOf } from "~/domain/delivery/machine.server";
import { markLost } from "~/domain/delivery/markLost.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import { gathered } from "~/domain/kernel/batches";
import { loader as goodsCsv } from "~/routes/finance/goodsCsv";
import type { Database } from "~db/client";
import { goodsMoves, lots, lotStock } from "~db/schema/books";
import {
  aHandover,
  anInspection,
  aParcel,
  aParcelOut,
  aStockedWish,
  discarding,
} from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aPerson, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { argsFor } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

/** The lots of one gift as an accountant reads them: where how many went. */
async function story(db: Database, pledgeId: string): Promise<string[]> {
  const ids = (await db.select({ id: lots.id }).from(lots).where(eq(lots.pledgeId, pledgeId))).map(
    (lot) => lot.id,
  );
  const moves = await db
    .select()
    .from(goodsMoves)
    .where(inArray(goodsMoves.lotId, ids))
    .orderBy(goodsMoves.id);
  return moves.map(
    (move) => `${move.fromKind} -> ${move.toKind} ${move.quantity}${move.reason ? ` (${move.reason})` : ""}`,
  );
}

test("story: five bags, one stolen on the way, three handed over, the last one still with the deliverer", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team, { quantity: 5n });
  const [item] = await db.transaction((tx) => itemsOf(tx, out.deliveryId));
  const itemId = item?.id ?? "";
  const stolen = {
    items: [{ itemId, quantity: 1n }],
    reason: "stolen" as const,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  };
  await markLost(world.as(team.operator), out.deliveryId, stolen);
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: out.secret.digits, items: [{ itemId, quantity: 3n }] }),
  );
  expect(await story(db, out.gift.pledge.id)).toEqual([
    "donor -> point 5",
    "point -> courier 5",
    "courier -> lost 1 (stolen)",
    "courier -> recipient 3",
  ]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("the same source moves the same lot between the same places once; with another quantity it is a fault of ours", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team, { quantity: 5n });
  const [lot] = await db.select().from(lots).where(eq(lots.label, wish.label));
  const event = {
    lotId: lot?.id ?? "",
    from: { kind: "point", id: team.point.id },
    to: { kind: "disposed" },
    quantity: 2n,
    source: { type: "test", id: world.system.newId() },
  } as const;
  const move = (quantity = 2n) => db.transaction((tx) => moveGoods(tx, world.system, { ...event, quantity }));
  expect(await move()).toBe(true);
  expect(await move()).toBe(false);
  await expect(move(3n)).rejects.toThrow(/another quantity/);
  const [left] = await db
    .select()
    .from(lotStock)
    .where(and(eq(lotStock.lotId, event.lotId), eq(lotStock.place, `point:${team.point.id}`)));
  expect(left?.quantity).toBe(3n);
});

test("forty movers take from a place of five at once: five get one each, and it is never below nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team, { quantity: 5n });
  const take = await discarding(world, team, wish.label);
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, take));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(5);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "NOT_ENOUGH_LEFT" });
});

test("units that part from their lot keep value, date and origin, and nothing is lost or made", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team, { quantity: 5n, bestBefore: "2026-12-31" });
  const [lot] = await db.select().from(lots).where(eq(lots.label, wish.label));
  const part = (quantity: bigint) =>
    db.transaction((tx) =>
      reassignUnits(tx, world.system, {
        lotId: lot?.id ?? "",
        pointId: team.point.id,
        quantity,
        lineId: wish.line.id,
        source: { type: "test", id: world.system.newId() },
      }),
    );
  const [first, second] = [await part(2n), await part(1n)];
  await expect(part(3n)).rejects.toMatchObject({ code: "NOT_ENOUGH_LEFT", params: { left: 2 } });
  const parted = await db
    .select()
    .from(lots)
    .where(inArray(lots.id, [first.lotId, second.lotId]))
    .orderBy(lots.quantity);
  expect(parted).toMatchObject([
    {
      quantity: 1n,
      splitFrom: lot?.id,
      unitValueFen: 12_000n,
      bestBefore: "2026-12-31",
      pledgeId: wish.gift.pledge.id,
    },
    { quantity: 2n, splitFrom: lot?.id, unitValueFen: 12_000n },
  ]);
  expect((await runChecks(db, GOODS_CHECKS)).flatMap((check) => check.wrong)).toEqual([]);
});

test("the file's sums are the page's sums, for the whole book and for any days of it", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const finance = await aPerson(world, {
    role: "finance",
    scope: { kind: "charity", id: world.system.newId() },
  });
  await aParcelOut(world, team, { quantity: 4n });
  world.clock.advance({ days: 3 });
  const out = await aParcelOut(world, team, { quantity: 2n });
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: out.secret.digits }),
  );
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 3n }] });
  const gift = await aConfirmedGift(world, await aDonor(world), wish.line.id, 3n);
  const { parcelId } = await receiveParcel(
    world.as(team.storekeeper),
    aParcel(world, team, gift.pledge.id, 3n),
  );
  const { unitValueFen: _none, ...notValued } = anInspection(world, 2n, 1n, { valueBasis: "not_valued" });
  await inspectParcel(world.as(team.storekeeper), parcelId, notValued);

  const ctx = world.as(finance);
  for (const filter of [
    {},
    { to: "2026-03-04" },
    { from: "2026-03-05", to: "2026-03-05" },
    { from: "2026-04-01" },
  ]) {
    const answer = await goodsCsv(
      await argsFor(
        world,
        finance,
        `http://portal.test/finance/goods.csv?${new URLSearchParams(filter).toString()}`,
      ),
    );
    const rows = parse<Record<string, string>>(await answer.text(), { columns: true, bom: true });
    const sums = new Map<string, { moves: number; units: bigint; fen: bigint }>();
    for (const row of rows) {
      const key = `${row["from"] ?? ""} ${row["to"] ?? ""}`;
      const sum = sums.get(key) ?? { moves: 0, units: 0n, fen: 0n };
      sums.set(key, {
        moves: sum.moves + 1,
        units: sum.units + BigInt(row["quantity"] ?? 0),
        fen: sum.fen + BigInt((row["value_cny"] || "0.00").replace(".", "")),
      });
    }

    const totals = await goodsTotals(ctx, filter);
    expect(
      new Map(
        totals.map((total) => [
          `${total.from} ${total.to}`,
          { moves: total.moves, units: total.units, fen: total.valueFen },
        ]),
      ),
    ).toEqual(sums);
    for (const few of [1, 3])
      expect(await gathered(wholeGoodsBook(ctx, filter, few))).toEqual(
        await gathered(wholeGoodsBook(ctx, filter)),
      );
  }

  const now = await goodsNow(ctx);
  expect(Object.fromEntries(now.map((row) => [row.kind, row.units]))).toMatchObject({
    recipient: expect.anything() as unknown,
  });
  expect(await refusedGoods(ctx, {})).toEqual([{ to: "returned", units: 1n }]);
});

test("the book turns its pages by key, each move once", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team, { quantity: 9n });
  const [lot] = await db.select().from(lots).where(eq(lots.label, wish.label));
  const [here, there] = [{ kind: "point", id: team.point.id } as const, { kind: "disposed" } as const];
  for (let round = 0; round < 60; round += 1) {
    const [from, to] = round % 2 === 0 ? [here, there] : [there, here];
    await db.transaction((tx) =>
      moveGoods(tx, world.system, {
        lotId: lot?.id ?? "",
        from,
        to,
        quantity: 1n,
        source: { type: "test", id: world.system.newId() },
      }),
    );
  }

  const ctx = world.as(team.operator);
  const seen: string[] = [];
  for (let page = await goodsBook(ctx, {}); ; page = await goodsBook(ctx, {}, page.next)) {
    seen.push(...page.rows.map((row) => row.move.id));
    if (!page.next) break;
  }

  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength((await db.select({ id: goodsMoves.id }).from(goodsMoves)).length);
});

test("only finance, audit and the city read the book", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  for (const person of [team.storekeeper, team.caseworker, team.courier, await aDonor(world)])
    await expect(goodsBook(world.as(person), {})).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(goodsBook(world.as({ kind: "visitor" }), {})).rejects.toMatchObject({
    code: "SIGN_IN_NEEDED",
  });
});

test("what is recorded while the file is read is not in it", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  await aStockedWish(world, team, { quantity: 2n });
  const ctx = world.as(team.operator);
  const before = await gathered(wholeGoodsBook(ctx, {}));
  const file = wholeGoodsBook(ctx, {}, 1);
  const first = await file.next();
  world.clock.advance({ minutes: 1 });
  await aStockedWish(world, team, { quantity: 2n });
  expect([...(first.value ?? []), ...(await gathered(file))]).toEqual(before);
  expect((await gathered(wholeGoodsBook(ctx, {}))).length).toBeGreaterThan(before.length);
});
