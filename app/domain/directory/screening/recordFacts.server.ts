import { and, eq, inArray, isNull, notInArray } from "drizzle-orm";
import { readOpened } from "~/domain/households/openRecord.server";
import { holds, requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { shanghaiDay } from "~/domain/kernel/time";
import { recordEvent } from "~/journal/recordEvent.server";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { householdBenefits, householdFacts, householdMembers } from "~db/schema/screening";
import { bornSpan, monthSpan } from "../rules/ages";
import type { FactsInput } from "./factsInput";
import { screenHousehold } from "./screenHousehold.server";

/**
 * Writes down what a caseworker asked on a visit: facts, people, and what the household receives; screens it anew in the same
 * transaction, which queues what is newly likely. Needs the record opened with a reason, since facts are part of it. The last
 * one to write is kept, and the journal says who wrote when.
 * @throws {DomainError} NOT_ALLOWED outside the town or without an opened record, NOT_FOUND when erased or a group
 */
export async function recordFacts(ctx: UseCaseContext, householdId: string, input: FactsInput): Promise<void> {
  // Whoever was away for longer than a record stays open is told so, and opens it again: what they typed is kept.
  if (!(await readOpened(ctx, householdId))) throw new DomainError(holds(ctx.actor, "caseworker") ? "RECORD_NOT_OPEN" : "NOT_ALLOWED");
  await inTransaction(ctx, async (tx) => {
    const [household] = await tx.select().from(households).where(eq(households.id, householdId)).for("update");
    if (!household || household.erasedAt !== null || household.kind !== "household") throw new DomainError("NOT_FOUND");
    const { userId } = requireRole(ctx.actor, "caseworker", { kind: "town", id: household.townCode });
    const { incomePerHead, incomeTotal, householdSize, ...facts } = input.household;
    const isComplete = input.membersComplete === "yes";
    const income = incomePerHead === null ? null : Number(incomePerHead);
    const total = incomeTotal === null ? null : Number(incomeTotal);
    // Once everybody is listed, the list says how many they are.
    const size = isComplete ? input.members.length : householdSize;
    const row = {
      ...facts,
      townCode: household.townCode,
      incomePerHeadMinFen: income,
      incomePerHeadMaxFen: income,
      incomeTotalMinFen: total,
      incomeTotalMaxFen: total,
      householdSizeMin: size,
      householdSizeMax: size,
      membersComplete: isComplete,
      origin: "visit" as const,
      recordedBy: userId,
      recordedAt: ctx.now(),
    };
    const [before] = await tx.select({ version: householdFacts.version }).from(householdFacts).where(eq(householdFacts.householdId, householdId));
    const version = (before?.version ?? 0) + 1;
    await tx
      .insert(householdFacts)
      .values({ householdId, ...row, version })
      .onConflictDoUpdate({ target: householdFacts.householdId, set: { ...row, version } });
    await writeMembers(tx, ctx, householdId, input.members);
    await writeBenefits(tx, ctx, householdId, userId, input.receives);
    await recordEvent(tx, ctx, {
      entity: "household_facts",
      entityId: householdId,
      entityVersion: version,
      event: "household_facts.record",
      fromState: null,
      toState: null,
      by: "caseworker",
    });
    await screenHousehold(tx, ctx, householdId);
  });
}

async function writeMembers(tx: Transaction, ctx: UseCaseContext, householdId: string, members: FactsInput["members"]): Promise<void> {
  await tx.delete(householdMembers).where(eq(householdMembers.householdId, householdId));
  const today = shanghaiDay(ctx.now());
  await tx.insert(householdMembers).values(
    members.map(({ bornMonth, ageYears, ...facts }, position) => {
      const born = bornMonth === null ? (ageYears === null ? { bornFrom: null, bornTo: null } : bornSpan({ min: ageYears, max: ageYears }, today)) : monthSpan(bornMonth);
      if (born.bornFrom !== null && born.bornFrom > today) throw new DomainError("IN_THE_FUTURE");
      return { ...facts, householdId, position, ...born };
    }),
  );
}

/** What is ticked is received from now on, what is no longer ticked has ended: dated rows, none deleted. */
async function writeBenefits(tx: Transaction, ctx: UseCaseContext, householdId: string, userId: string, codes: readonly string[]): Promise<void> {
  const live = and(eq(householdBenefits.householdId, householdId), isNull(householdBenefits.endedAt));
  await tx
    .update(householdBenefits)
    .set({ endedAt: ctx.now() })
    .where(and(live, codes.length > 0 ? notInArray(householdBenefits.itemCode, [...codes]) : undefined));
  if (codes.length === 0) return;
  const known = await tx
    .select({ code: listItems.code })
    .from(listItems)
    .where(inArray(listItems.code, [...codes]));
  if (known.length === 0) return;
  await tx
    .insert(householdBenefits)
    .values(known.map(({ code }) => ({ id: ctx.newId(), householdId, itemCode: code, since: shanghaiDay(ctx.now()), recordedBy: userId, recordedAt: ctx.now() })))
    .onConflictDoNothing();
}
