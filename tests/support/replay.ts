import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "~db/client";
import { type Bucket, journal } from "~db/schema/journal";

/**
 * The buckets of a line as the journal alone tells them: everything open at first, then every move, in order.
 */
export async function replayLine(
  db: Database,
  lineId: string,
  requested: bigint,
): Promise<Record<Bucket, bigint>> {
  const moves = await db.select().from(journal).where(eq(journal.lineId, lineId)).orderBy(asc(journal.id));
  const buckets: Record<Bucket, bigint> = {
    open: requested,
    held: 0n,
    pledged: 0n,
    in_hub: 0n,
    delivered: 0n,
    waived: 0n,
  };
  for (const { bucketFrom, bucketTo, quantity } of moves) {
    if (bucketFrom === null || bucketTo === null || quantity === null)
      throw new Error("a move without its buckets");
    buckets[bucketFrom] -= quantity;
    buckets[bucketTo] += quantity;
  }

  return buckets;
}

/**
 * The states of some things as the journal alone tells them: each step must start where the one before it
 * ended.
 */
export async function replayStates(
  db: Database,
  entity: string,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const states = new Map<string, string | null>();
  if (ids.length === 0) return states;
  const steps = await db
    .select()
    .from(journal)
    .where(and(eq(journal.entity, entity), inArray(journal.entityId, [...ids])))
    .orderBy(asc(journal.entityId), asc(journal.entityVersion));
  for (const step of steps) {
    const before = states.get(step.entityId) ?? null;
    if (step.fromState !== before)
      throw new Error(
        `${step.event} starts in ${String(step.fromState)}, but ${String(before)} was before it`,
      );
    states.set(step.entityId, step.toState);
  }

  return states;
}
