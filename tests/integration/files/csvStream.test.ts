import { sql } from "drizzle-orm";
import { Hono } from "hono";
import { expect, vi } from "vitest";
import { inBatches } from "~/domain/kernel/batches";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { csvStream } from "~/http/csv.server";
import { openList } from "~/http/openData.server";
import { listen } from "~/server/listen.server";
import { zipped } from "~/server/zip.server";
import type { Database } from "~db/client";
import { test } from "../../support/database";
import { argsForAnybody } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

const asVisitor = (db: Database) => {
  const world = aWorld(db);
  return { ctx: world.as({ kind: "visitor" }), world };
};

const file = (ctx: UseCaseContext, batches: AsyncGenerator<readonly number[]>) =>
  csvStream(ctx, { fileName: "numbers.csv", header: ["n"], batches, cellsOf: (n: number) => [String(n)] });

async function* numbers(batches: readonly (readonly number[])[], log: string[] = []) {
  try {
    for (const batch of batches) {
      log.push(`read ${batch.length}`);
      yield await Promise.resolve(batch);
    }
  } finally {
    log.push("ended");
  }
}

test("batches are one file with one head; an empty one among them is no line", async ({ db }) => {
  const { ctx } = asVisitor(db);
  const answer = await file(ctx, numbers([[1, 2], [], [3]]));
  expect(await answer.text()).toBe("n\r\n1\r\n2\r\n3\r\n");
  expect(await (await file(ctx, numbers([]))).text()).toBe("n\r\n");
});

test("what fails before the first row fails as a page; what fails later breaks the file off and is told", async ({
  db,
}) => {
  const { ctx, world } = asVisitor(db);
  async function* refused(): AsyncGenerator<readonly number[]> {
    await Promise.reject(new Error("not allowed"));
    yield [];
  }

  await expect(file(ctx, refused())).rejects.toThrow("not allowed");
  expect(world.faults).toEqual([]);
  async function* broken(): AsyncGenerator<readonly number[]> {
    yield [1];
    await Promise.reject(new Error("the database went"));
  }

  await expect((await file(ctx, broken())).text()).rejects.toThrow("broke off");
  expect(world.faults.map(({ work, id }) => [work, id])).toEqual([["export", "numbers.csv"]]);
});

test("no more is read than is taken, and whoever goes away ends the reading", async ({ db }) => {
  const log: string[] = [];
  const answer = await file(
    asVisitor(db).ctx,
    numbers(
      Array.from({ length: 50 }, () => [1]),
      log,
    ),
  );
  const reader = answer.body?.getReader();
  await reader?.read();
  expect(log.length).toBeLessThan(5);
  await reader?.cancel();
  expect(log.at(-1)).toBe("ended");
  expect(log.length).toBeLessThan(6);
});

test("a file that is made while it is sent is not gathered to be zipped", async ({ db }) => {
  const log: string[] = [];
  const answer = await file(
    asVisitor(db).ctx,
    numbers(
      Array.from({ length: 50 }, () => [1]),
      log,
    ),
  );
  const sent = await zipped(
    new Request("http://portal.test/", { headers: { "accept-encoding": "gzip" } }),
    answer,
  );
  expect(sent.headers.get("content-encoding")).toBeNull();
  expect(log.length).toBeLessThan(5);
  await sent.body?.cancel();
});

/** The answer as somebody gets it over a connection of their own. */
async function sent(answer: Response, read: (got: Response, away: AbortController) => Promise<void>) {
  const app = new Hono();
  app.get("/", () => answer);
  const server = await listen({ app }, { host: "127.0.0.1", port: 0, always: {} });
  const away = new AbortController();
  try {
    await read(await fetch(`http://127.0.0.1:${server.port}/`, { signal: away.signal }), away);
  } finally {
    await server.close();
  }
}

/** A machine that does much else takes its time. */
const PATIENT = { timeout: 20_000 };

/** Opens once, from elsewhere. */
function aGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

test("over the wire a file that breaks off ends as a fault, never as a whole file", async ({ db }) => {
  const answered = aGate();
  async function* broken(): AsyncGenerator<readonly number[]> {
    yield [1];
    await answered.opened;
    await Promise.reject(new Error("the database went"));
  }

  const said = vi.spyOn(console, "error").mockReturnValue();
  await sent(await file(asVisitor(db).ctx, broken()), async (got) => {
    expect(got.status).toBe(200);
    answered.open();
    await expect(got.text()).rejects.toThrow();
  });
  // What went wrong may hold what a statement was asked with: the server, which prints it, is not told.
  expect(JSON.stringify(said.mock.calls.map(String))).not.toContain("the database went");
});

test("open data that breaks off midway is told, and over the wire ends as a fault as well", async ({
  db,
}) => {
  const { world } = asVisitor(db);
  const goesOn = aGate();
  let reads = 0;
  const listing = {
    keys: Array.from({ length: 100 }, (_, n) => String(n)),
    read: async (keys: readonly string[]) => {
      reads += 1;
      if (reads < 4) return keys.map((id) => ({ id }));
      await goesOn.opened;
      throw new Error("the database went");
    },
  };
  const said = vi.spyOn(console, "error").mockReturnValue();
  const args = argsForAnybody(world, "http://portal.test/api/hsds/services?format=ndjson");
  await sent(await openList(args, "services", () => listing), async (got) => {
    expect(got.status).toBe(200);
    goesOn.open();
    await expect(got.text()).rejects.toThrow();
  });
  expect(world.faults.map(({ work, id }) => [work, id])).toEqual([["export", "services.ndjson"]]);
  expect(JSON.stringify(said.mock.calls.map(String))).not.toContain("the database went");
});

test("whoever closes the connection ends the reading, which holds a few batches at the most", async ({
  db,
}) => {
  const log: string[] = [];
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });

  async function* endless(): AsyncGenerator<readonly number[]> {
    try {
      for (;;) {
        log.push("read");
        yield await Promise.resolve(Array.from({ length: 20_000 }, (_, n) => n));
      }
    } finally {
      ended();
    }
  }

  await sent(await file(asVisitor(db).ctx, endless()), async (got, away) => {
    await got.body?.getReader().read();
    away.abort();
    await end;
  });
  // What the sockets hold on their way, and not what a reader who is gone would have taken.
  expect(log.length).toBeLessThan(200);
});

test("over the wire a slow reader holds neither a statement nor a transaction, and for one who is gone nothing more is asked", async ({
  db,
}) => {
  const most = 20_000;
  let [asked, isEnded] = [0, false];

  async function* endless() {
    try {
      yield* inBatches(most, async () => {
        asked += 1;
        const rows = await db.execute<{ n: number }>(
          sql`select n /* of a slow reader */ from generate_series(1, ${most}::int) n`,
        );
        return rows.map(({ n }) => n);
      });
    } finally {
      isEnded = true;
    }
  }

  const held = async () =>
    db.execute(
      sql`select state, xact_start from pg_stat_activity where pid <> pg_backend_pid() and query like '%of a slow reader%' and (state <> 'idle' or xact_start is not null)`,
    );
  await sent(await file(asVisitor(db).ctx, endless()), async (got, away) => {
    await got.body?.getReader().read();
    await vi.waitFor(async () => {
      const before = asked;
      expect([...(await held())]).toEqual([]);
      expect(asked).toBe(before);
    }, PATIENT);
    expect(asked).toBeGreaterThan(0);
    expect(isEnded).toBe(false);
    away.abort();
    await vi.waitFor(() => {
      expect(isEnded).toBe(true);
    }, PATIENT);
  });
  const last = asked;
  expect([...(await held())]).toEqual([]);
  expect(asked).toBe(last);
  expect(asked).toBeLessThan(200);
});
