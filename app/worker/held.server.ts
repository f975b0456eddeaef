import { isNull } from "drizzle-orm";
import type { Database } from "~/domain/kernel/context.server";
import { restorations } from "~db/schema/journal";

/**
 * The moment of a backup that was brought back here and not yet let go; until then nothing is sent and no
 * clock runs.
 */
export async function heldSince(db: Database): Promise<Date | null> {
  const [held] = await db
    .select({ takenAt: restorations.takenAt })
    .from(restorations)
    .where(isNull(restorations.releasedAt))
    .limit(1);
  return held?.takenAt ?? null;
}
