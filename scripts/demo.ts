import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { sql } from "drizzle-orm";
import pino from "pino";
import { demoAccounts } from "~/domain/identity/queries.server";
import { LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { makeRuntime } from "~/server/makeRuntime.server";
import { endOnSignals, run } from "~/server/run.server";
import type { Settings } from "~/settings.server";
import { connect } from "~db/client";
import { ClusterError, reachableFolder, startEmbedded } from "~db/embedded";
import { NotMigratedError } from "~db/history";
import { migrate } from "~db/migrate";
import { seedReference } from "~db/seed/reference";
import { buildIfNeeded } from "./demo/buildIfNeeded";
import { playHistory } from "./demo/history";

const log = pino({ base: null, level: process.env.LOG_LEVEL ?? "warn" });
const wished = path.resolve(process.env.DATA_DIR ?? ".data/demo");
/** Named by somebody, it is there or the demo says why not; ours goes where the database gets to it. */
const dataDir = process.env.DATA_DIR === undefined ? reachableFolder(wished) : wished;
const host = process.env.HOST ?? "127.0.0.1";
const port = Number(process.env.PORT ?? 3000);
const say = (words: string) => {
  process.stdout.write(`${words}\n`);
};

if (dataDir !== wished)
  say(
    `演示数据放在 · The demo keeps its data in ${dataDir} (数据库进不了 · the database's user cannot enter ${wished})`,
  );
if (process.argv.includes("--fresh")) rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true });
await requireFreePort();
const database = await startEmbedded({ dataDir: path.join(dataDir, "postgres") }).catch((error: unknown) =>
  refused(error),
);
await bringUp();
buildIfNeeded(say);

const deskPort = await startDesk();
const settings: Settings = {
  DATABASE_URL: database.appUrl,
  MIGRATION_URL: database.ownerUrl,
  PUBLIC_URL: process.env.PUBLIC_URL ?? `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`,
  ...demoKeys(),
  STRIPE_SECRET_KEY: "sk_test_desk",
  STRIPE_EMULATOR_URL: `http://127.0.0.1:${deskPort.port}`,
  FILES_DIR: path.join(dataDir, "files"),
  ROLE: "both",
  HOST: host,
  PORT: port,
  TRUSTED_PROXIES: 0,
  PROCESSES: 1,
  DRAIN_SECONDS: 0,
  LINE_HOURS: [{ firstDay: 1, lastDay: 5, opens: "8:30", closes: "17:30" }],
};
process.env.STRIPE_EMULATOR_URL = settings.STRIPE_EMULATOR_URL;
await load();
const running = await run(settings, log);
endOnSignals(async () => {
  await running.stop();
  deskPort.child.kill("SIGTERM");
  await database.stop();
}, log);
await announce();

/** Before the database is touched: a second demo must not stop the first one's server. */
async function requireFreePort(): Promise<void> {
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer().once("error", () => {
      resolve(false);
    });
    probe.listen(port, host, () =>
      probe.close(() => {
        resolve(true);
      }),
    );
  });
  if (free) return;
  say(`端口 ${port} 已被占用 · Port ${port} is in use: end what runs there, or set PORT.`);
  process.exit(1);
}

/**
 * The demo of an earlier version becomes one of this version, with everything that was done in it; one that
 * cannot is left as it is, and said in words.
 */
async function bringUp(): Promise<void> {
  try {
    await migrate(database.ownerUrl, new URL(database.appUrl).username);
  } catch (error) {
    await database.stop();
    refused(error);
  }
}

function refused(error: unknown): never {
  if (!(error instanceof NotMigratedError || error instanceof ClusterError)) throw error;
  const folder = process.env.DATA_DIR === undefined ? "" : `DATA_DIR=${wished} `;
  say(`演示数据不是本版本能接着用的 · This version cannot go on with the demo in ${dataDir}:`);
  say(error.message);
  say(`要清空重来 · To start anew, without what was done in it: ${folder}npm run demo -- --fresh`);
  process.exit(1);
}

/** Loads the input and plays the history, once: what is there already is kept. */
async function load(): Promise<void> {
  const owner = connect(database.ownerUrl, { max: 1 });
  await seedReference(owner.db, { isDemo: true, limits: LIMIT_DEFAULTS, traditional, now: new Date() });
  await owner.close();
  const connection = connect(database.appUrl);
  const [row] = await connection.db.execute<{ n: number }>(sql`select count(*)::int as n from need`);
  if (row?.n === 0) {
    say("正在装入演示数据 · Loading the demo's history …");
    await playHistory(makeRuntime(settings, connection.db), { until: new Date() });
  }

  await connection.close();
}

/** The demo's own keys, made at its first run and kept beside its data. */
function demoKeys(): Pick<Settings, "DATA_KEY" | "HASH_KEY" | "STRIPE_WEBHOOK_SECRET"> {
  const file = path.join(dataDir, "keys.json");
  if (!existsSync(file)) {
    const key = () => randomBytes(32).toString("base64");
    writeFileSync(
      file,
      JSON.stringify({ DATA_KEY: `demo:${key()}`, HASH_KEY: key(), STRIPE_WEBHOOK_SECRET: `whsec_${key()}` }),
      { mode: 0o600 },
    );
  }

  return JSON.parse(readFileSync(file, "utf8")) as Pick<
    Settings,
    "DATA_KEY" | "HASH_KEY" | "STRIPE_WEBHOOK_SECRET"
  >;
}

async function startDesk(): Promise<{ child: ChildProcess; port: number }> {
  const { STRIPE_WEBHOOK_SECRET } = demoKeys();
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/testDesk.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      DESK_STATE: path.join(dataDir, "test-desk.json"),
      DESK_SECRET: STRIPE_WEBHOOK_SECRET,
      DESK_WEBHOOK_URL: `http://127.0.0.1:${port}/webhooks/stripe`,
      DESK_PUBLIC_URL: process.env.PUBLIC_URL ?? `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`,
    },
  });
  return new Promise((resolve, reject) => {
    child.once("exit", () => {
      reject(new Error("the test desk did not start"));
    });
    child.stdout.once("data", (chunk: Buffer) => {
      resolve({ child, port: Number(chunk.toString().trim()) });
    });
  });
}

async function announce(): Promise<void> {
  const connection = connect(database.appUrl, { max: 1 });
  const accounts = await demoAccounts(connection.db);
  await connection.close();
  say(
    `\n  红心 Hongxin · ${settings.PUBLIC_URL}\n\n  登录页可一键进入各岗位 · one click for each role on the sign-in page:`,
  );
  for (const account of accounts)
    say(`    ${account.role.padEnd(14)} ${(account.email ?? "").padEnd(28)} ${account.displayName}`);
  say("\n  Ctrl+C 结束 · ends it\n");
}
