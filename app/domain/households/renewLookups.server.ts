import { and, asc, eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { behind, eachDue } from "~/domain/kernel/eachDue.server";
import { households } from "~db/schema/households";
import { hashedBefore, LOOKUP_RULE, lookupHashes } from "./lookups.server";
import { unsealRecord } from "./openRecord.server";

/**
 * Hashes anew what was hashed by an older rule of who is the same person, some records at a time, until none is left: an
 * installation does nothing for it but start. A record that cannot be read any more keeps what it has. Safe to repeat, also by two at once.
 * @returns how many were hashed
 */
export const renewLookups = (ctx: UseCaseContext): Promise<number> =>
  eachDue(
    ctx,
    "renewLookups",
    (after, most) =>
      ctx.db
        .select({ id: households.id })
        .from(households)
        .where(and(hashedBefore(), behind(households.id, after)))
        .orderBy(asc(households.id))
        .limit(most),
    async (tx, id) => {
      const [row] = await tx
        .select({ townCode: households.townCode })
        .from(households)
        .where(and(eq(households.id, id), hashedBefore()))
        .for("update", { skipLocked: true });
      if (!row) return false;
      const record = await unsealRecord(tx, ctx, id);
      const hashes = record?.name === undefined ? { lookupRule: LOOKUP_RULE } : lookupHashes(ctx, row.townCode, { ...record, name: record.name });
      await tx.update(households).set(hashes).where(eq(households.id, id));
      return true;
    },
  );
