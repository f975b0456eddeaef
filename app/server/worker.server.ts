import type { Logger } from "pino";
import type { Runtime } from "~/http/loadContext";
import { runClocks } from "~/journal/clocks.server";
import { drainOutbox } from "~/journal/drainOutbox.server";
import { faultOf } from "./fault.server";
import { systemContext } from "./makeRuntime.server";

const IDLE_MS = 1_500;

/**
 * Drains the outbox and runs the clocks until stopped. A lost database is waited for, not died of:
 * leases make it safe to go on where this or another worker left off.
 */
export function startWorker(runtime: Runtime, log: Logger): { stop: () => Promise<void> } {
  const ctx = systemContext(runtime, "worker");
  let stopping = false;
  let wake: () => void = () => undefined;

  const loop = (async () => {
    while (!stopping) {
      let done = 0;
      try {
        done = await drainOutbox(ctx);
        await runClocks(ctx);
      } catch (error) {
        log.error({ worker: faultOf(error) });
      }
      if (done === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, IDLE_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  })();
  return {
    stop: async () => {
      stopping = true;
      wake();
      await loop;
    },
  };
}
