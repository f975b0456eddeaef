import { sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, inject, vi } from "vitest";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { together } from "~/domain/kernel/together.server";
import { connect, DeadlineError, isDatabaseAway } from "~db/client";
import { aDonor } from "../../factories/people";
import { test } from "../../support/database";
import { lockWaits } from "../../support/lockWaits";
import { aWorld, type World } from "../../support/world";

type Input = Readonly<{ requestKey: string; place: string; lock?: number }>;

/** A command that writes down who was done with whom; with `lock` it waits for that advisory lock. */
function aCommand(deadlineMs = 10_000) {
  const sets: string[][] = [];
  const command = together<Input, string, { outcome: { answer: string } }>(
    {
      name: "tried",
      places: ({ input }) => [input.place],
      decide: async (tx, asked) => {
        sets.push(asked.map(({ input }) => input.place));
        for (const { input } of asked)
          if (input.lock !== undefined)
            await tx.execute(sql`select pg_advisory_xact_lock(${input.lock}::int)`);
        return asked.map(({ input }) => ({ outcome: { answer: input.place } }));
      },
      write: () => Promise.resolve(),
    },
    { deadlineMs },
  );
  return { sets, command };
}

const aRequest = (world: World, place: string, lock?: number): Input => ({
  place,
  requestKey: world.system.newId(),
  ...(lock === undefined ? {} : { lock }),
});

const aGiver = async (world: World): Promise<UseCaseContext> => world.as(await aDonor(world));

test("while a transaction is under way, who wants the same place waits for the next, in the order of arrival, and others go on", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const { sets, command } = aCommand();
  const ctx = await aGiver(world);
  const ask = (place: string, lock?: number) => command(ctx, aRequest(world, place, lock));
  let waiting: Promise<string>[] = [];
  await owner.begin(async (held) => {
    await held`select pg_advisory_xact_lock(7)`;
    waiting = [ask("a", 7)];
    await lockWaits(held);
    waiting.push(ask("a"), ask("b"), ask("a"));
    expect(await waiting[2]).toBe("b");
    expect(sets).toEqual([["a"], ["b"]]);
  });
  expect(await Promise.all(waiting)).toEqual(["a", "a", "b", "a"]);
  expect(sets).toEqual([["a"], ["b"], ["a", "a"]]);
});

test("who got no answer in time is told that the outcome is unknown, and is not begun afterwards", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const { sets, command } = aCommand(300);
  const ctx = await aGiver(world);
  const request = aRequest(world, "a", 7);
  await owner.begin(async (held) => {
    await held`select pg_advisory_xact_lock(7)`;
    const begun = command(ctx, request);
    begun.catch(() => undefined);
    await lockWaits(held);
    const late = command(ctx, aRequest(world, "a"));
    const outcomes = await Promise.allSettled([begun, late]);
    expect(outcomes.map((one) => one.status === "rejected" && one.reason instanceof DeadlineError)).toEqual([
      true,
      true,
    ]);
  });
  await vi.waitFor(async () => expect(await command(ctx, request)).toBe("a"), {
    timeout: 10_000,
    interval: 20,
  });
  expect(sets).toEqual([["a"]]);
});

test("where the connection is lost everybody in the transaction is told that the database is away, and the next one is done", async ({
  databaseUrl,
}) => {
  const { db, close } = connect(databaseUrl);
  const superuser = postgres(inject("superuserUrl"), { max: 1, fetch_types: false });
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false });
  const world = aWorld(db);
  const { sets, command } = aCommand();
  const ctx = await aGiver(world);
  const request = aRequest(world, "a", 7);
  await owner.begin(async (held) => {
    await held`select pg_advisory_xact_lock(7)`;
    const both = [command(ctx, request), command(ctx, aRequest(world, "b"))];
    const told = Promise.allSettled(both);
    await lockWaits(held);
    await superuser`select pg_terminate_backend(a.pid) from pg_stat_activity a join pg_locks l on l.pid = a.pid
      where a.application_name = 'hongxin' and l.locktype = 'advisory' and not l.granted and a.datname = ${new URL(databaseUrl).pathname.slice(1)}`;
    for (const one of await told) expect(one.status === "rejected" && isDatabaseAway(one.reason)).toBe(true);
  });
  expect(sets).toEqual([["a", "b"]]);
  const again = () => command(ctx, request).catch(() => "away");
  await expect.poll(again, { timeout: 5_000 }).toBe("a");
  await Promise.all([superuser.end(), owner.end(), close()]);
});
