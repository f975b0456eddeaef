import { eq } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { type Opened, openedOn, requireUnchanged } from "~/domain/kernel/opened";
import { households } from "~db/schema/households";
import { sealParts } from "./dataKey.server";
import { lookupHashes } from "./lookups.server";
import { readOpened, unsealRecord } from "./openRecord.server";
import { groupOf } from "./registerHousehold.server";
import type { CorrectionInput, HouseholdInput } from "./schemas";
import { FIELDS } from "./visibility";

/**
 * Writes what is known of a household anew, where anything differs; the journal keeps which fields, never
 * what stood in them.
 * @throws {DomainError} NOT_FOUND once erased, CHANGED_MEANWHILE when `opened` is not the record as it
 *   stands
 * @returns whether anything differed
 */
export async function changeHousehold(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
  input: HouseholdInput,
  {
    reason,
    opened,
  }: Readonly<{
    reason?: string;
    /** Sent by a form of the record alone. */ opened?: Opened;
  }> = {},
): Promise<boolean> {
  const [row] = await tx.select().from(households).where(eq(households.id, householdId)).for("update");
  const before = row && (await unsealRecord(tx, ctx, householdId));
  if (!row || !before) throw new DomainError("NOT_FOUND");
  const changed = [
    ...FIELDS.filter((field) => before[field] !== input.person[field]),
    ...(["townCode", "kind", "heads", "groupCode", "ageBand"] as const).filter(
      (field) => row[field] !== input[field],
    ),
  ];
  if (changed.length === 0) return false;
  if (opened !== undefined) requireUnchanged(opened, row.version);
  const { person, ...known } = input;
  const version = row.version + 1;

  await tx
    .update(households)
    .set({
      ...known,
      publicGroup: (await groupOf(tx, input.groupCode)).publicGroup,
      ...(await sealParts(tx, ctx, householdId, person)),
      ...lookupHashes(ctx, input.townCode, person),
      version,
    })
    .where(eq(households.id, householdId));

  await recordEvent(tx, ctx, {
    entity: "household",
    entityId: householdId,
    entityVersion: version,
    event: "household.correct",
    fromState: null,
    toState: null,
    by: "caseworker",
    ...(reason === undefined ? {} : { reason }),
    data: { fields: changed.join(" ") },
  });

  return true;
}

/**
 * The form of a correction as the record stands, for whoever has it open. @throws {DomainError}
 * RECORD_NOT_OPEN, NOT_FOUND
 */
export async function storedRecord(ctx: UseCaseContext, householdId: string) {
  const [row] = await ctx.db
    .select({ version: households.version })
    .from(households)
    .where(eq(households.id, householdId));
  const opened = await readOpened(ctx, householdId);
  if (!row || !opened) throw new DomainError("RECORD_NOT_OPEN");
  return {
    values: Object.fromEntries(FIELDS.map((field) => [field, opened.fields[field] ?? ""])),
    opened: openedOn(row.version),
  };
}

/**
 * A caseworker of the town corrects what is kept of a person, with the record open before them. What it says
 * already is not written again, so sending it twice is safe.
 * @throws {DomainError} NOT_ALLOWED outside the town, RECORD_NOT_OPEN without a live grant, NOT_FOUND once
 *   erased, CHANGED_MEANWHILE
 */
export async function correctRecord(
  ctx: UseCaseContext,
  householdId: string,
  { version, ...person }: CorrectionInput,
): Promise<void> {
  const opened = await readOpened(ctx, householdId);

  await inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(households).where(eq(households.id, householdId));
    if (!row) throw new DomainError("NOT_FOUND");
    requireRole(ctx.actor, "caseworker", { kind: "town", id: row.townCode });
    if (!opened) throw new DomainError("RECORD_NOT_OPEN");
    const { townCode, kind, heads, groupCode, ageBand } = row;

    await changeHousehold(
      tx,
      ctx,
      householdId,
      { townCode, kind, heads, groupCode, ageBand, person },
      { reason: "correction", opened: version },
    );
  });
}
