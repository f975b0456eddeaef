import { sql } from "drizzle-orm";
import { rateCounters } from "~db/schema/identity";
import type { UseCaseContext } from "./context.server";
import { DomainError } from "./errors";

/**
 * Counts one try under a key in the running window, so that every copy of the app sees the same count. Counted also when it is refused.
 * @param key a keyed hash: never an address or a name itself
 * @throws {DomainError} TOO_MANY_REQUESTS past `most` tries in `windowMinutes`
 */
export async function countTry(ctx: UseCaseContext, { key, windowMinutes, most }: { key: string; windowMinutes: number; most: number }): Promise<void> {
  const windowMs = windowMinutes * 60_000;
  const windowStart = new Date(Math.floor(ctx.now().getTime() / windowMs) * windowMs);
  const [row] = await ctx.db
    .insert(rateCounters)
    .values({ key, windowStart, hits: 1 })
    .onConflictDoUpdate({ target: [rateCounters.key, rateCounters.windowStart], set: { hits: sql`${rateCounters.hits} + 1` } })
    .returning({ hits: rateCounters.hits });
  if ((row?.hits ?? 0) > most) throw new DomainError("TOO_MANY_REQUESTS");
}
