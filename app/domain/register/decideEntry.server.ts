import { eq } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { transition } from "~/domain/kernel/transition.server";
import { charityAccounts, organisations, registrations } from "~db/schema/organisations";
import { requireFreeAccount } from "./enterEntry.server";
import { ENTRY_TABLES, entryMachine, ORGANISATION } from "./machines.server";
import { requireRegisterKeeper } from "./registerKeeper.server";
import type { DecideEntryInput } from "./schemas";
import type { EntryKind } from "./vocabulary";

async function lockEntry(tx: Transaction, kind: EntryKind, id: string) {
  const table = ENTRY_TABLES[kind];
  const [entry] = await tx
    .select({ id: table.id, state: table.state, version: table.version, enteredBy: table.enteredBy })
    .from(table)
    .where(eq(table.id, id))
    .for("update");
  if (!entry) throw new DomainError("NOT_FOUND");
  return entry;
}

/**
 * Another person approves an entry, from when on it counts within its dates, or rejects it. The first
 * approved registration makes an organisation a verified one.
 *
 * @throws {DomainError} NOT_ALLOWED unless operator or admin, FOUR_EYES for whoever entered it, NOT_FOUND,
 *   WRONG_STATE, CHANGED_MEANWHILE, ACCOUNT_TAKEN
 */
export async function decideEntry(
  ctx: UseCaseContext,
  { kind, entryId, version }: DecideEntryInput,
  decision: "approve" | "reject",
): Promise<void> {
  requireSteppedUp(ctx, "decideEntry");
  const { userId, by } = requireRegisterKeeper(ctx);

  await inTransaction(ctx, async (tx) => {
    const entry = await lockEntry(tx, kind, entryId);
    if (entry.enteredBy === userId) throw new DomainError("FOUR_EYES");
    await transition(tx, ctx, entryMachine(kind), { ...entry, version }, decision, {
      by,
      set: { decidedBy: userId },
    });

    if (decision === "reject") return;
    if (kind === "charity_account") await requireAccountStillFree(tx, entryId);
    if (kind === "registration") await verifyOrganisation(tx, ctx, entryId);
  });
}

async function requireAccountStillFree(tx: Transaction, entryId: string): Promise<void> {
  const [account] = await tx.select().from(charityAccounts).where(eq(charityAccounts.id, entryId));
  if (account) await requireFreeAccount(tx, account);
}

async function verifyOrganisation(
  tx: Transaction,
  ctx: UseCaseContext,
  registrationId: string,
): Promise<void> {
  const { userId, by } = requireRegisterKeeper(ctx);
  const [row] = await tx
    .select({ organisation: organisations })
    .from(organisations)
    .innerJoin(registrations, eq(registrations.organisationId, organisations.id))
    .where(eq(registrations.id, registrationId))
    .for("update", { of: organisations });
  if (row?.organisation.state === "applied")
    await transition(tx, ctx, ORGANISATION, row.organisation, "verify", { by, set: { verifiedBy: userId } });
}

/**
 * Ends what is approved before its time: at once, and by one person, since stopping is safe. Its dates stay
 * as they were; the journal says when it was ended and by whom. Payments on the way go on; none is started
 * any more.
 *
 * @throws {DomainError} NOT_ALLOWED unless operator or admin, NOT_FOUND, WRONG_STATE, CHANGED_MEANWHILE
 */
export async function endEntry(
  ctx: UseCaseContext,
  { kind, entryId, version }: DecideEntryInput,
): Promise<void> {
  const { by } = requireRegisterKeeper(ctx);

  await inTransaction(ctx, async (tx) => {
    const entry = await lockEntry(tx, kind, entryId);
    await transition(tx, ctx, entryMachine(kind), { ...entry, version }, "end", { by });
  });
}
