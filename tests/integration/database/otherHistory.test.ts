import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { describe, expect, inject } from "vitest";
import { startEmbedded } from "~db/embedded";
import { knownSteps } from "~db/history";
import { migrate } from "~db/migrate";
import { test as base } from "../../support/database";
import { aFolder } from "../../support/folders";
import { freePort } from "../../support/house";
import { startSettings } from "../../support/startSettings";

const APP = "hongxin_app";

/** The test's own database as its owner reaches it, who owns all of it. */
const test = base.extend<{ ownerUrl: string }>({
  ownerUrl: async ({ databaseUrl }, use) => {
    const url = new URL(inject("ownerUrl"));
    url.pathname = new URL(databaseUrl).pathname;
    const superuser = postgres(inject("superuserUrl"), { max: 1, fetch_types: false });
    await superuser.unsafe(`alter database "${url.pathname.slice(1)}" owner to ${url.username}`);
    await superuser.end();
    await use(url.href);
  },
});

const HISTORY = "drizzle.__drizzle_migrations";
/** What somebody may meet here, and what the refusal says of it. */
const OTHERS: readonly (readonly [name: string, plant: string, says: RegExp])[] = [
  [
    "a newer version's",
    `insert into ${HISTORY} (hash, created_at) values ('${"f".repeat(64)}', 4102444800000)`,
    /is of a newer version: it has \d+ migrations, this version knows \d+ .*2100-01-01, sum f{12}.*Nothing was changed\..*restore/s,
  ],
  [
    "one whose first migration was another",
    `update ${HISTORY} set hash = '${"e".repeat(64)}' where id = 1`,
    /a history that this version does not know: its migration 1 .*sum e{12}.*Nothing was changed\./s,
  ],
  [
    "one that has tables and keeps no history",
    `drop schema drizzle cascade`,
    /has \d+ tables, but no history .*Nothing was changed\./s,
  ],
];

/**
 * Everything that a start could touch: tables, rights, functions, triggers, history, by their last change.
 */
const standing = (owner: postgres.Sql) =>
  owner`select 'class' as kind, relname::text as name, xmin::text, relacl::text as rights from pg_class where relnamespace = 'public'::regnamespace
    union all select 'function', proname, xmin::text, '' from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'trigger', tgname, xmin::text, '' from pg_trigger
    union all select 'schema', nspname, xmin::text, '' from pg_namespace order by 1, 2, 3`;

function run(
  script: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", ...script], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => {
    child.once("close", (code) => {
      resolve({ code, said });
    });
  });
}

describe.each(OTHERS)("%s database", (_name, plant, says) => {
  test("is refused in words, and nothing of it is touched", async ({ owner, ownerUrl }) => {
    await owner.unsafe(plant);
    // What a start makes again where it is missing: it must not get that far.
    await owner.unsafe("drop trigger append_only on journal");
    const before = await standing(owner);
    await expect(migrate(ownerUrl, APP)).rejects.toThrow(says);
    expect(await standing(owner)).toEqual(before);
  });

  test("is refused by the portal's start, npm run migrate and npm run load, in a sentence without a stack", async ({
    owner,
    ownerUrl,
    databaseUrl,
  }) => {
    await owner.unsafe(plant);
    const settings = startSettings({ databaseUrl, ownerUrl });
    const runs = await Promise.all([
      run(["server.ts"], settings),
      run(["server.ts"], { ...settings, DATABASE_URL: ownerUrl }),
      run(["scripts/migrate.ts"], settings),
      run(["scripts/load.ts"], settings),
    ]);
    for (const { code, said } of runs) {
      expect(said).toMatch(says);
      expect(said).not.toMatch(/^\s+at /m);
      expect(code).toBe(1);
    }
  });
});

test("a database without tables, and one of this version, are brought up as ever", async ({
  owner,
  ownerUrl,
}) => {
  await expect(migrate(ownerUrl, APP)).resolves.toBeUndefined();
  await owner.unsafe("drop owned by current_user cascade");
  await owner.unsafe("create schema if not exists public");
  await expect(migrate(ownerUrl, APP)).resolves.toBeUndefined();
});

base(
  "the demo says which of its data it cannot go on with, leaves it there, and names the command that starts anew",
  { timeout: 120_000 },
  async () => {
    const folder = aFolder("hongxin-demo-history");
    // The database's own user has to pass through.
    chmodSync(folder, 0o711);
    const dataDir = path.join(folder, "demo");
    mkdirSync(dataDir, { recursive: true });
    const server = await startEmbedded({ dataDir: path.join(dataDir, "postgres"), unsafeFast: true });
    const client = postgres(server.ownerUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
    await client.unsafe(
      `create schema drizzle; create table ${HISTORY} (id serial primary key, hash text not null, created_at bigint); create table kept (words text)`,
    );
    await client`insert into drizzle.__drizzle_migrations (hash, created_at) values (${"e".repeat(64)}, 1)`;
    await client.end();
    await server.stop();

    const refused = async (says: string) => {
      const { code, said } = await run(["scripts/demo.ts"], {
        DATA_DIR: dataDir,
        PORT: String(await freePort()),
      });
      expect(said).toContain(says);
      expect(said).toContain(`DATA_DIR=${dataDir} npm run demo -- --fresh`);
      expect(code).toBe(1);
    };

    /** What lies there, after it was refused. */
    const look = async (work: (owner: postgres.Sql) => Promise<unknown>) => {
      const again = await startEmbedded({ dataDir: path.join(dataDir, "postgres"), unsafeFast: true });
      const kept = postgres(again.ownerUrl, { max: 1, fetch_types: false });
      expect(await kept`select to_regclass('kept') is not null as there`).toEqual([{ there: true }]);
      await work(kept);
      await kept.end();
      await again.stop();
    };

    await refused("a history that this version does not know");
    await look(async (owner) => {
      await owner`delete from drizzle.__drizzle_migrations`;
      for (const { madeAt, hash } of [...knownSteps(), { madeAt: 4_102_444_800_000, hash: "f".repeat(64) }])
        await owner`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${madeAt})`;
    });
    await refused("is of a newer version");
    await look(() => Promise.resolve());
    rmSync(folder, { recursive: true, force: true });
  },
);
