import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { sweepOne } from "~/domain/payments/sweepPayments.server";
import { moneyEntries } from "~db/schema/books";
import { gifts, pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { checkouts } from "~db/schema/payments";
import { aPublishedWish } from "../factories/needs";
import { aDonor, aTeam } from "../factories/people";
import { startGivers, type Told } from "../support/givers";
import { aHouse, type House, until } from "../support/house";

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const UNITS = 3_000n;

/** A house with one wish that never runs out, and people who give to it. */
async function aBusyHouse(drainSeconds = 0) {
  const house = await aHouse();
  ending.push(house.end);
  const { world } = house;
  const { line, code } = await aPublishedWish(world, await aTeam(world), {
    heads: 5_000,
    lines: [{ quantity: UNITS, unitPriceFen: 1_000n }],
  });
  const donors = [];
  for (let count = 0; count < 9; count += 1) donors.push(await aDonor(world));
  const readyMs = await house.startPortal(drainSeconds);
  const givers = startGivers(
    house,
    { code, lineId: line.id },
    { promising: donors.slice(0, 6), paying: donors.slice(6) },
  );
  return { house, givers, line, donors: donors.map(({ userId }) => userId), readyMs };
}

/**
 * Whatever was answered as done is there, once; what nobody was told of is there once or not at all; and
 * every rule of the house holds.
 */
async function requireAllOfIt(
  { desk, world }: House,
  told: Told,
  { lineId, donors }: { lineId: string; donors: readonly string[] },
): Promise<void> {
  const { db } = world;
  // What the payment page took while nobody listened is asked for, as the worker does it.
  world.clock.advance({ minutes: 5 });
  const open = await db
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(inArray(checkouts.state, ["open", "processing"]));
  for (const { id } of open) await sweepOne(world.system, id);

  const there = await db
    .select({ code: gifts.code })
    .from(gifts)
    .where(inArray(gifts.donorId, [...donors]));
  const codes = new Set(there.map(({ code }) => code));
  expect([...told.held.values()].filter((code) => !codes.has(code))).toEqual([]);
  // No key made two gifts.
  expect(new Set(told.held.values()).size).toBe(told.held.size);
  expect([...told.asOther]).toEqual([]);
  expect(codes.size).toBeLessThanOrEqual(told.sent.size);
  const confirmed = await db
    .select({ code: gifts.code })
    .from(gifts)
    .innerJoin(pledges, eq(pledges.giftId, gifts.id))
    .where(
      and(
        inArray(gifts.code, [...told.confirmed]),
        isNotNull(gifts.confirmedAt),
        eq(pledges.state, "confirmed"),
      ),
    );
  expect(confirmed).toHaveLength(told.confirmed.size);

  const paid = await db
    .select({ session: checkouts.sessionId, state: checkouts.state, intent: checkouts.paymentIntentId })
    .from(checkouts)
    .where(inArray(checkouts.sessionId, [...told.paid]));
  expect(paid.filter(({ state }) => state !== "paid")).toEqual([]);
  expect(paid).toHaveLength(told.paid.size);
  const booked = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(moneyEntries)
    .where(eq(moneyEntries.kind, "receive"));
  const taken = Object.values(desk.state.sessions).filter(
    ({ status, payment = "paid" }) => status === "complete" && payment === "paid",
  );
  expect(booked).toEqual([{ n: taken.length }]);

  const [line] = await db.select().from(needLines).where(eq(needLines.id, lineId));
  const [promised] = await db
    .select({ units: sql<string>`sum(${pledges.quantity})` })
    .from(pledges)
    .where(
      and(eq(pledges.lineId, lineId), inArray(pledges.state, ["promised", "paying", "confirmed", "paid"])),
    );
  expect(line && UNITS - line.open).toBe(BigInt(promised?.units ?? 0));
  expect((await runChecks(db)).flatMap(({ wrong }) => wrong)).toEqual([]);
}

test("kill -9 of the portal, of the database, and of both while people give: ready again within seconds, what was told is there, nothing is paid twice", async () => {
  const { house, givers, line, donors, readyMs } = await aBusyHouse();
  const took = [`start ${readyMs} ms`];
  await givers.goOn(15);

  await house.endPortal("SIGKILL");
  took.push(`portal killed, ready after ${await house.startPortal()} ms`);
  await givers.goOn(15);

  // The portal lives on without its database, says so, and is ready by itself once it is there again.
  await house.killDatabase();
  await until(
    async () => (await house.health()).status === 503,
    "a portal that says that its database is gone",
  );
  const page = await fetch(`${house.url}/sign-in`);
  expect({
    status: page.status,
    again: page.headers.get("retry-after"),
    text: await page.text(),
  }).toMatchObject({
    status: 503,
    again: "60",
    text: expect.stringContaining("系统暂时打不开，请稍后再试。") as string,
  });
  const databaseMs = await house.startDatabase();
  took.push(
    `database killed, there after ${databaseMs} ms, ready ${await until(async () => (await house.health()).status === 200, "the portal")} ms later`,
  );
  await givers.goOn(15);

  await Promise.all([house.killDatabase(), house.endPortal("SIGKILL")]);
  took.push(
    `both killed, database there after ${await house.startDatabase()} ms, portal ready after ${await house.startPortal()} ms`,
  );
  await givers.goOn(15);
  const told = await givers.stop();
  process.stdout.write(`${took.join("; ")}; ${JSON.stringify(Object.fromEntries(told.befell))}\n`);
  expect(told.paid.size).toBeGreaterThan(0);
  // Whoever asked while something was gone was told so, and met no fault of ours.
  expect([...told.befell.keys()].filter((what) => what.startsWith("5"))).toEqual(["503"]);
  await requireAllOfIt(house, told, { lineId: line.id, donors });
});

test("SIGTERM while people give: health says draining, no request is reset, and all that was answered is there", async () => {
  const { house, givers, line, donors } = await aBusyHouse(10);
  await givers.goOn(15);
  const ended = house.endPortal("SIGTERM");
  await until(async () => (await house.health()).said === "draining", "a portal that says that it ends");
  // It takes what still comes; whoever spreads requests has seen it by then, and sends no more.
  await givers.goOn(5);
  const told = await givers.stop();
  expect(await ended).toBe(0);
  expect(Object.keys(Object.fromEntries(told.befell)).filter((what) => !/^[234]\d\d$/.test(what))).toEqual(
    [],
  );
  await requireAllOfIt(house, told, { lineId: line.id, donors });
});
