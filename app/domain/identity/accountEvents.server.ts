import { eq, sql } from "drizzle-orm";
import type { ActingRole } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { EventOf } from "~/domain/kernel/journal/events";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";
import { appUsers } from "~db/schema/identity";

/** What changes or uses up a second step: an auditor reads each with from where it was done. */
const OF_SECOND_STEP = [
  "add_second_step",
  "remove_second_step",
  "add_passkey",
  "remove_passkey",
  "remove_app",
  "renew_recovery_codes",
  "use_recovery_code",
] as const satisfies readonly EventOf<"account">[];

/**
 * One entry of an account in the journal. Counting its version up locks the account: what changes it waits in
 * line. Carries no address, no name. @returns the entry's id
 */
export async function recordAccount(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  event: EventOf<"account">,
  by: ActingRole,
  reason?: string,
): Promise<string> {
  const [row] = await tx
    .update(appUsers)
    .set({ version: sql`${appUsers.version} + 1` })
    .where(eq(appUsers.id, userId))
    .returning({ version: appUsers.version });
  if (!row) throw new DomainError("NOT_FOUND");
  if (OF_SECOND_STEP.some((each) => each === event))
    await recordUse(tx, ctx, { kind: "own_account", what: `account.${event}`, accountId: userId });
  return recordEvent(tx, ctx, {
    entity: "account",
    entityId: userId,
    entityVersion: row.version,
    event: `account.${event}`,
    fromState: null,
    toState: null,
    by,
    ...(reason === undefined ? {} : { reason }),
  });
}
