import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import type { Logger } from "pino";
import type { Settings } from "~/settings.server";
import { startWorker } from "~/worker/loop.server";
import { connect } from "~db/client";
import { saidAlways } from "./everyAnswer.server";
import { faultOf } from "./fault.server";
import { listen } from "./listen.server";
import { makeLog, makeRuntime } from "./makeRuntime.server";
import { makeServer } from "./makeServer.server";
import { openReplica } from "./replica.server";
import { proxyToTestDesk } from "./testDesk.server";

export type Running = Readonly<{ port: number; stop: () => Promise<void> }>;

/**
 * Few, and short: what a visitor asks is answered within two seconds or not at all, and takes nobody else's
 * connection.
 */
const VISITORS = { max: 4, statementMs: 2_000, keepsReads: "parsed" } as const;
/** Who somebody is, and what is theirs, is found by keys. */
const OWN = { max: 4, keepsReads: "planned" } as const;
/** More at once make fewer gifts of a wish that many want, and processes share what the server takes. */
const WORK = { max: 6 } as const;

/**
 * Starts what ROLE asks for: portal, worker or both. `stop` finishes running answers and work, then lets go
 * of the database.
 */
export async function run(settings: Settings, log: Logger = makeLog()): Promise<Running> {
  const connection = connect(settings.DATABASE_URL, WORK);
  const visitors = connect(settings.DATABASE_URL, VISITORS);
  const own = connect(settings.DATABASE_URL, OWN);
  const { DATABASE_READ_URL: readUrl } = settings;
  const replica = readUrl === undefined ? undefined : openReplica(readUrl, { primary: connection.db, log });
  const runtime = makeRuntime(settings, connection.db, {
    log,
    visitorsDb: visitors.db,
    ownDb: own.db,
    replica,
  });
  const worker = settings.ROLE === "portal" ? undefined : startWorker(runtime, log);
  const proxy =
    settings.STRIPE_EMULATOR_URL === undefined
      ? {}
      : { proxyTestDesk: proxyToTestDesk(settings.STRIPE_EMULATOR_URL) };
  const portal =
    settings.ROLE === "worker"
      ? undefined
      : await listen(
          makeServer({ build: await loadBuild(), runtime, ping: connection.ping, log, ...proxy }),
          {
            host: settings.HOST,
            port: settings.PORT,
            always: saidAlways(settings.PUBLIC_URL),
            drained: () => pause(settings.DRAIN_SECONDS * 1_000),
          },
        );
  return {
    port: portal?.port ?? 0,
    stop: async () => {
      await Promise.all([portal?.close(), worker?.stop()]);
      await Promise.all([connection.close(), visitors.close(), own.close(), replica?.close()]);
    },
  };
}

async function loadBuild(): Promise<ServerBuild> {
  // Made by `npm run build`; a variable path keeps bundlers and tsc from looking for it.
  const file = path.resolve("build/server/index.js");
  return (await import(pathToFileURL(file).href)) as ServerBuild;
}

/**
 * Ends once, cleanly, on SIGTERM or SIGINT; on a bug that nobody caught it says so and ends with 1, for the
 * supervisor to start anew.
 */
export function endOnSignals(stop: () => Promise<void>, log: Logger, mostMs = 15_000): void {
  let ending = false;
  const end = (code: number) => {
    if (ending) return;
    ending = true;
    stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
    setTimeout(() => process.exit(code), mostMs).unref();
  };

  process.once("SIGTERM", () => {
    end(0);
  });
  process.once("SIGINT", () => {
    end(0);
  });
  for (const fault of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(fault, (error: unknown) => {
      log.fatal({ ended: fault, ...faultOf(error) });
      end(1);
    });
  }
}
