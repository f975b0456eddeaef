import { and, eq, sql } from "drizzle-orm";
import { rateCounters } from "~db/schema/identity";
import type { UseCaseContext } from "./context.server";
import { DomainError } from "./errors";

/** A counted try, which may turn out to be none: a right password is no guess. */
type Try = Readonly<{ takeBack: () => Promise<void> }>;

/**
 * Counts one try under a key in the running window, so that every copy of the app sees the same count. Counted also when it is refused.
 * @param key a keyed hash: never an address or a name itself
 * @throws {DomainError} TOO_MANY_REQUESTS past `most` tries in `windowMinutes`
 */
export async function countTry(ctx: UseCaseContext, { key, windowMinutes, most }: { key: string; windowMinutes: number; most: number }): Promise<Try> {
  const windowMs = windowMinutes * 60_000;
  const windowStart = new Date(Math.floor(ctx.now().getTime() / windowMs) * windowMs);
  const [row] = await ctx.db
    .insert(rateCounters)
    .values({ key, windowStart, hits: 1 })
    .onConflictDoUpdate({ target: [rateCounters.key, rateCounters.windowStart], set: { hits: sql`${rateCounters.hits} + 1` } })
    .returning({ hits: rateCounters.hits });
  if ((row?.hits ?? 0) > most) throw new DomainError("TOO_MANY_REQUESTS");
  return {
    takeBack: async () => {
      await ctx.db
        .update(rateCounters)
        .set({ hits: sql`greatest(${rateCounters.hits} - 1, 0)` })
        .where(and(eq(rateCounters.key, key), eq(rateCounters.windowStart, windowStart)));
    },
  };
}
