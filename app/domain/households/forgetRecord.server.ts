import { eq } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { households } from "~db/schema/households";

/**
 * Destroys the key of a household, its sealed parts and what it is found by. Cannot be undone; whether it may
 * be erased is the caller's question.
 */
export async function forgetRecord(
  tx: Transaction,
  ctx: UseCaseContext,
  household: Readonly<{ id: string; version: number }>,
  reason: string,
): Promise<void> {
  const version = household.version + 1;

  await tx
    .update(households)
    .set({
      dataKeyWrapped: null,
      contactSealed: null,
      circumstancesSealed: null,
      identitySealed: null,
      nameHash: "",
      phoneHash: null,
      idHash: null,
      erasedAt: ctx.now(),
      version,
    })
    .where(eq(households.id, household.id));

  await recordEvent(tx, ctx, {
    entity: "household",
    entityId: household.id,
    entityVersion: version,
    event: "household.erase",
    fromState: null,
    toState: null,
    by: "admin",
    reason,
  });
}
