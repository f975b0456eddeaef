import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import pino, { type Logger } from "pino";
import { uuidv7 } from "uuidv7";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { readKeyring } from "~/domain/kernel/sealing.server";
import type { Replica, Runtime } from "~/http/loadContext";
import { makeMailPort } from "~/integrations/mail/mail.server";
import { makeFilePort } from "~/integrations/storage/files.server";
import { makePaymentPort } from "~/integrations/stripe/payments.server";
import { makeTextPort } from "~/integrations/texts/gateway.server";
import type { Settings } from "~/settings.server";
import type { Database } from "~db/client";
import { makeFaultPort } from "./fault.server";

/** Puts the real world together: clock, ids, keys and outside services, as the settings name them. */
export function makeRuntime(
  settings: Settings,
  db: Database,
  {
    log = makeLog(),
    visitorsDb = db,
    ownDb = db,
    replica,
  }: Readonly<{
    log?: Logger;
    visitorsDb?: Database;
    ownDb?: Database;
    replica?: Replica | undefined;
  }> = {},
): Runtime {
  return {
    settings,
    db,
    visitorsDb,
    ownDb,
    replica,
    keys: readKeyring(settings.DATA_KEY, settings.HASH_KEY),
    ports: {
      payments: makePaymentPort(settings),
      mail: makeMailPort(settings),
      files: makeFilePort(settings),
      texts: makeTextPort(settings),
      faults: makeFaultPort(log),
    },
    now: () => new Date(),
    newId: uuidv7,
    randomBytes,
    pause: (milliseconds) => setTimeout(milliseconds),
  };
}

/** The context of the portal itself: clocks, handlers, imports. */
export function systemContext(runtime: Runtime, name: string): UseCaseContext {
  const { db, now, newId, randomBytes: random, pause, keys, ports } = runtime;
  return {
    db,
    now,
    newId,
    randomBytes: random,
    pause,
    keys,
    ports,
    locale: "zh-Hans",
    publicUrl: runtime.settings.PUBLIC_URL,
    actor: { kind: "system", name },
  };
}

/**
 * Lines of the log are written together, so many bytes or milliseconds of them: written by itself, a line
 * costs a fifth of the answer that it tells of.
 */
const LOG_TOGETHER = { minLength: 8_192, periodicFlush: 100, sync: true } as const;

/**
 * One line of JSON for each event. Only fields that we name are written; nothing of a request's body, cookies
 * or query. However the process ends by itself, all of it is written; one that is killed takes a tenth of a
 * second along.
 */
export function makeLog(): Logger {
  const lines = pino.destination(LOG_TOGETHER);
  process.once("exit", () => {
    lines.flushSync();
  });
  const level = process.env.LOG_LEVEL ?? "info";
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, level }, lines);
}
