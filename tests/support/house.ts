import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { makePaymentPort } from "~/integrations/stripe/payments.server";
import { startTestDesk } from "~/integrations/stripe/testDesk/startTestDesk";
import { connect } from "~db/client";
import { type EmbeddedServer, isAlive, startEmbedded } from "~db/embedded";
import { migrate } from "~db/migrate";
import { seedDemoCharity } from "~db/seed/charity";
import { seedReference } from "~db/seed/reference";
import { aFolder } from "./folders";
import { startReplica } from "./replica";
import { aWorld, Clock, KEYS } from "./world";

const SECRET = "whsec_house";
/** So long at the most until something that was started says that it is there. */
const PATIENCE_MS = 60_000;

export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
};

/** Asks until it is so, and says how long it took. @throws with what it said last, after a minute */
export async function until(what: () => Promise<boolean>, name: string): Promise<number> {
  const began = performance.now();
  for (let last: unknown; ;) {
    try {
      if (await what()) return Math.round(performance.now() - began);
    } catch (error) {
      last = error;
    }

    if (performance.now() - began > PATIENCE_MS)
      throw new Error(`${name}: not within a minute (${String(last)})`);
    await pause(20);
  }
}

const childrenOf = (pid: number | undefined): readonly number[] =>
  pid === undefined
    ? []
    : readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
        .split(" ")
        .flatMap((child) => (child === "" ? [] : [Number.parseInt(child, 10)]));

/** Ends the database server of a folder outright. */
async function killServer(dataDir: string): Promise<void> {
  const pid = Number.parseInt(readFileSync(path.join(dataDir, "postmaster.pid"), "utf8"), 10);
  process.kill(pid, "SIGKILL");
  await until(() => Promise.resolve(!isAlive(pid)), "the end of the database");
}

/**
 * A whole house of its own, as a city runs it: a PostgreSQL that forces what it writes to the disk, the
 * portal as it is built as a process of its own, and the test desk, which no crash touches. Each of the first
 * two can be killed and started again in its place.
 */
export async function aHouse() {
  const folder = aFolder("hongxin-house");
  // The database's own user has to pass through.
  chmodSync(folder, 0o711);
  const dataDir = path.join(folder, "postgres");
  mkdirSync(path.join(folder, "files"));
  const [portalPort, databasePort, replicaPort] = [await freePort(), await freePort(), await freePort()];
  const replicaDir = path.join(folder, "replica");
  const url = `http://127.0.0.1:${portalPort}`;
  let database = await startEmbedded({ dataDir, port: databasePort });
  let replica: EmbeddedServer | undefined;
  await migrate(database.ownerUrl, new URL(database.appUrl).username);
  const owner = connect(database.ownerUrl, { max: 1 });
  await seedReference(owner.db, { isDemo: true, limits: LIMIT_DEFAULTS, traditional, now: new Date() });
  const desk = await startTestDesk({
    publicUrl: url,
    webhookUrl: `${url}/webhooks/stripe`,
    webhookSecret: SECRET,
  });
  const payments = makePaymentPort({
    STRIPE_SECRET_KEY: "sk_test_desk",
    STRIPE_WEBHOOK_SECRET: SECRET,
    STRIPE_EMULATOR_URL: desk.url,
  });
  const connection = connect(database.appUrl, { max: 4 });
  const world = aWorld(connection.db, { clock: new Clock(new Date()), payments });
  await seedDemoCharity(connection.db, { now: new Date(), newId: world.system.newId });
  await owner.close();

  let portal: ChildProcess | undefined;
  const health = async () => {
    const answer = await fetch(`${url}/healthz`);
    return { status: answer.status, said: await answer.text() };
  };

  return {
    url,
    desk,
    world,
    health,
    /** Starts the portal and says how long it took until it was ready. */
    startPortal: async (drainSeconds = 0, processes = 1): Promise<number> => {
      portal = spawn(process.execPath, ["--import", "tsx", "server.ts"], {
        stdio: ["ignore", "pipe", "ignore"],
        env: {
          PATH: process.env.PATH ?? "",
          NODE_ENV: "production",
          DATABASE_URL: database.appUrl,
          ...(replica === undefined ? {} : { DATABASE_READ_URL: replica.appUrl }),
          MIGRATION_URL: database.ownerUrl,
          PUBLIC_URL: url,
          ...KEYS,
          STRIPE_SECRET_KEY: "sk_test_desk",
          STRIPE_WEBHOOK_SECRET: SECRET,
          STRIPE_EMULATOR_URL: desk.url,
          FILES_DIR: path.join(folder, "files"),
          PORT: String(portalPort),
          PROCESSES: String(processes),
          DRAIN_SECONDS: String(drainSeconds),
        },
      });
      // Of several processes the first answers before the last has begun; the log says when all have.
      let said = "";
      portal.stdout?.on("data", (chunk: Buffer) => {
        if (!said.includes('"listening"')) said += chunk.toString();
      });
      return until(async () => said.includes('"listening"') && (await health()).status === 200, "the portal");
    },
    /** The processes that the portal's first one started, as the system lists them. */
    processes: (): readonly number[] => childrenOf(portal?.pid),
    /** Sends a signal and says how it ended. */
    endPortal: async (signal: "SIGKILL" | "SIGTERM"): Promise<number | null> => {
      if (portal === undefined || portal.exitCode !== null) return portal?.exitCode ?? null;
      const ended = once(portal, "exit");
      portal.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    },
    /** As when the machine takes its memory back: no chance to say good-bye. */
    killDatabase: () => killServer(dataDir),
    /** Started in its place, on the same data; its own processes may take a moment to see that it is gone. */
    startDatabase: (): Promise<number> =>
      until(async () => {
        database = await startEmbedded({ dataDir, port: databasePort });
        return true;
      }, "the database"),
    /** A second database that follows the first, for the portal that is started then; or the same again. */
    startReplica: async (): Promise<EmbeddedServer> =>
      (replica =
        replica === undefined
          ? await startReplica(database, dataDir, { dataDir: replicaDir, port: replicaPort })
          : await startEmbedded({ dataDir: replicaDir, port: replicaPort })),
    killReplica: () => killServer(replicaDir),
    end: async (): Promise<void> => {
      if (portal?.exitCode === null) portal.kill("SIGKILL");
      await connection.close();
      await desk.close();
      await replica?.stop();
      await database.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof aHouse>>;
