import { eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { households } from "~db/schema/households";
import { hashedBefore, LOOKUP_RULE, lookupHashes } from "./lookups.server";
import { unsealRecord } from "./openRecord.server";

/**
 * Hashes anew what was hashed by an older rule of who is the same person, some records at a time, until none is left: an
 * installation does nothing for it but start. A record that cannot be read any more keeps what it has. Safe to repeat, also by two at once.
 * @returns how many were hashed
 */
export const renewLookups = (ctx: UseCaseContext): Promise<number> =>
  eachDueRow(ctx, "renewLookups", households, hashedBefore(), async (tx, row) => {
    const record = await unsealRecord(tx, ctx, row.id);
    const hashes = record?.name === undefined ? { lookupRule: LOOKUP_RULE } : lookupHashes(ctx, row.townCode, { ...record, name: record.name });
    await tx.update(households).set(hashes).where(eq(households.id, row.id));
  });
