import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Logger } from "pino";
import { readPublicVersion } from "~/domain/needs/publicVersion.server";
import type { Following, Replica } from "~/http/loadContext";
import { connect, type Database, within } from "~db/client";
import { askedTogether } from "./askedTogether";
import { faultOf } from "./fault.server";

/** What is later than this is no longer "some seconds late". */
const MOST_LATE_SECONDS = 10;
/** How long a process goes on with what it knows of the replica; and so much longer while it asks anew. */
const KNOWN_MS = 1_000;
const STILL_KNOWN_MS = 2_000;
/** A replica that takes longer to say how it stands is not there. */
const DEADLINE_MS = 1_000;
/** So long it is waited for at most until it holds what was just written: usually some milliseconds. */
const PATIENCE_MS = 250;
const ASK_AGAIN_MS = 10;

/** As on the database itself strangers have connections of their own, whose statements end soon. */
const VISITORS = { max: 4, statementMs: 2_000, keepsReads: "parsed" } as const;
const OF_WORK = { max: 3 } as const;

/** How far the database itself has written, and which one it is. */
type Head = Readonly<{ lsn: string; system: string; now: string }>;
type There = Readonly<{ follows: boolean; holdsAll: boolean | null; behindSeconds: string | null }>;

const HEAD = sql`select pg_current_wal_insert_lsn() as lsn, now()::text as now, system_identifier::text as system from pg_control_system()`;

/** How a replica stands to that: one that was never told of a transaction has none to count from. */
const standingTo = ({ lsn, system, now }: Head) => sql`
  select pg_is_in_recovery() and system_identifier::text = ${system} as follows,
    pg_last_wal_replay_lsn() >= ${lsn}::pg_lsn as "holdsAll",
    extract(epoch from ${now}::timestamptz - pg_last_xact_replay_timestamp())::text as "behindSeconds"
  from pg_control_system()`;

type Parts = Readonly<{
  primary: Database;
  log: Pick<Logger, "info" | "warn">;
  mostLateSeconds?: number;
}>;

/**
 * Opens a replica for what need not be asked of the database itself. Whoever asks never waits for one that
 * is away, too far behind or of another database: it is asked again beside them, each second at most, and
 * what changes is one line of the log. One server stands behind the address: each answer of it is newer than
 * the last.
 */
export function openReplica(
  url: string,
  { primary, log, mostLateSeconds = MOST_LATE_SECONDS }: Parts,
): Replica & Readonly<{ close: () => Promise<void> }> {
  const [visitors, ofWork] = [connect(url, VISITORS), connect(url, OF_WORK)];
  let known: Following | undefined;
  let knownSince = -Infinity;
  let asking: Promise<Following> | undefined;

  /** Nothing while the database itself is away, of which others tell. */
  const readHead = async (): Promise<Head | undefined> => {
    const [head] = await within(DEADLINE_MS, primary.execute<Head>(HEAD)).catch(() => []);
    return head;
  };

  /** Asked until it holds all of that, or patience ends. */
  const reaches = async (head: Head): Promise<There | undefined> => {
    const began = performance.now();
    for (;;) {
      const [there] = await within(DEADLINE_MS, ofWork.db.execute<There>(standingTo(head)));
      const isSettled = there?.holdsAll === true || there?.follows !== true;
      if (isSettled || performance.now() - began > PATIENCE_MS) return there;
      await pause(ASK_AGAIN_MS);
    }
  };

  const note = (next: Following, error?: unknown): Following => {
    if (next.state !== known?.state)
      log[next.state === "near" ? "info" : "warn"]({
        replica: next.state,
        behindSeconds: next.behindSeconds,
        ...(error === undefined ? {} : faultOf(error)),
      });
    known = next;
    knownSince = performance.now();
    return next;
  };

  const look = async (): Promise<Following> => {
    const head = await readHead();
    if (head === undefined) return { state: "away" };
    try {
      const there = await reaches(head);
      if (there?.follows !== true) return note({ state: "another database" });
      const behindSeconds = there.holdsAll ? 0 : Math.max(0, Number(there.behindSeconds ?? Infinity));
      return note({ state: behindSeconds > mostLateSeconds ? "behind" : "near", behindSeconds });
    } catch (error) {
      return note({ state: "away" }, error);
    }
  };

  const lookTogether = (): Promise<Following> =>
    (asking ??= look().finally(() => {
      asking = undefined;
    }));

  const following = async (): Promise<Following> => {
    const age = performance.now() - knownSince;
    if (known && age < KNOWN_MS) return known;
    const looking = lookTogether();
    return known === undefined || (known.state === "near" && age > KNOWN_MS + STILL_KNOWN_MS)
      ? looking
      : known;
  };

  const readVersion = askedTogether(() => within(DEADLINE_MS, readPublicVersion(ofWork.db)));

  /** What is asked of a replica that is near; one that fails meanwhile is away. */
  const ofNear = async (mayRead: () => Promise<Database | undefined>): Promise<Database | undefined> => {
    if ((await following()).state !== "near") return undefined;
    try {
      return await mayRead();
    } catch (error) {
      note({ state: "away" }, error);
      return undefined;
    }
  };

  return {
    following,
    forLate: () => ofNear(() => Promise.resolve(visitors.db)),
    forPages: (publicVersion) =>
      ofNear(async () => ((await readVersion()) === publicVersion ? visitors.db : undefined)),
    forAllUntilNow: () =>
      ofNear(async () => {
        const head = await readHead();
        return head && (await reaches(head))?.holdsAll === true ? ofWork.db : undefined;
      }),
    close: async () => {
      await Promise.all([visitors.close(), ofWork.close()]);
    },
  };
}
