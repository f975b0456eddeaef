import { eq } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { newestHashKey } from "~/domain/kernel/sealing.server";
import { households } from "~db/schema/households";
import {
  hashedBefore,
  keptLookups,
  LOOKUP_RULE,
  lookupHashes,
  type Lookups,
  lookupsOf,
} from "./lookups.server";
import { unsealRecord } from "./openRecord.server";

/**
 * Hashes anew what was hashed by an older rule of who is the same person or under an older key of HASH_KEY,
 * some records at a time, until none is left: an installation does nothing for it but start. A record that
 * cannot be read any more keeps what it has. Safe to repeat, also by two at once.
 * @returns how many were hashed
 */
export const renewLookups = (ctx: UseCaseContext): Promise<number> =>
  eachDueRow(ctx, "renewLookups", households, hashedBefore(ctx), async (tx, row) => {
    const record = await unsealRecord(tx, ctx, row.id);
    const hashes =
      record?.name === undefined
        ? { lookupRule: LOOKUP_RULE }
        : lookupHashes(ctx, row.townCode, { ...record, name: record.name });
    await tx.update(households).set(hashes).where(eq(households.id, row.id));
  });

/**
 * By what the same person's other records are found, hashed under whichever key that stands, while they are
 * hashed anew one by one.
 */
export async function lookupsOfRecord(
  tx: Transaction,
  ctx: UseCaseContext,
  row: typeof households.$inferSelect,
): Promise<Lookups> {
  const kept = keptLookups(row);
  if (ctx.keys.hashKeys.size === 1 && row.hashKey === newestHashKey(ctx.keys)) return kept;
  const record = await unsealRecord(tx, ctx, row.id);
  if (record?.name === undefined) return kept;
  const { names, phones, ids } = lookupsOf(ctx, row.townCode, { ...record, name: record.name });
  return {
    names: [...kept.names, ...names],
    phones: [...kept.phones, ...phones],
    ids: [...kept.ids, ...ids],
  };
}
