import { asc, eq } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { households } from "~db/schema/households";
import { hashedBefore, LOOKUP_RULE, lookupHashes } from "./lookups.server";
import { unsealRecord } from "./openRecord.server";

const AT_ONCE = 200;

/**
 * Hashes anew what was hashed by an older rule of who is the same person, some records at a time, until none is left: an
 * installation does nothing for it but start. A record that cannot be read any more keeps what it has. Safe to repeat, also by two at once.
 * @returns how many were hashed
 */
export async function renewLookups(ctx: UseCaseContext): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const rows = await tx
      .select({ id: households.id, townCode: households.townCode })
      .from(households)
      .where(hashedBefore())
      .orderBy(asc(households.id))
      .limit(AT_ONCE)
      .for("update", { skipLocked: true });
    for (const { id, townCode } of rows) {
      const record = await unsealRecord(tx, ctx, id);
      const hashes = record?.name === undefined ? { lookupRule: LOOKUP_RULE } : lookupHashes(ctx, townCode, { ...record, name: record.name });
      await tx.update(households).set(hashes).where(eq(households.id, id));
    }
    return rows.length;
  });
}
