import { and, eq, isNull, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { requireUser } from "~/domain/kernel/actor";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { consents, type ConsentScope } from "~db/schema/households";
import type { ConsentsInput } from "./schemas";

/**
 * Records consents that are not live yet, each scope by itself (R-030; under 14 the guardian's). Safe to
 * repeat.
 */
export async function recordConsents(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
  { scopes, givenBy, givenAt }: ConsentsInput & { givenAt: Date },
): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  for (const scope of scopes) {
    const id = ctx.newId();
    const added = await tx
      .insert(consents)
      .values({ id, householdId, scope, givenBy, givenAt, recordedBy: userId })
      .onConflictDoNothing()
      .returning({ id: consents.id });

    if (added.length > 0) {
      await recordEvent(tx, ctx, {
        entity: "consent",
        entityId: id,
        entityVersion: 1,
        event: "consent.give",
        fromState: null,
        toState: null,
        by: "caseworker",
        occurredAt: givenAt,
        data: { householdId, scope, givenBy },
      });
    }
  }
}

/**
 * Makes the consents of a draft those that its form says now: what is no longer ticked, or was given by
 * somebody else, ends, and what is new is recorded. Ended ones stay on record. Safe to repeat.
 */
export async function reviseConsents(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
  said: ConsentsInput & { givenAt: Date },
): Promise<void> {
  for (const { scope, givenBy } of await consentsHeld(tx, householdId))
    if (!said.scopes.includes(scope) || givenBy !== said.givenBy)
      await endConsent(tx, ctx, householdId, scope, { by: "caseworker", occurredAt: ctx.now() });
  await recordConsents(tx, ctx, householdId, said);
}

/** The consents that hold now, each with who gave it. */
export const consentsHeld = (
  tx: Transaction | Database,
  householdId: string,
): Promise<{ scope: ConsentScope; givenBy: ConsentsInput["givenBy"] }[]> =>
  tx
    .select({ scope: consents.scope, givenBy: consents.givenBy })
    .from(consents)
    .where(and(eq(consents.householdId, householdId), isNull(consents.withdrawnAt)));

/** The scopes of consent that hold now, as a column of what is read of a household. */
export const scopesHeld = (householdId: PgColumn) =>
  sql<
    ConsentScope[]
  >`(select coalesce(json_agg(c.scope), '[]') from ${consents} c where c.household_id = ${householdId} and c.withdrawn_at is null)`;

/** The scopes of consent that hold now. */
export const liveConsents = async (
  tx: Transaction | Database,
  householdId: string,
): Promise<ConsentScope[]> => (await consentsHeld(tx, householdId)).map(({ scope }) => scope);

/**
 * Marks a consent as withdrawn. Unpublishing what stood on it is the caller's next step in the same
 * transaction.
 */
export async function endConsent(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
  scope: ConsentScope,
  { by, occurredAt }: { by: "caseworker" | "admin"; occurredAt: Date },
): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const [ended] = await tx
    .update(consents)
    .set({ withdrawnAt: occurredAt, withdrawnRecordedBy: userId })
    .where(
      and(eq(consents.householdId, householdId), eq(consents.scope, scope), isNull(consents.withdrawnAt)),
    )
    .returning({ id: consents.id });
  if (!ended) return;
  await recordEvent(tx, ctx, {
    entity: "consent",
    entityId: ended.id,
    entityVersion: 2,
    event: "consent.withdraw",
    fromState: null,
    toState: null,
    by,
    occurredAt,
    data: { householdId, scope },
  });
}
