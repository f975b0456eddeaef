import { and, eq, inArray } from "drizzle-orm";
import type postgres from "postgres";
import { expect } from "vitest";
import { expireHolds, remindOverdue } from "~/domain/giving/clocks.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { retryWaitingEvents } from "~/domain/payments/handleStripeEvent.server";
import { runClocks } from "~/worker/clocks.server";
import { pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";
import { financeTasks, stripeEvents } from "~db/schema/payments";
import { aPledgeOf } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const FIRST = "00000000-0000-7000-8000-000000000001";

/** So many holds of one unit each on one line, all over tomorrow. */
async function holds(world: World, owner: postgres.Sql, count: number) {
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 2n }] });
  await pledgeItems(world.as(await aDonor(world)), aPledgeOf(world, line.id));
  await owner`insert into pledge select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid()))).* from pledge p, generate_series(2, ${count}) where p.line_id = ${line.id}`;
  await owner`update need_line set requested = ${count + 5}, held = ${count} where id = ${line.id}`;
  world.clock.advance({ days: 2 });
  return line.id;
}

/**
 * A hold that sorts before all others and says more units than its line holds: giving them back is refused.
 */
const aBadHold = (owner: postgres.Sql, lineId: string) =>
  owner`insert into pledge select (jsonb_populate_record(p, ${owner.json({ id: FIRST, quantity: 10_000 })}::jsonb)).* from pledge p where p.line_id = ${lineId} limit 1`;

async function held(world: World, lineId: string) {
  const [line] = await world.db.select().from(needLines).where(eq(needLines.id, lineId));
  return {
    open: line?.open,
    held: line?.held,
    live: await world.db.$count(pledges, and(eq(pledges.lineId, lineId), eq(pledges.state, "promised"))),
  };
}

test("a hold that cannot end keeps no other from ending: it is named with its clock, and again in the next run", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const lineId = await holds(world, owner, 4);
  await aBadHold(owner, lineId);
  expect(await expireHolds(world.system)).toBe(4);
  expect(await held(world, lineId)).toEqual({ open: 9n, held: 0n, live: 1 });
  expect(world.faults.map(({ work, id }) => [work, id])).toEqual([["expireHolds", FIRST]]);
  expect(await expireHolds(world.system)).toBe(0);
  expect(world.faults.map(({ id }) => id)).toEqual([FIRST, FIRST]);
});

test("450 holds that are over end in one run, with one that fails before them", async ({ db, owner }) => {
  const world = aWorld(db);
  const lineId = await holds(world, owner, 450);
  await aBadHold(owner, lineId);
  expect(await expireHolds(world.system)).toBe(450);
  expect(await held(world, lineId)).toEqual({ open: 455n, held: 0n, live: 1 });
  expect(world.faults).toHaveLength(1);
});

test("two workers at once: each hold ends once, and its units go back once", async ({ db, owner }) => {
  const world = aWorld(db);
  const lineId = await holds(world, owner, 60);
  const done = await Promise.all([expireHolds(world.system), expireHolds(world.system)]);
  expect(done[0] + done[1]).toBe(60);
  expect(await held(world, lineId)).toEqual({ open: 65n, held: 0n, live: 0 });
  const ids = await db.select({ id: pledges.id }).from(pledges).where(eq(pledges.lineId, lineId));
  const ended = and(
    inArray(
      journal.entityId,
      ids.map(({ id }) => id),
    ),
    eq(journal.event, "pledge.expire"),
  );
  expect(await db.$count(journal, ended)).toBe(60);
  expect(world.faults).toEqual([]);
});

test("what stopped being due while the rows before it were done is left alone", async ({ db, owner }) => {
  const world = aWorld(db);
  const lineId = await holds(world, owner, 2);
  const taken: string[] = [];
  const done = await eachDueRow(
    world.system,
    "expireHolds",
    pledges,
    and(eq(pledges.lineId, lineId), eq(pledges.state, "promised")),
    async (_tx, { id }) => {
      taken.push(id);
      await owner`update pledge set state = 'confirmed' where line_id = ${lineId} and id <> ${id}`;
    },
  );
  expect([done, taken.length]).toEqual([1, 1]);
});

test("a clock that fails as a whole is named, and those behind it run", async ({ db }) => {
  const world = aWorld(db);
  const ran = await runClocks(world.system, [
    { name: "broken", everyMinutes: 1, run: () => Promise.reject(new Error("no table")) },
    { name: "remindOverdue", everyMinutes: 1, run: remindOverdue },
  ]);
  expect(ran).toEqual(["broken", "remindOverdue"]);
  expect(world.faults.map(({ work, id }) => [work, id])).toEqual([["clocks", "broken"]]);
});

test("an event of a payment that nobody can read keeps no other waiting; after three days it is a task for finance", async ({
  db,
}) => {
  const world = aWorld(db);
  const event = (id: string, payload: string) => ({
    id,
    type: "checkout.session.completed",
    account: null,
    objectId: `cs_${id}`,
    payload,
    receivedAt: world.clock.now(),
    outcome: "waiting" as const,
  });
  const nothing = JSON.stringify({
    id: "evt_2",
    type: "x",
    account: null,
    livemode: false,
    createdAt: world.clock.now(),
    objectId: "x",
    session: null,
    refund: null,
  });
  await db.insert(stripeEvents).values([event("evt_1", "no event at all"), event("evt_2", nothing)]);
  const outcomes = async () =>
    (await db.select().from(stripeEvents).orderBy(stripeEvents.id)).map(({ outcome, attempts }) => [
      outcome,
      attempts,
    ]);
  await retryWaitingEvents(world.system);
  expect(await outcomes()).toEqual([
    ["waiting", 1],
    ["ignored", 0],
  ]);
  expect(world.faults.map(({ work, id }) => [work, id])).toEqual([["retryWaitingEvents", "evt_1"]]);
  world.clock.advance({ days: 3, minutes: 1 });
  await retryWaitingEvents(world.system);
  expect((await outcomes())[0]).toEqual(["refused", 2]);
  expect(
    await db.select({ kind: financeTasks.kind, reference: financeTasks.reference }).from(financeTasks),
  ).toEqual([{ kind: "unknown_session", reference: "cs_evt_1" }]);
  await retryWaitingEvents(world.system);
  expect(world.faults).toHaveLength(2);
});
