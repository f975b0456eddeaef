import { and, gt, ne, sql } from "drizzle-orm";
import { renewLookups } from "~/domain/households/renewLookups.server";
import { renewPhoneHashes } from "~/domain/identity/accountPhones.server";
import { renewMailHashes } from "~/domain/identity/invitations.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { hashKeyOf } from "~/domain/kernel/hashKeys.server";
import { LIMIT_BOUNDS } from "~/domain/kernel/limitBounds";
import { newestHashKey } from "~/domain/kernel/sealing.server";
import { plusDays, plusMinutes } from "~/domain/kernel/time";
import { rateCounters } from "~db/schema/kernel";
import { HASHED, type Hashed } from "./hashedColumns.server";

/** What became of one kind of hashes. `failed` names the rows that could not be read. */
export type Rehashed = Readonly<{ what: string; rehashed: number; failed: readonly string[] }>;

/**
 * What is found by an older key of HASH_KEY and by no other: until when, or what ends with the key. Neither:
 * it was not hashed anew yet.
 */
export type UnderOlderKey = Readonly<{
  keyId: string;
  what: string;
  count: number;
  until?: Date;
  then?: string;
}>;

const RENEWED = {
  households: renewLookups,
  "addresses of open invitations": renewMailHashes,
  "numbers that accounts come in by": renewPhoneHashes,
};

/** Those of sign-ins; all others are an hour's. */
const [, LONGEST_WINDOW_MINUTES] = LIMIT_BOUNDS.signInWindowMinutes;

/**
 * Hashes everything anew that was hashed under an older key of HASH_KEY and can be read, while the portal is
 * at work: row by row, each locked for a moment and asked once more. Safe to repeat, to break off and to
 * begin again, also by two at once. Answers kind by kind.
 * @throws {DomainError} NOT_ALLOWED unless the system
 */
export async function* rehash(ctx: UseCaseContext): AsyncGenerator<Rehashed> {
  if (ctx.actor.kind !== "system") throw new DomainError("NOT_ALLOWED");
  for (const [what, renew] of Object.entries(RENEWED)) {
    const failed = new Set<string>();

    const rowsFailed = (_work: string, rows: readonly Readonly<{ id: string }>[]) => {
      for (const { id } of rows) failed.add(id);
    };

    const naming = { ...ctx, ports: { ...ctx.ports, faults: { rowsFailed } } };
    let rehashed = 0;
    for (let some = await renew(naming); some > 0; some = await renew(naming)) rehashed += some;
    yield { what, rehashed, failed: [...failed] };
  }
}

/**
 * Everything that is still found by an older key alone, also by one that HASH_KEY has no more. Empty once the
 * older keys may go. Reads only.
 */
export async function underOlderKeys(ctx: UseCaseContext): Promise<readonly UnderOlderKey[]> {
  const found = [await triesUnderOlder(ctx)];
  for (const kind of HASHED) found.push(await underOlder(ctx, kind));
  return found.flat().toSorted((one, other) => one.keyId.localeCompare(other.keyId));
}

async function underOlder(
  ctx: UseCaseContext,
  { columns: [column], keyOf, what, wanted, way }: Hashed,
): Promise<UnderOlderKey[]> {
  const ends = typeof way === "object" && "endsWith" in way ? way : undefined;
  const then = typeof way === "object" && "then" in way ? { then: way.then } : {};
  const rows = await ctx.db
    .select({
      keyId: keyOf,
      count: sql<number>`count(*)::int`,
      last: sql`${ends === undefined ? sql`null::timestamptz` : sql`max(${ends.endsWith})`}`.mapWith(
        (moment: string): Date | null => new Date(moment),
      ),
    })
    .from(column.table)
    .where(and(wanted(ctx.now()), ne(keyOf, newestHashKey(ctx.keys))))
    .groupBy(keyOf);
  return rows.map(({ keyId, count, last }) => ({
    keyId,
    what,
    count,
    ...then,
    ...(ends && last ? { until: plusDays(last, ends.days) } : {}),
  }));
}

/**
 * Tries are counted under every key that stands. An older one is needed for as long as a window is open in
 * which it has counted more than the newest: one that was open when the newest came.
 */
async function triesUnderOlder(ctx: UseCaseContext): Promise<UnderOlderKey[]> {
  const keyOf = hashKeyOf(rateCounters.key);
  const windows = await ctx.db
    .select({
      keyId: keyOf,
      windowStart: rateCounters.windowStart,
      hits: sql<number>`sum(${rateCounters.hits})::int`,
    })
    .from(rateCounters)
    .where(gt(rateCounters.windowStart, plusMinutes(ctx.now(), -LONGEST_WINDOW_MINUTES)))
    .groupBy(keyOf, rateCounters.windowStart)
    .orderBy(rateCounters.windowStart);
  const newest = newestHashKey(ctx.keys);
  const counted = new Map(
    windows.flatMap((row) => (row.keyId === newest ? [[row.windowStart.getTime(), row.hits]] : [])),
  );
  const open = new Map<string, UnderOlderKey>();

  for (const { keyId, windowStart, hits } of windows) {
    const more = keyId === newest ? 0 : hits - (counted.get(windowStart.getTime()) ?? 0);
    if (more > 0)
      open.set(keyId, {
        keyId,
        what: "counted tries",
        count: (open.get(keyId)?.count ?? 0) + more,
        until: plusMinutes(windowStart, LONGEST_WINDOW_MINUTES),
      });
  }

  return [...open.values()];
}
