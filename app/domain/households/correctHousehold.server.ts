import { and, eq, sql } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { forgetFacts, recordFirstFacts } from "~/domain/directory/screening/screenHousehold.server";
import { recordEvent } from "~/journal/recordEvent.server";
import { households } from "~db/schema/households";
import { unsealRecord } from "./openRecord.server";
import { householdKey, PARTS, recordOf } from "./registerHousehold.server";
import type { HouseholdInput, PersonalData } from "./schemas";

const FIELDS = Object.values(PARTS).flat() as (keyof PersonalData)[];
const OPEN_FIELDS = ["kind", "townCode", "heads", "groupCode", "ageBand"] as const;

/**
 * Puts right what was written down of a household, sealed under the key it has. The journal keeps that it was corrected, never
 * from what to what. Safe to repeat: where nothing differs, nothing is written.
 * @throws {DomainError} NOT_FOUND once erased, CHANGED_MEANWHILE
 */
export async function correctHousehold(tx: Transaction, ctx: UseCaseContext, householdId: string, input: HouseholdInput): Promise<void> {
  const [row] = await tx.select().from(households).where(eq(households.id, householdId));
  const key = row && (await householdKey(tx, ctx, householdId));
  if (!key) throw new DomainError("NOT_FOUND");
  const person = await unsealRecord(tx, ctx, householdId);
  const same = OPEN_FIELDS.every((field) => row[field] === input[field]) && FIELDS.every((field) => person?.[field] === input.person[field]);
  if (same) return;
  const corrected = await tx
    .update(households)
    .set({ ...(await recordOf(tx, ctx, key, householdId, input)), version: sql`${households.version} + 1` })
    .where(and(eq(households.id, householdId), eq(households.version, row.version)))
    .returning({ version: households.version });
  if (corrected[0] === undefined) throw new DomainError("CHANGED_MEANWHILE");
  const { version } = corrected[0];
  if (input.kind === "household")
    await recordFirstFacts(tx, ctx, { id: householdId, townCode: input.townCode, groupCode: input.groupCode, ageBand: input.ageBand, heads: input.heads });
  else await forgetFacts(tx, householdId);
  await recordEvent(tx, ctx, { entity: "household", entityId: householdId, entityVersion: version, event: "household.correct", fromState: null, toState: null, by: "caseworker" });
}
