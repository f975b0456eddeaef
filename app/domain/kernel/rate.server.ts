import { isIPv4, isIPv6 } from "node:net";
import { and, eq, inArray, sql } from "drizzle-orm";
import { rateCounters } from "~db/schema/kernel";
import type { UseCaseContext } from "./context.server";
import { DomainError } from "./errors";

/** A counted try, which may turn out to be none: a right password is no guess. */
type Try = Readonly<{ hits: number; takeBack: () => Promise<void> }>;

/** An address without the link that it was reached by, and one of IPv4 without its clothes of IPv6. */
export const plainAddress = (clientAddress: string): string =>
  clientAddress.replace(/%.*$/s, "").replace(/^::ffff:(?=\d+\.)/i, "");

/**
 * The network that an address belongs to, as its owner can change the rest at will: /24 of IPv4, /64 of IPv6.
 */
export function networkOf(clientAddress: string): string {
  const plain = plainAddress(clientAddress);
  if (isIPv4(plain)) return `${plain.split(".").slice(0, 3).join(".")}.0/24`;
  if (!isIPv6(plain)) return plain;
  const [head = "", tail = ""] = plain.split("::");
  const [before, after] = [head.split(":").filter(Boolean), tail.split(":").filter(Boolean)];
  const groups = [
    ...before,
    ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0"),
    ...after,
  ];
  return `${groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/** What is counted, by keyed hashes (`keyedHashes`): never by an address or a name itself. */
type Counted = Readonly<{ keys: readonly string[]; windowMinutes: number }>;

/**
 * Counts one try in the running window, so that every copy of the app sees the same count. Counted also when
 * it is refused. @throws {DomainError} TOO_MANY_REQUESTS past `most` tries in `windowMinutes`
 */
export async function countTry(
  ctx: UseCaseContext,
  { most, ...counted }: Counted & Readonly<{ most: number }>,
): Promise<Try> {
  const tried = await countHit(ctx, counted);
  if (tried.hits > most) throw new DomainError("TOO_MANY_REQUESTS");
  return tried;
}

/**
 * Counts one try and refuses nothing: whoever asks has words of their own for too many. Under every key of
 * hashes that stands, and the highest count holds: neither a new key nor one that goes begins anybody's count
 * anew.
 */
export async function countHit(ctx: UseCaseContext, { keys, windowMinutes }: Counted): Promise<Try> {
  const windowMs = windowMinutes * 60_000;
  const windowStart = new Date(Math.floor(ctx.now().getTime() / windowMs) * windowMs);
  // In one order, so that copies with their keys in another one do not wait for each other in a ring.
  const counted = keys.toSorted();
  const rows = await ctx.db
    .insert(rateCounters)
    .values(counted.map((key) => ({ key, windowStart, hits: 1 })))
    .onConflictDoUpdate({
      target: [rateCounters.key, rateCounters.windowStart],
      set: { hits: sql`${rateCounters.hits} + 1` },
    })
    .returning({ hits: rateCounters.hits });
  const hits = rows.reduce((most, row) => Math.max(most, row.hits), 0);
  return {
    hits,
    takeBack: async () => {
      await ctx.db
        .update(rateCounters)
        .set({ hits: sql`greatest(${rateCounters.hits} - 1, 0)` })
        .where(and(inArray(rateCounters.key, counted), eq(rateCounters.windowStart, windowStart)));
    },
  };
}
