import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { CLOCKS, runClocks } from "~/worker/clocks.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { releaseTold, releaseUnsent } from "~/worker/release.server";
import { outboxStanding } from "~/worker/setAside.server";
import { restoreBackup } from "~db/backup/restore";
import { takeBackup } from "~db/backup/take";
import { messages, outbox } from "~db/schema/journal";
import { storedFiles } from "~db/schema/reference";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { aHouse, APP, bringBack, drained, keysOf, store, take, test, today } from "../../support/backups";
import { aFolder } from "../../support/folders";
import { aWorld, type World } from "../../support/world";

/** Every row of every table, as one sum each; without what says that it was restored. */
async function sums(ownerUrl: string): Promise<Record<string, string>> {
  const sql = postgres(ownerUrl, { max: 1, fetch_types: false });
  const tables = await sql<
    { name: string }[]
  >`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'restoration' order by 1`;
  const all: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ sum: string }[]>(
      `select count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t`,
    );
    all[name] = row?.sum ?? "";
  }

  await sql.end();
  return all;
}

test("drill: backup, act on, restore elsewhere: every row and every file is as it was, checks are clean, evidence is guarded, and no letter is sent twice", async ({
  db,
  ownerUrl,
  elsewhere,
}) => {
  const world = today(db);
  const { line } = await aHouse(world);
  const before = await sums(ownerUrl);
  const { folder, manifest } = await take(world, ownerUrl);
  expect(manifest.files).toMatchObject({ count: 1, missing: [] });

  // The rest of the day, until the loss: both letters go out, and somebody gives something more.
  const lost = await aConfirmedGift(world, await aDonor(world), line.id);
  await drained(world);
  const sentThen = world.mails.length;
  expect(sentThen).toBeGreaterThanOrEqual(3);

  await bringBack(elsewhere, folder);
  expect(await sums(elsewhere.ownerUrl)).toEqual(before);
  const { db: restored } = elsewhere.open();
  const again: World = { ...today(restored), clock: world.clock };
  expect((await runChecks(restored)).flatMap(({ wrong }) => wrong)).toEqual([]);
  const [file] = await restored.select().from(storedFiles);
  expect(await store(elsewhere.filesFolder).get(file?.sha256 ?? "")).toEqual(
    await world.system.ports.files.get(file?.sha256 ?? ""),
  );
  // Sealed in the backup as well: not one byte of it is a picture.
  const kept = readFileSync(path.join(folder, "files", file?.sha256.slice(0, 2) ?? "", file?.sha256 ?? ""));
  expect(kept.includes("JFIF")).toBe(false);
  await expect(restored.execute("update journal set event = 'x.y'")).rejects.toThrow();

  // Held: whatever a worker does, nobody is written to.
  const worker = { ...again.system, ports: { ...world.system.ports } };
  expect(await drainOutbox(worker, 500)).toBe(0);
  expect(await runClocks(worker)).toEqual([]);
  expect((await outboxStanding(restored)).heldSince?.toISOString()).toBe(manifest.takenAt);
  expect(world.mails).toHaveLength(sentThen);

  // Let go: what waited is done and told to nobody.
  world.clock.advance({ minutes: 10 });
  const now = { ...worker, now: world.clock.now };
  const released = await releaseTold(now);
  expect(released).toMatchObject({ unsent: 2, setAside: 0 });
  expect(world.mails).toHaveLength(sentThen);
  expect(await restored.select().from(outbox).where(eq(outbox.state, "waiting"))).toEqual([]);
  expect((await restored.select().from(messages)).every(({ sentAt }) => sentAt !== null)).toBe(true);
  expect((await runChecks(restored)).flatMap(({ wrong }) => wrong)).toEqual([]);

  // And from here on everything goes its way: what is new is sent.
  expect(
    await runClocks({ ...now, now: () => new Date(world.clock.now().getTime() + 3_600_000) }),
  ).toHaveLength(CLOCKS.length);
  const then = { ...again, clock: world.clock };
  const giver = aWorld(restored, { clock: then.clock });
  await aConfirmedGift(giver, await aDonor(giver), line.id);
  expect(await drainOutbox(giver.system, 500)).toBe(1);
  expect(giver.mails).toHaveLength(1);
  expect(lost.giftCode).not.toBe("");
  expect(await releaseTold(now)).toBeUndefined();
});

test("where nothing was sent since, the letters that waited can be let go as they are", async ({
  db,
  ownerUrl,
  elsewhere,
}) => {
  const world = today(db);
  await aHouse(world);
  const { folder } = await take(world, ownerUrl);
  await bringBack(elsewhere, folder);
  const again = aWorld(elsewhere.open().db, { clock: world.clock });
  world.clock.advance({ minutes: 10 });
  expect(await drainOutbox(again.system, 500)).toBe(0);
  await releaseUnsent(again.system);
  expect(await drainOutbox(again.system, 500)).toBe(2);
  expect(again.mails).toHaveLength(2);
});

test("a letter that cannot be written when it is let go is set aside and named, not sent later by itself", async ({
  db,
  ownerUrl,
  elsewhere,
}) => {
  const world = today(db);
  await aHouse(world);
  const { folder } = await take(world, ownerUrl);
  await bringBack(elsewhere, folder);
  const again = aWorld(elsewhere.open().db, { clock: world.clock });
  const owner = postgres(elsewhere.ownerUrl, { max: 1, fetch_types: false });
  await owner`update outbox set handler = 'unknownHandler' where state = 'waiting' and id = (select min(id::text)::uuid from outbox where state = 'waiting')`;
  await owner.end();
  world.clock.advance({ minutes: 10 });
  expect(await releaseTold(again.system)).toMatchObject({ unsent: 1, setAside: 1 });
  expect((await outboxStanding(again.db)).setAside).toBe(1);
});

test("what is written while a backup is taken is wholly in it or not at all", async ({
  db,
  ownerUrl,
  elsewhere,
}) => {
  const world = today(db);
  const team = await aTeam(world);
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 40n }] });
  const donor = await aDonor(world);
  const taken = new AbortController();
  const giving = (async () => {
    for (let count = 0; count < 30 && !taken.signal.aborted; count += 1)
      await aConfirmedGift(world, donor, line.id);
  })();
  const { folder } = await take(world, ownerUrl).finally(() => taken.abort());
  await giving;
  await bringBack(elsewhere, folder);
  expect((await runChecks(elsewhere.open().db)).flatMap(({ wrong }) => wrong)).toEqual([]);
});

test(
  "a table that comes in one piece, larger than what is read at once, does not stop the backup",
  { timeout: 120_000 },
  async ({ db, ownerUrl, owner }) => {
    const world = today(db);
    // As many bytes as a socket gives at once, and more than a stream wants: on a machine that is busy all of
    // it is there before anybody listens.
    const [wide] = await owner<{ n: number }[]>`
    with wide as (insert into everyday_word (said, meant) select 'wide' || n, repeat('x', 40) || n from generate_series(1, 600) n returning 1)
    select (select count(*)::int from everyday_word) + count(*)::int as n from wide`;
    const busy = setInterval(() => {
      for (const until = performance.now() + 5; performance.now() < until;);
    }, 1);
    const { manifest } = await take(world, ownerUrl).finally(() => {
      clearInterval(busy);
    });
    expect(manifest.tables.find(({ name }) => name === "everyday_word")?.rows).toBe(wide?.n);
  },
);

test("a broken backup, a newer one, and a database that is not empty are refused in words; the database stays as empty as it was", async ({
  db,
  ownerUrl,
  elsewhere,
}) => {
  const world = today(db);
  await aHouse(world);
  const { folder, manifest } = await take(world, ownerUrl);
  const spoilt = (name: string, spoil: (copy: string) => void) => {
    const copy = path.join(aFolder("spoilt"), name);
    cpSync(folder, copy, { recursive: true });
    spoil(copy);
    return copy;
  };

  const said = (change: Partial<typeof manifest>) => (copy: string) => {
    writeFileSync(path.join(copy, "manifest.json"), JSON.stringify({ ...manifest, ...change }));
  };

  const table = (copy: string, name: string) => path.join(copy, "tables", `${name}.copy.gz`);
  const [shard = ""] = readdirSync(path.join(folder, "files"));
  const [file = ""] = readdirSync(path.join(folder, "files", shard));
  const photo = (copy: string) => path.join(copy, "files", shard, file);

  const REFUSED: readonly (readonly [folder: string, says: RegExp])[] = [
    [
      spoilt("without-manifest", (copy) => rmSync(path.join(copy, "manifest.json"))),
      /no manifest\.json .* broken off.*Nothing was changed/,
    ],
    [
      spoilt("no-json", (copy) => appendFileSync(path.join(copy, "manifest.json"), "}")),
      /cannot be read by this version.*Nothing was changed/,
    ],
    [
      spoilt("longer", (copy) => appendFileSync(table(copy, "journal"), "x")),
      /damaged: journal is not what was written\. Nothing was changed/,
    ],
    [
      spoilt("one-bit", (copy) =>
        writeFileSync(
          table(copy, "gift"),
          readFileSync(table(copy, "gift")).map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
        ),
      ),
      /damaged: gift is not what/,
    ],
    [spoilt("without-table", (copy) => rmSync(table(copy, "need"))), /damaged: need is not what/],
    [spoilt("without-photo", (copy) => rmSync(photo(copy))), /damaged: the file [0-9a-f]{64} is gone/],
    [
      spoilt("other-photo", (copy) => appendFileSync(photo(copy), "x")),
      /damaged: the file [0-9a-f]{64} is gone, or not what/,
    ],
    [
      spoilt(
        "newer",
        said({ history: [...manifest.history, { madeAt: 4_102_444_800_000, hash: "f".repeat(64) }] }),
      ),
      /^The backup in .* is of a newer version/,
    ],
    [
      spoilt("foreign", said({ history: [{ madeAt: 1, hash: "e".repeat(64) }] })),
      /^The backup in .* a history that this version does not know/,
    ],
    [
      spoilt(
        "fewer-rows",
        said({
          tables: manifest.tables.map((one) => (one.name === "gift" ? { ...one, rows: one.rows + 1 } : one)),
        }),
      ),
      /Of the table gift \d+ rows came back/,
    ],
  ];
  const owner = postgres(elsewhere.ownerUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
  for (const [copy, says] of REFUSED) {
    await expect(bringBack(elsewhere, copy), copy).rejects.toThrow(says);
    expect(
      await owner`select relname from pg_class where relnamespace = 'public'::regnamespace or relname like '%drizzle%'`,
      copy,
    ).toEqual([]);
  }

  await owner`create table somebodys (words text)`;
  await expect(bringBack(elsewhere, folder)).rejects.toThrow(
    /has 1 tables: a backup goes into one without tables/,
  );
  await owner.end();
  await expect(
    restoreBackup(ownerUrl, APP, folder, uuidv7(), keysOf, world.system.ports.files, store),
  ).rejects.toThrow(/has \d+ tables/);
  await expect(
    takeBackup(ownerUrl, folder, "0.0.0", keysOf, world.system.ports.files, store),
  ).rejects.toThrow(/is not empty/);
});

test("a photo that is not there any more is named by the backup, which goes on; it comes back without it", async ({
  db,
  ownerUrl,
  elsewhere,
}) => {
  const world = today(db);
  await aHouse(world);
  rmSync(world.filesFolder, { recursive: true });
  const { folder, manifest } = await take(world, ownerUrl);
  expect(manifest.files.missing).toHaveLength(1);
  await bringBack(elsewhere, folder);
});

test("the database has no sequence of its own: whatever is numbered by one would have to be set on", async ({
  owner,
}) => {
  expect(
    await owner`select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
  ).toEqual([]);
});
