import { asc, eq } from "drizzle-orm";
import type postgres from "postgres";
import { expect } from "vitest";
import { JOURNAL_CHECKS } from "~/domain/kernel/journalChecks.server";
import { makeFaultPort } from "~/server/fault.server";
import { makeServer } from "~/server/makeServer.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { outboxStanding, retrySetAside } from "~/worker/setAside.server";
import { outbox } from "~db/schema/journal";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

/** Two gifts whose letters wait, and nothing else. */
async function twoLetters(world: World) {
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 4n }] });
  while ((await drainOutbox(world.system, 500)) > 0);
  for (let count = 0; count < 2; count += 1) await aConfirmedGift(world, await aDonor(world), line.id);
  return world.db.select().from(outbox).where(eq(outbox.state, "waiting")).orderBy(asc(outbox.id));
}

const away = (world: World) => ({
  ...world.system,
  ports: {
    ...world.system.ports,
    mail: { send: () => Promise.reject(new Error("550 <somebody@example.org> unknown")) },
  },
});
/** Opens once, from elsewhere. */
function aGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A worker whose mail does this while it sends. */
function sending(world: World, meanwhile: (letters: readonly string[]) => Promise<void>) {
  const letters: string[] = [];
  const send = async ({ to }: { to: string }) => {
    letters.push(to);
    await meanwhile(letters);
  };

  return { letters, ctx: { ...world.system, ports: { ...world.system.ports, mail: { send } } } };
}

const stateOf = async (world: World, id: string | undefined) =>
  (
    await world.db
      .select()
      .from(outbox)
      .where(eq(outbox.id, id ?? ""))
  )[0];

test("a mail server that is away for three days costs no letter", async ({ db }) => {
  const world = aWorld(db);
  await twoLetters(world);
  const back = world.clock.now().getTime() + 3 * 24 * 3_600_000;
  while (world.clock.now().getTime() < back) {
    await drainOutbox(away(world), 100);
    world.clock.advance({ hours: 1 });
  }

  expect(world.mails).toEqual([]);
  expect((await outboxStanding(db)).setAside).toBe(0);
  for (let hour = 0; hour < 72; hour += 1) {
    await drainOutbox(world.system, 100);
    world.clock.advance({ hours: 1 });
  }

  expect(world.mails.map((mail) => mail.template)).toEqual(["confirmed", "confirmed"]);
});

test("after ten tries a piece is set aside, named by the nightly check and counted; `outbox retry` puts it back and it is done", async ({
  db,
}) => {
  const world = aWorld(db);
  const [letter] = await twoLetters(world);
  const pauses: number[] = [];
  for (let tried = 1; tried <= 10; tried += 1) {
    await drainOutbox(away(world), 100);
    const row = await stateOf(world, letter?.id);
    expect(row?.attempts).toBe(tried);
    if (row?.state !== "waiting") break;
    const pause = row.runAt.getTime() - world.clock.now().getTime();
    pauses.push(pause);
    world.clock.advance({ minutes: pause / 60_000 });
  }

  expect(pauses).toHaveLength(9);
  expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
  const dead = await stateOf(world, letter?.id);
  expect([dead?.state, dead?.attempts, dead?.lastError]).toEqual(["dead", 10, "Error"]);
  expect(await outboxStanding(db)).toEqual({ oldestWaiting: null, setAside: 2, heldSince: null });
  const check = JOURNAL_CHECKS.find(({ name }) => name === "outbox.flows");
  expect(check && (await db.execute(check.violations))).toHaveLength(2);
  expect(await drainOutbox(world.system, 100)).toBe(0);

  expect(await retrySetAside(world.system)).toBe(2);
  expect(await retrySetAside(world.system)).toBe(0);
  const standing = await outboxStanding(db);
  expect([standing.setAside, standing.oldestWaiting !== null]).toEqual([0, true]);
  // It has all its tries again.
  await drainOutbox(away(world), 100);
  expect((await stateOf(world, letter?.id))?.state).toBe("waiting");
  world.clock.advance({ minutes: 1 });
  expect(await drainOutbox(world.system, 100)).toBe(2);
  expect(world.mails).toHaveLength(2);
});

/** Pieces that were tried go by themselves, those that were not together. */
for (const tried of [0, 1])
  test(`a piece that another worker has taken meanwhile is left to it: it is not done by both (tried ${tried} times)`, async ({
    db,
  }) => {
    const world = aWorld(db);
    await twoLetters(world);
    await db.update(outbox).set({ attempts: tried }).where(eq(outbox.state, "waiting"));
    const held = aGate();
    const reached = aGate();
    const slow = sending(world, async (letters) => {
      if (letters.length > 1) return;
      // The first letter took longer than the lease of both; the other worker takes both and is still at the
      // first.
      world.clock.advance({ minutes: 3 });
      second = drainOutbox(other.ctx, 100);
      await reached.opened;
    });
    const other = sending(world, async (letters) => {
      if (letters.length > 1) return;
      reached.open();
      await held.opened;
    });
    let second: Promise<number> = Promise.resolve(0);
    await drainOutbox(slow.ctx, 100);
    held.open();
    await second;
    expect([slow.letters.length, other.letters.length]).toEqual([1, 2]);
  });

/** Many letters whose event does not matter, due one after the other. */
async function manyWaiting(world: World, owner: postgres.Sql, count: number) {
  const letters = await twoLetters(world);
  await owner`
    with event as (
      insert into journal (id, entity, entity_id, entity_version, event, actor_role, occurred_at, recorded_at)
      select gen_random_uuid(), 'account', gen_random_uuid(), 1, 'account.nothing', 'system', '2026-01-01', '2026-01-01' from generate_series(1, ${count}::int)
      returning id
    ) insert into outbox (id, journal_id, handler, state, run_at)
      select gen_random_uuid(), id, 'goOnWithNextOldest', 'waiting', '2026-01-01' from event`;
  return letters;
}

test("a batch that cannot begin, or cannot be written down, together is done one by one; one piece holds up nobody", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const [first] = await twoLetters(world);
  await owner.unsafe(
    `alter table outbox add constraint refused check (id <> '${first?.id ?? ""}' or attempts < 1) not valid`,
  );
  expect(await drainOutbox(world.system, 100)).toBe(1);
  expect(world.mails).toHaveLength(1);
  expect(world.faults.map(({ id }) => id)).toEqual([first?.id]);
  await owner.unsafe("alter table outbox drop constraint refused");
  await owner.unsafe(
    "update outbox set state = 'waiting', attempts = 0, leased_until = null where state = 'done'",
  );
  await owner.unsafe(
    `alter table outbox add constraint refused check (id <> '${first?.id ?? ""}' or state <> 'done') not valid`,
  );
  world.clock.advance({ minutes: 10 });
  const all = await db.select().from(outbox).where(eq(outbox.state, "waiting"));
  expect(await drainOutbox(world.system, 500)).toBe(all.length - 1);
});

test("a batch that cannot be begun waits for no lease to run out: it is done as soon as it can be", async ({
  db,
  owner,
  databaseUrl,
}) => {
  const world = aWorld(db);
  await manyWaiting(world, owner, 10);
  const ticking = {
    ...world.system,
    now: () => {
      world.clock.advance({ minutes: 0.01 });
      return world.clock.now();
    },
  };
  const app = new URL(databaseUrl).username;
  await owner.unsafe(`revoke select on journal from ${app}`);
  expect(await drainOutbox(ticking, 100).catch(() => 0)).toBe(0);
  await owner.unsafe(`grant select on journal to ${app}`);
  expect(await drainOutbox(ticking, 100)).toBe(12);
});

test("what was tried goes by itself, after what nobody has tried: a worker that it ends costs no other a try", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const [first] = await manyWaiting(world, owner, 10);
  await db
    .update(outbox)
    .set({ attempts: 1, runAt: new Date("2025-01-01") })
    .where(eq(outbox.id, first?.id ?? ""));
  const seen: number[] = [];
  const deadly = sending(world, async (letters) => {
    if (letters.length < 2) return;
    seen.push(
      ...(await db.select().from(outbox).where(eq(outbox.state, "waiting"))).map((row) => row.attempts),
    );
  });
  expect(await drainOutbox(deadly.ctx, 100)).toBe(12);
  expect(seen).toEqual([2]);
});

test("a worker that ends gives back what it has not begun, with all its tries", async ({ db, owner }) => {
  const world = aWorld(db);
  await manyWaiting(world, owner, 10);
  const ending = new AbortController();
  const slow = sending(world, () => {
    ending.abort();
    return Promise.resolve();
  });
  await db
    .update(outbox)
    .set({ runAt: new Date("2025-01-01") })
    .where(eq(outbox.handler, "tellDonor"));
  await drainOutbox(slow.ctx, 100, ending.signal);
  const left = await db.select().from(outbox).where(eq(outbox.state, "waiting"));
  expect(slow.letters).toHaveLength(1);
  expect(left).toHaveLength(11);
  expect(left.filter(({ attempts, leasedUntil }) => attempts > 0 || leasedUntil !== null)).toEqual([]);
});

test("two workers at once do each piece once", async ({ db, owner }) => {
  const world = aWorld(db);
  await manyWaiting(world, owner, 300);
  const done = await Promise.all([0, 1, 2].map(() => drainOutbox(world.system, 150)));
  expect(done.reduce((sum, each) => sum + each, 0)).toBe(302);
  const rows = await db.select().from(outbox).where(eq(outbox.handler, "goOnWithNextOldest"));
  expect(rows.filter(({ state, attempts }) => state !== "done" || attempts !== 1)).toEqual([]);
});

test("a poisonous piece keeps none behind it waiting: a handler that nobody knows, one whose outcome cannot be kept", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const [first] = await twoLetters(world);
  await db
    .update(outbox)
    .set({ handler: "noSuchHandler" })
    .where(eq(outbox.id, first?.id ?? ""));
  expect(await drainOutbox(world.system, 100)).toBe(1);
  expect(world.mails).toHaveLength(1);
  expect(world.faults.map(({ work, id }) => [work, id])).toEqual([["outbox.noSuchHandler", first?.id]]);
  expect((await stateOf(world, first?.id))?.lastError).toBe("UnknownHandler");
  // How it went cannot be written down either: the piece is tried again once its lease is over.
  await owner`alter table outbox add constraint refused check (attempts < 2 or state <> 'waiting') not valid`;
  world.clock.advance({ minutes: 10 });
  expect(await drainOutbox(world.system, 100)).toBe(0);
  expect(world.faults).toHaveLength(2);
});

test("what the log says of a failed piece names no address that a mail server repeated", () => {
  const lines: unknown[] = [];
  const port = makeFaultPort({ error: (line: unknown) => lines.push(line) });
  port.rowsFailed(
    "outbox.tellDonor",
    Array.from({ length: 30 }, (_, index) => ({
      id: `row${index}`,
      error: new Error("550 <somebody@example.org> unknown", { cause: new Error("somebody@example.org") }),
    })),
  );
  const [line] = lines as { work: string; failed: number; rows: { id: string; fault: string }[] }[];
  expect([line?.work, line?.failed, line?.rows[0]?.id, line?.rows[0]?.fault]).toEqual([
    "outbox.tellDonor",
    30,
    "row0",
    "Error",
  ]);
  expect(JSON.stringify(line)).not.toContain("somebody");
});

test("/healthz?verbose says since when the oldest work waits and how much was set aside, and nothing else", async ({
  db,
}) => {
  const world = aWorld(db);
  const [first] = await twoLetters(world);
  await db
    .update(outbox)
    .set({ state: "dead" })
    .where(eq(outbox.id, first?.id ?? ""));
  const log = { info: () => undefined };
  const { app: server } = makeServer({
    build: { routes: {} } as never,
    runtime: { db, now: world.clock.now } as never,
    ping: () => Promise.resolve(),
    log,
    assets: "public",
  });
  const answer = await server.request("/healthz?verbose");
  expect(await answer.json()).toEqual({
    ready: true,
    outbox: { oldestWaiting: world.clock.now().toISOString(), setAside: 1, heldSince: null },
  });
  expect(await (await server.request("/healthz")).text()).toBe("ready");
});
