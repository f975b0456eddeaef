import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, inject, vi } from "vitest";
import { connect, DeadlineError, reconnectAfterSeconds, runTransaction, within } from "~db/client";
import { test } from "../../support/database";

test("the driver carries the fix without which a lost connection under load ends the process", () => {
  for (const folder of ["src", "cjs/src"]) {
    const source = readFileSync(`node_modules/postgres/${folder}/connection.js`, "utf8");
    expect(source, `${folder}: run npm ci`).toContain("if (socket === null) {");
  }
});

const require = createRequire(import.meta.url);

/** Something that one part of a test tells another. */
class Signal {
  give: () => void = () => undefined;
  readonly given = new Promise<void>((resolve) => {
    this.give = resolve;
  });
}

/** The driver as the app imports it, and as whatever requires it gets it. */
const DRIVERS = [
  ["src", postgres],
  ["cjs/src", require("postgres") as typeof postgres],
] as const;

test.for(DRIVERS)(
  "after a statement that fails part-way the next one on its connection answers with its own rows alone (%s)",
  async ([, driver], { databaseUrl }) => {
    const client = driver(databaseUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
    const backend = async () => (await client<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid;
    const one = [{ town: "石岐" }];
    const ask = async () => Array.from(await client`select '石岐' as town`);
    const pid = await backend();

    // Three rows are sent, then the fourth fails: prepared, plain, many at once, by the server's limit, and
    // in a transaction.
    await expect(client`select 12 / (4 - n) as share from generate_series(1, 9) n`).rejects.toMatchObject({
      code: "22012",
    });
    expect(await ask()).toEqual(one);
    await expect(
      client.unsafe("select 12 / (4 - n) as share from generate_series(1, 9) n"),
    ).rejects.toMatchObject({ code: "22012" });
    expect(await ask()).toEqual(one);
    await expect(
      client`select 12 / (4 - n) as share from generate_series(1, ${9}::int) n`.values(),
    ).rejects.toMatchObject({ code: "22012" });
    expect(await ask()).toEqual(one);
    const sleepy = client.unsafe(
      "set statement_timeout = 100; select n, pg_sleep(n / 4) from generate_series(1, 9) n",
    );
    await expect(sleepy).rejects.toMatchObject({ code: "57014" });
    expect(await ask()).toEqual(one);
    await client`set statement_timeout = 0`;
    await expect(
      client.begin((tx) => tx`select 12 / (4 - n) as share from generate_series(1, 9) n`),
    ).rejects.toMatchObject({ code: "22012" });
    expect(await ask()).toEqual(one);

    // A cursor that fails in its second page, and one whose reader gives up.
    const reading = async (most: number, reader: () => void) => {
      for await (const page of client`select 12 / (4 - n) as share from generate_series(1, ${most}::int) n`.cursor(
        2,
      ))
        if (page.length > 0) reader();
    };

    await expect(reading(9, () => undefined)).rejects.toMatchObject({ code: "22012" });
    expect(await ask()).toEqual(one);
    const givenUp = reading(3, () => {
      throw new Error("read enough");
    });
    await expect(givenUp).rejects.toThrow("read enough");
    expect(await ask()).toEqual(one);

    expect(await backend()).toBe(pid);
    await client.end();
  },
);

test.for(DRIVERS)(
  "a transaction that lost its connection asks nothing on the next one, and its place in the pool is free again (%s)",
  async ([, driver], { databaseUrl }) => {
    const superuser = postgres(inject("superuserUrl"), { max: 1, fetch_types: false });
    const isClosed = new Signal();
    const client = driver(databaseUrl, {
      max: 1,
      fetch_types: false,
      onnotice: () => undefined,
      onclose: isClosed.give,
    });
    const isLost = { code: "CONNECTION_CLOSED" };
    const otherHasBegun = new Signal();
    const lostHasTried = new Signal();
    const [lost, , other] = await Promise.allSettled([
      client.begin(async (tx) => {
        await superuser`select pg_terminate_backend(${(await tx<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0})`;
        await isClosed.given;
        const queued = [tx`select ${1}::int`, tx`select ${2}::int`];
        expect(await Promise.allSettled(queued)).toMatchObject([{ reason: isLost }, { reason: isLost }]);
        await otherHasBegun.given;
        // By now the connection is open anew, and somebody else's.
        await expect(tx`select ${3}::int`).rejects.toMatchObject(isLost);
        setImmediate(lostHasTried.give);
        throw new Error("rolled back nowhere");
      }),
      isClosed.given,
      client.begin(async (tx) => {
        await tx`set local application_name = 'other'`;
        otherHasBegun.give();
        await lostHasTried.given;
        return tx`select current_setting('application_name') as name`;
      }),
    ]);
    expect(lost).toMatchObject({ status: "rejected", reason: isLost });
    expect(other).toMatchObject({ status: "fulfilled", value: [{ name: "other" }] });
    expect(Array.from(await client`select ${4}::int as four`)).toEqual([{ four: 4 }]);
    await client.end();
    await superuser.end();
  },
);

test.for(DRIVERS)(
  "what ended a connection is not answered to who asks next (%s)",
  async ([, driver], { databaseUrl }) => {
    const superuser = postgres(inject("superuserUrl"), { max: 1, fetch_types: false });
    const client = driver(databaseUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
    const pid = (await client<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0;
    const asleep = client`select pg_sleep(30)`.execute();
    const isEnded = expect(asleep).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
    await vi.waitFor(async () =>
      expect(
        await superuser`select 1 from pg_stat_activity where pid = ${pid} and state = 'active'`,
      ).toHaveLength(1),
    );
    await superuser`select pg_terminate_backend(${pid})`;
    await isEnded;
    expect(Array.from(await client`select 1 as one`)).toEqual([{ one: 1 }]);
    await client.end();
    await superuser.end();
  },
);

test.for(DRIVERS)(
  "a transaction that is over takes no more statements, so that none runs outside of it (%s)",
  async ([, driver], { databaseUrl }) => {
    const client = driver(databaseUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
    const isOver = { code: "TRANSACTION_OVER" };
    const done = await client.begin((tx) => Promise.resolve({ tx }));
    await expect(done.tx`select 1`).rejects.toMatchObject(isOver);
    // One of two fails; the other goes on, and its next statement comes after the rollback.
    let goesOn: Promise<unknown> = Promise.resolve();
    const failed = client.begin((tx) => {
      const fails = tx`select 1 / 0`.execute();
      goesOn = fails.catch(() => new Promise(setImmediate)).then(() => tx`select 1`);
      goesOn.catch(() => undefined);
      return fails;
    });
    await expect(failed).rejects.toMatchObject({ code: "22012" });
    await expect(goesOn).rejects.toMatchObject(isOver);
    expect(Array.from(await client`select 1 as one`)).toEqual([{ one: 1 }]);
    await client.end();
  },
);

test("a lost connection is opened anew within a second, however many were lost before it", ({ db }) => {
  expect(db).toHaveProperty("$client.options.backoff", reconnectAfterSeconds);
  const pauses = Array.from({ length: 1_100 }, (_, lost) => reconnectAfterSeconds(lost));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0.025);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(1);
});

test(
  "connections killed under load: nothing is thrown where nobody listens, and the pool works again",
  { timeout: 60_000 },
  async ({ databaseUrl }) => {
    const uncaught: unknown[] = [];
    const note = (error: unknown) => uncaught.push(error);
    process.on("uncaughtException", note);
    process.on("unhandledRejection", note);
    const { db, close } = connect(databaseUrl, { max: 8 });
    // Only a superuser may end the sessions of another role.
    const superuser = postgres(inject("superuserUrl"), { max: 1, fetch_types: false });
    let killed = 0;
    try {
      let underLoad = true;
      const towns = sql`select count(*) from town, generate_series(1, ${200}::int)`;
      const load = Array.from({ length: 16 }, async (_asker, index) => {
        const ask = () =>
          index % 2
            ? within(2_000, db.execute(towns))
            : runTransaction(db, (tx) => tx.execute(towns), { deadlineMs: 2_000 });
        while (underLoad) await ask().catch(() => undefined);
      });
      // Until enough have gone, however slowly a busy machine opens them anew.
      while (killed <= 20) {
        // Killed while they work: idle ones would prove nothing.
        const ours = superuser`application_name = 'hongxin' and datname = ${new URL(databaseUrl).pathname.slice(1)}`;
        await vi.waitFor(
          async () =>
            expect(
              await superuser`select 1 from pg_stat_activity where ${ours} and state = 'active'`,
            ).not.toHaveLength(0),
          {
            timeout: 30_000,
            interval: 20,
          },
        );
        killed += (await superuser`select pg_terminate_backend(pid) from pg_stat_activity where ${ours}`)
          .length;
      }

      underLoad = false;
      await Promise.all(load);
      for (let query = 0; query < 50; query += 1) await within(5_000, db.execute(sql`select 1`));
    } finally {
      await within(5_000, close()).catch(() => undefined);
      await superuser.end();
      process.off("uncaughtException", note);
      process.off("unhandledRejection", note);
    }

    expect(uncaught).toEqual([]);
  },
);

test("a transaction that does not end is given up with an unknown outcome, and rolled back", async ({
  db,
}) => {
  const slow = runTransaction(db, (tx) => tx.execute(sql`select pg_sleep(3)`), { deadlineMs: 200 });
  await expect(slow).rejects.toBeInstanceOf(DeadlineError);
});

test("a transaction that the database asks to repeat is repeated, and only that one", async ({ db }) => {
  let tries = 0;
  const answer = await runTransaction(db, async () => {
    tries += 1;
    await Promise.resolve();
    if (tries < 3) throw Object.assign(new Error("serialization"), { code: "40001" });
    return tries;
  });
  expect(answer).toBe(3);
  await expect(runTransaction(db, () => Promise.reject(new Error("a bug")))).rejects.toThrow("a bug");
});
