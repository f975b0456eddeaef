import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { workImports } from "~/domain/imports/workImports.server";
import type { Runtime } from "~/http/loadContext";
import { faultOf } from "~/server/fault.server";
import { systemContext } from "~/server/makeRuntime.server";
import { runClocks } from "./clocks.server";
import { drainOutbox } from "./drainOutbox.server";
import { heldSince } from "./held.server";
import { IMPORT_WRITERS } from "./importWriters.server";
import { outboxStanding } from "./setAside.server";

const IDLE_MS = 1_500;
const STANDING_EVERY_MS = 5 * 60_000;

/**
 * Drains the outbox and, beside it, runs the clocks and writes what is imported, until stopped: none waits
 * for the others. Says every five minutes how the outbox stands. A lost database is waited for, not died of:
 * leases make it safe to go on where this or another worker left off.
 */
export function startWorker(runtime: Runtime, log: Logger): { stop: () => Promise<void> } {
  const ctx = systemContext(runtime, "worker");
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Again and again, with a rest of so long whenever it found nothing to do. */
  const loop = async (work: () => Promise<number>, restMs: number): Promise<void> => {
    while (!signal.aborted) {
      let done = 0;

      try {
        done = await work();
      } catch (error) {
        log.error({ worker: faultOf(error) });
      }

      if (done === 0) await pause(restMs, undefined, { signal }).catch(() => undefined);
    }
  };

  const tellStanding = async (): Promise<number> => {
    const outbox = await outboxStanding(runtime.db);
    log[outbox.setAside > 0 || outbox.heldSince !== null ? "warn" : "info"]({ outbox });
    return 0;
  };

  const clocks = async (): Promise<number> => {
    await runClocks(ctx);
    return 0;
  };

  // One batch at a time, so that a worker that ends waits for no more than that.
  const imports = async (): Promise<number> =>
    (await heldSince(runtime.db)) === null ? workImports(ctx, IMPORT_WRITERS) : 0;
  const loops = [
    loop(() => drainOutbox(ctx, undefined, signal), IDLE_MS),
    loop(clocks, IDLE_MS),
    loop(imports, IDLE_MS),
    loop(tellStanding, STANDING_EVERY_MS),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}
