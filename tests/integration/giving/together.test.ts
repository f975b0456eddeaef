import { eq, inArray, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import type { UserActor } from "~/domain/kernel/actor";
import { connect } from "~db/client";
import { gifts, pledges } from "~db/schema/giving";
import { journal, outbox } from "~db/schema/journal";
import { needLines, publicNeeds } from "~db/schema/needs";
import { aPledgeOf, choices } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const wrongs = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);
const donorsOf = (world: World, count: number) =>
  Promise.all(Array.from({ length: count }, () => aDonor(world)));
const aWishOf = async (world: World, quantity: bigint) =>
  aPublishedWish(world, await aTeam(world), { lines: [{ quantity }] });

/** What became of each that was asked in one moment, in the order in which they were asked. */
async function outcomes(asked: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(asked);
  return settled.map((one) =>
    one.status === "fulfilled" ? "held" : ((one.reason as { code?: string }).code ?? "fault"),
  );
}

/** In how many transactions the gifts were written. */
async function transactions({ db }: World): Promise<number> {
  const [row] = await db.select({ n: sql<number>`count(distinct xmin::text)::int` }).from(gifts);
  return row?.n ?? 0;
}

test("a moment's baskets share a transaction, and get what there is in the order in which they came", async ({
  db,
}) => {
  const world = aWorld(db);
  const { needId, line } = await aWishOf(world, 25n);
  const donors = await donorsOf(world, 40);
  const asked = donors.map((donor) => pledgeItems(world.as(donor), aPledgeOf(world, line.id)));
  const all = await outcomes(asked);
  expect(all).toEqual(donors.map((_donor, at) => (at < 25 ? "held" : "NOT_ENOUGH_LEFT")));
  expect(await transactions(world)).toBe(1);

  const events = await db
    .select({ actor: journal.actorId })
    .from(journal)
    .where(eq(journal.event, "pledge.hold"));
  expect(events.map(({ actor }) => actor).sort()).toEqual(
    donors
      .slice(0, 25)
      .map(({ userId }) => userId)
      .sort(),
  );
  const [shown] = await db.select().from(publicNeeds).where(eq(publicNeeds.needId, needId));
  expect(shown?.isOpen).toBe(false);
  expect(await wrongs(world)).toEqual([]);
});

test("of ten units, baskets of four, four, four and two get four, four, none and two", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aWishOf(world, 10n);
  const donors = await donorsOf(world, 4);
  const asked = donors.map((donor, at) =>
    pledgeItems(world.as(donor), aPledgeOf(world, line.id, [4n, 4n, 4n, 2n][at])),
  );
  expect(await outcomes(asked)).toEqual(["held", "held", "NOT_ENOUGH_LEFT", "held"]);
  await expect(asked[2]).rejects.toMatchObject({ params: { left: 2 } });
  expect(await wrongs(world)).toEqual([]);
});

test("who is refused, and who makes the database fail, fails alone", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aWishOf(world, 50n);
  const [one, greedy, faulty, two] = (await donorsOf(world, 4)).map((donor) => world.as(donor));
  if (!one || !greedy || !faulty || !two) throw new Error("no donors");
  const asked = [
    pledgeItems(one, aPledgeOf(world, line.id)),
    pledgeItems(greedy, aPledgeOf(world, line.id, 11n)),
    pledgeItems({ ...faulty, newId: () => "no id" }, aPledgeOf(world, line.id)),
    pledgeItems(two, aPledgeOf(world, line.id)),
    pledgeItems(world.as(await aDonor(world)), aPledgeOf(world, world.system.newId())),
  ];
  expect(await outcomes(asked)).toEqual(["held", "TOO_MANY_HOLDS", "fault", "held", "NOT_FOUND"]);
  const [after] = await db.select().from(needLines).where(eq(needLines.id, line.id));
  expect(after?.held).toBe(2n);
  expect(await wrongs(world)).toEqual([]);
});

test("one key is done once: twice in a moment, afterwards, and at two copies at once", async ({
  db,
  databaseUrl,
}) => {
  const other = connect(databaseUrl);
  const [world, copy] = [aWorld(db), aWorld(other.db)];
  const keys = world.system.keys;
  const { line } = await aWishOf(world, 50n);
  const [donor, neighbour] = await donorsOf(world, 2);
  if (!donor || !neighbour) throw new Error("no donors");
  const request = aPledgeOf(world, line.id);
  const [first, again, reused] = await Promise.allSettled([
    pledgeItems(world.as(donor), request),
    pledgeItems(world.as(donor), request),
    pledgeItems(world.as(donor), { ...request, lines: [{ lineId: line.id, quantity: 2n }] }),
    pledgeItems(world.as(neighbour), aPledgeOf(world, line.id)),
  ]);
  expect(again).toEqual(first);
  expect(reused).toMatchObject({ reason: { code: "REQUEST_KEY_REUSED" } });
  expect([await pledgeItems(world.as(donor), request)]).toEqual([
    first.status === "fulfilled" && first.value,
  ]);

  for (let turn = 0; turn < 5; turn += 1) {
    const both = aPledgeOf(world, line.id);
    const codes = await Promise.all(
      [world, copy].map((at) => pledgeItems({ ...at.as(neighbour), keys }, both)),
    );
    expect(codes[0]).toEqual(codes[1]);
  }

  expect(await db.select().from(gifts)).toHaveLength(7);
  expect(await wrongs(world)).toEqual([]);
  await other.close();
});

test("one person's baskets of one moment count to one limit, and what they did not get does not count", async ({
  db,
  databaseUrl,
}) => {
  const other = connect(databaseUrl);
  const [world, copy] = [aWorld(db), aWorld(other.db)];
  const { line } = await aWishOf(world, 100n);
  const few = await aWishOf(world, 1n);
  const [donor, racer] = await donorsOf(world, 2);
  if (!donor || !racer) throw new Error("no donors");
  const basket = (...lines: { lineId: string; quantity: bigint }[]) =>
    pledgeItems(world.as(donor), { lines, requestKey: world.system.newId() });
  const asked = [
    basket({ lineId: line.id, quantity: 4n }, { lineId: few.line.id, quantity: 3n }),
    basket({ lineId: line.id, quantity: 7n }),
    basket({ lineId: line.id, quantity: 6n }),
    basket({ lineId: line.id, quantity: 1n }),
  ];
  expect(await outcomes(asked)).toEqual(["held", "TOO_MANY_HOLDS", "held", "TOO_MANY_HOLDS"]);

  const both = [world, copy, world, copy].map((at) =>
    pledgeItems(at.as(racer), aPledgeOf(world, line.id, 4n)),
  );
  expect((await outcomes(both)).sort()).toEqual(["TOO_MANY_HOLDS", "TOO_MANY_HOLDS", "held", "held"]);
  await other.close();
});

const heldBy = (world: World, donors: readonly UserActor[], lineId: string) =>
  Promise.all(
    donors.map(async (donor) => ({
      donor,
      ...(await pledgeItems(world.as(donor), aPledgeOf(world, lineId))),
    })),
  );

test("a moment's confirmations share a transaction; each has its own link, journal row and letter, or its own refusal", async ({
  db,
}) => {
  const world = aWorld(db);
  const { line } = await aWishOf(world, 30n);
  const held = await heldBy(world, await donorsOf(world, 12), line.id);
  const stranger = await aDonor(world);
  const before = { ...choices(world), arrivalWay: "pick_up", day: "2020-01-01", part: "morning" } as const;
  const collected = { ...before, address: "民族东路 1 号", phone: "13800000000" };
  const asked = held.map(({ donor, giftCode }, at) =>
    at === 5
      ? confirmGift(world.as(stranger), giftCode, choices(world))
      : confirmGift(world.as(donor), giftCode, at === 7 ? collected : choices(world)),
  );
  const all = await outcomes(asked);
  expect(all.map((one, at) => (one === "held" ? at : one))).toEqual([
    ...[0, 1, 2, 3, 4, "NOT_FOUND", 6, "DAY_NOT_OFFERED", 8, 9, 10, 11],
  ]);
  const links = (await Promise.allSettled(asked)).flatMap((one) =>
    one.status === "fulfilled" ? one.value : [],
  );
  expect(new Set(links.map(({ trackToken }) => trackToken)).size).toBe(10);

  const confirmed = await db.select().from(journal).where(eq(journal.event, "pledge.confirm"));
  const owners = held.filter((_one, at) => at !== 5 && at !== 7).map(({ donor }) => donor.userId);
  expect(confirmed.map(({ actorId }) => actorId).sort()).toEqual(owners.sort());
  const letters = await db
    .select()
    .from(outbox)
    .where(
      inArray(
        outbox.journalId,
        confirmed.map(({ id }) => id),
      ),
    );
  expect(letters).toHaveLength(10);
  const [after] = await db.select().from(needLines).where(eq(needLines.id, line.id));
  expect([after?.held, after?.pledged]).toEqual([2n, 10n]);
  expect(await wrongs(world)).toEqual([]);

  const more = await heldBy(world, await donorsOf(world, 8), line.id);
  await Promise.all(
    more.map(({ donor, giftCode }) => confirmGift(world.as(donor), giftCode, choices(world))),
  );
  const last = await db
    .select({ n: sql<number>`count(distinct xmin::text)::int` })
    .from(pledges)
    .where(
      inArray(
        pledges.donorId,
        more.map(({ donor }) => donor.userId),
      ),
    );
  expect(last).toEqual([{ n: 1 }]);
});

test("a line that somebody else holds fast does not hold up those who want another", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const [stuck, free] = [await aWishOf(world, 5n), await aWishOf(world, 5n)];
  const [one, two] = await donorsOf(world, 2);
  if (!one || !two) throw new Error("no donors");
  let waits: Promise<unknown> = Promise.resolve();
  await owner.begin(async (held) => {
    await held`select 1 from need_line where id = ${stuck.line.id} for update`;
    waits = pledgeItems(world.as(one), aPledgeOf(world, stuck.line.id));
    const answer = await pledgeItems(world.as(two), aPledgeOf(world, free.line.id));
    expect(answer.held).toBe(1);
  });
  expect(await waits).toMatchObject({ held: 1 });
});
