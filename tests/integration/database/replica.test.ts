import { chmodSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { DomainError } from "~/domain/kernel/errors";
import { LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { readPublicVersion } from "~/domain/needs/publicVersion.server";
import { readWish } from "~/domain/needs/queries.server";
import type { RouteArgs } from "~/http/context.server";
import { fromReplica } from "~/http/fromReplica.server";
import type { Replica } from "~/http/loadContext";
import { openDataRecord } from "~/http/openData.server";
import { openReplica } from "~/server/replica.server";
import { connect, type Connection, type Database } from "~db/client";
import { type EmbeddedServer, startEmbedded } from "~db/embedded";
import { migrate } from "~db/migrate";
import { seedReference } from "~db/seed/reference";
import { aPublishedWish } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { checks } from "../../support/checking";
import { anEdge } from "../../support/edge";
import { aFolder } from "../../support/folders";
import { until } from "../../support/house";
import { startReplica } from "../../support/replica";
import { argsForAnybody } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

let primary: EmbeddedServer;
let follower: EmbeddedServer;
let followerDir: string;
let connection: Connection;
let onFollower: postgres.Sql;

beforeAll(async () => {
  const folder = aFolder("hongxin-replica");
  chmodSync(folder, 0o711);
  const dataDir = path.join(folder, "primary");
  followerDir = path.join(folder, "follower");
  // It forces what it writes to the disk at once, as a city's does: only then is it sent at once.
  primary = await startEmbedded({ dataDir });
  await migrate(primary.ownerUrl, new URL(primary.appUrl).username);
  const owner = connect(primary.ownerUrl, { max: 1 });
  const now = new Date("2026-01-01T00:00:00Z");
  await seedReference(owner.db, { isDemo: true, limits: LIMIT_DEFAULTS, traditional, now });
  await owner.close();
  follower = await startReplica(primary, dataDir, { dataDir: followerDir });
  connection = connect(primary.appUrl, { max: 4 });
  onFollower = postgres(follower.superuserUrl, { max: 1, fetch_types: false });
});

afterAll(async () => {
  await Promise.all([connection.close(), onFollower.end()]);
  await follower.stop();
  await primary.stop();
});

/** The replica at that address as a portal opens it, with what it says in the log of how it follows. */
function opened(url = follower.appUrl, mostLateSeconds?: number) {
  const told: unknown[] = [];
  const tell = (line: Readonly<{ replica?: unknown }>) => void told.push(line.replica);
  const replica = openReplica(url, {
    primary: connection.db,
    log: { info: tell, warn: tell },
    ...(mostLateSeconds === undefined ? {} : { mostLateSeconds }),
  });
  onTestFinished(replica.close);
  return { ...replica, told };
}

/** From now on the replica takes what the database writes, and shows none of it. */
async function pauseReplay(): Promise<void> {
  await onFollower`select pg_wal_replay_pause()`;
  onTestFinished(async () => {
    await onFollower`select pg_wal_replay_resume()`;
  });
}

const resumeReplay = () => onFollower`select pg_wal_replay_resume()`;

const aWish = async () => {
  const world = aWorld(connection.db);
  const team = await aTeam(world);
  return { world, team, ...(await aPublishedWish(world, team)) };
};

const isReplica = async (db: Database | undefined): Promise<boolean> =>
  (await db?.execute<{ is: boolean }>(sql`select pg_is_in_recovery() as is`))?.[0]?.is === true;

test("a replica that follows is read, for all three; nothing can be written through it", async () => {
  const replica = opened();
  await aWish();
  const version = await readPublicVersion(connection.db);
  await until(async () => isReplica(await replica.forPages(version)), "the replica");
  for (const db of [await replica.forLate(), await replica.forAllUntilNow()]) {
    expect(await isReplica(db)).toBe(true);
    await expect(db?.execute(sql`delete from public_need`)).rejects.toMatchObject({
      cause: { code: "25006" },
    });
  }

  expect(replica.told).toEqual(["near"]);
});

test("a page is read there only of the version that the database has: what was taken down is shown by neither", async () => {
  const replica = opened();
  const { world, team, needId, code } = await aWish();
  const before = await readPublicVersion(connection.db);
  await until(async () => isReplica(await replica.forPages(before)), "the replica");
  await pauseReplay();
  await withdrawNeed(world.as(team.caseworker), needId, "moved");

  const version = await readPublicVersion(connection.db);
  const isShown = async (db: Database) => (await readWish({ ...world.system, db }, code)) !== undefined;
  const late = await replica.forPages(before);
  expect(late && (await isShown(late))).toBe(true);
  expect(await replica.forPages(version)).toBeUndefined();
  // It is only a moment late, which is enough for what shows no wish.
  expect(await isReplica(await replica.forLate())).toBe(true);

  await resumeReplay();
  await until(async () => isReplica(await replica.forPages(version)), "the replica");
  const again = await replica.forPages(version);
  expect(again && (await isShown(again))).toBe(false);
  expect(replica.told).toEqual(["near"]);
});

test("what misses nothing waits for what was just written, and does without a replica that does not come to it", async () => {
  const replica = opened();
  let readThere = 0;
  for (let times = 0; times < 5; times += 1) {
    const { code, world } = await aWish();
    const db = await replica.forAllUntilNow();
    if (db === undefined) continue;
    readThere += 1;
    expect((await readWish({ ...world.system, db }, code))?.code).toBe(code);
  }

  expect(readThere).toBeGreaterThan(0);
  await pauseReplay();
  await aWish();
  expect(await replica.forAllUntilNow()).toBeUndefined();
  await resumeReplay();
  await until(async () => isReplica(await replica.forAllUntilNow()), "the replica");
});

test("one that is too far behind is not read, says so once, and is read again once it has come near", async () => {
  const replica = opened(follower.appUrl, 1);
  await until(async () => isReplica(await replica.forLate()), "the replica");
  await pauseReplay();
  await aWish();
  await until(async () => (await replica.following()).state === "behind", "a replica that is behind");
  expect((await replica.following()).behindSeconds).toBeGreaterThan(1);
  expect(await replica.forLate()).toBeUndefined();
  expect(await replica.forPages(await readPublicVersion(connection.db))).toBeUndefined();
  expect(await replica.forAllUntilNow()).toBeUndefined();
  await resumeReplay();
  await until(async () => isReplica(await replica.forLate()), "the replica");
  expect(await replica.following()).toEqual({ state: "near", behindSeconds: 0 });
  expect(replica.told.slice(-3)).toEqual(["near", "behind", "near"]);
});

test("where nothing is written for long, a replica that holds everything is near", async () => {
  const replica = opened(follower.appUrl, 0);
  await until(async () => isReplica(await replica.forAllUntilNow()), "the replica");
  expect(await replica.following()).toEqual({ state: "near", behindSeconds: 0 });
});

test("what a replica fails at is read again from the database itself; a refusal is one", async () => {
  const replica = opened();
  const world = aWorld(connection.db);
  const args = argsForAnybody(world, "http://portal.test/finance/goods");
  const asked: RouteArgs = {
    ...args,
    context: { ...args.context, runtime: { ...args.context.runtime, replica } },
  };
  await until(async () => isReplica(await replica.forAllUntilNow()), "the replica");
  const read: boolean[] = [];
  const reading = (fails: Error) =>
    fromReplica(asked, world.system, async ({ db }) => {
      const there = await isReplica(db);
      read.push(there);
      if (there) throw fails;
      return "whole";
    });
  expect([await reading(new Error("in the way of what is replayed")), read.splice(0)]).toEqual([
    "whole",
    [true, false],
  ]);
  await expect(reading(new DomainError("NOT_ALLOWED"))).rejects.toThrow("NOT_ALLOWED");
  expect(read.splice(0)).toEqual([true]);
  const records: boolean[] = [];
  const answer = await openDataRecord(asked, async ({ db }) => {
    const there = await isReplica(db);
    records.push(there);
    if (there) throw new Error("in the way of what is replayed");
    return { is: "whole" };
  });
  expect([await answer.json(), records]).toEqual([{ is: "whole" }, [true, false]]);
});

test("a still page that the replica fails at, or does not give in time, is made from the database itself", async () => {
  const db = connection.db;
  const replica: Replica = {
    forLate: () => Promise.resolve(db),
    forPages: () => Promise.resolve(db),
    forAllUntilNow: () => Promise.resolve(db),
    following: () => Promise.resolve({ state: "near" }),
  };
  const fails: (() => unknown)[] = [
    () => {
      throw new Error("gone in the middle of the page");
    },
    () => new Promise(() => undefined),
  ];
  for (const fail of fails) {
    const { get, seen } = await anEdge({
      still: {
        runtime: { db, visitorsDb: db, ownDb: db, replica },
        say: ({ replicaDb }) => (replicaDb === undefined ? "made" : fail()),
      },
    });
    expect((await get("/page")).status).toBe(200);
    expect(seen.map(({ context }) => context.replicaDb !== undefined)).toEqual([true, false]);
    // What tells somebody what they have just done is read from the database itself at once.
    seen.length = 0;
    await get("/page", { cookie: "done=done.saved" });
    expect(seen.map(({ context }) => context.replicaDb)).toEqual([undefined]);
  }
});

test("the checks are run on the replica, say until when it knows, and count the next run from there", async () => {
  await aWish();
  await pauseReplay();
  const [there] = await onFollower<
    { from: string }[]
  >`select to_char((pg_last_xact_replay_timestamp() - interval '1 hour') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from`;
  await aWish();
  const { code, said } = await checks("postgres://nobody@127.0.0.1:1/none", {
    DATABASE_READ_URL: follower.appUrl,
  });
  expect(code, said).toBe(0);
  expect(said).toMatch(/^On a replica, with what was written until /);
  expect(said).toContain(`npm run checks -- since ${there?.from ?? "never"}\n`);
});

test("the database itself, and any other that follows nobody, is no replica", async () => {
  const replica = opened(primary.appUrl);
  expect(await replica.forLate()).toBeUndefined();
  expect(await replica.forPages(await readPublicVersion(connection.db))).toBeUndefined();
  expect(await replica.forAllUntilNow()).toBeUndefined();
  expect(replica.told).toEqual(["another database"]);
});

test("one that is gone keeps nobody waiting, is told of once, and is read again once it is back", async () => {
  const replica = opened();
  const port = Number.parseInt(new URL(follower.superuserUrl).port, 10);
  expect(await isReplica(await replica.forLate())).toBe(true);
  await onFollower.end();
  await follower.stop();
  const version = await readPublicVersion(connection.db);
  for (let times = 0; times < 20; times += 1) expect(await replica.forPages(version)).toBeUndefined();
  expect(await replica.forAllUntilNow()).toBeUndefined();
  expect(replica.told).toEqual(["near", "away"]);

  follower = await startEmbedded({ dataDir: followerDir, port });
  onFollower = postgres(follower.superuserUrl, { max: 1, fetch_types: false });
  await until(async () => isReplica(await replica.forPages(version)), "the replica");
  expect(replica.told).toEqual(["near", "away", "near"]);
});
