import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import type { Logger } from "pino";
import type { Settings } from "~/settings.server";
import type { Running } from "./run.server";

type Role = Settings["ROLE"];

/** A process that ran so long was well: what ended it is not there from its first moment. */
const STEADY_MS = 60_000;
/** Before one that ended is started anew: at once the first time, then with growing pauses. */
const PAUSES_MS = [0, 1_000, 5_000, 15_000, 30_000] as const;
/** What a process says to the one that started it once it does its work. */
type Ready = Readonly<{ listening: number }>;

const isReady = (message: unknown): message is Ready =>
  typeof message === "object" && message !== null && "listening" in message;

/**
 * What the processes of this start do, one entry each: with several portal processes the worker has one of
 * its own, so that no letter waits for a page.
 */
export function rolesOf({ ROLE, PROCESSES }: Pick<Settings, "ROLE" | "PROCESSES">): readonly Role[] {
  if (ROLE === "worker" || PROCESSES === 1) return [ROLE];
  const portals = Array.from({ length: PROCESSES }, () => "portal" as const);
  return ROLE === "portal" ? portals : [...portals, "worker"];
}

/** Tells whoever started this process that it does its work; of a process that nobody started, nothing. */
export const sayReady = (port: number): void => void process.send?.({ listening: port } satisfies Ready);

/**
 * Runs this program once for each role, in processes that share one port: the system hands each the next
 * connection. One that ends by itself is started anew, in a growing distance from its last start. `stop` ends
 * all of them as their own SIGTERM does.
 *
 * @returns once all of them do their work
 * @throws when one ends before it does: its settings, or its database, are no better the next time
 */
export async function runProcesses(roles: readonly Role[], log: Logger): Promise<Running> {
  const living = new Set<Worker>();
  let ending = false;

  const begin = (role: Role, ended = 0): Promise<number> => {
    const child = cluster.fork({ ROLE: role, PROCESSES: "1" });
    const begunAt = performance.now();
    living.add(child);
    return new Promise((ready, never) => {
      let works = false;
      child.on("message", (message: unknown) => {
        if (!isReady(message)) return;
        works = true;
        ready(message.listening);
      });
      child.once("exit", (code, signal) => {
        living.delete(child);
        if (ending) return;
        log.error({ ended: "process", role, code, signal });
        if (!works && ended === 0) {
          never(new Error(`a ${role} process ended before it did its work`));
          return;
        }

        const tries = performance.now() - begunAt > STEADY_MS ? 0 : ended;
        setTimeout(
          () => {
            if (!ending) void begin(role, tries + 1);
          },
          PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)],
        );
      });
    });
  };

  const ports = await Promise.all(roles.map((role) => begin(role)));
  return {
    port: ports.find((port) => port > 0) ?? 0,
    stop: async () => {
      ending = true;
      const codes = await Promise.all([...living].map(end));
      if (codes.some((code) => code !== 0)) throw new Error("a process did not end well");
    },
  };
}

/** Ends a process as a supervisor does; answers with its exit code. */
async function end(child: Worker): Promise<number | null> {
  const exited = once(child, "exit");
  child.process.kill("SIGTERM");
  const [code] = (await exited) as [number | null];
  return code;
}
