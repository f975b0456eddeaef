import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { readOpened } from "~/domain/households/openRecord.server";
import { holds, requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { requireUnchanged } from "~/domain/kernel/opened";
import { shanghaiDay } from "~/domain/kernel/time";
import { HOUSEHOLD_FACT_NAMES, HOUSEHOLD_FACTS, MEMBER_FACT_NAMES } from "~/domain/rules/facts";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { householdBenefits, householdFacts, householdMembers } from "~db/schema/screening";
import { noteBenefits } from "./benefits.server";
import type { FactsInput } from "./factsInput";
import { type Benefit, benefitsOf, sheetVersions } from "./openedSheet.server";
import { peopleAfter, type Person } from "./people";
import { screenHousehold } from "./screenHousehold.server";

/**
 * Writes down what a caseworker asked on a visit: facts, people, and what the household receives; screens it
 * anew in the same transaction, which queues what is newly likely. Needs the record opened with a reason,
 * since facts are part of it. A sheet that says what is known already writes nothing, unless it was asked
 * again: then it counts as fresh. Safe to repeat.
 *
 * @throws {DomainError} NOT_ALLOWED outside the town or without an opened record, NOT_FOUND when erased or
 *   a group, CHANGED_MEANWHILE when somebody saved the sheet since it was opened, IN_THE_FUTURE for a birth
 *   that has not been, NOBODY_LEFT, TOO_MANY_PEOPLE
 */
export async function recordFacts(
  ctx: UseCaseContext,
  householdId: string,
  input: FactsInput,
): Promise<void> {
  // Whoever was away for longer than a record stays open is told so, and opens it again: what they typed is
  // kept.
  if (!(await readOpened(ctx, householdId)))
    throw new DomainError(holds(ctx.actor, "caseworker") ? "RECORD_NOT_OPEN" : "NOT_ALLOWED");
  await inTransaction(ctx, async (tx) => {
    const [household] = await tx
      .select()
      .from(households)
      .where(eq(households.id, householdId))
      .for("update");
    if (!household || household.erasedAt !== null || household.kind !== "household")
      throw new DomainError("NOT_FOUND");
    const { userId } = requireRole(ctx.actor, "caseworker", { kind: "town", id: household.townCode });
    const [before] = await tx
      .select()
      .from(householdFacts)
      .where(eq(householdFacts.householdId, householdId));
    if (!before) throw new DomainError("NOT_FOUND");
    const members = await tx
      .select()
      .from(householdMembers)
      .where(eq(householdMembers.householdId, householdId))
      .orderBy(asc(householdMembers.position));
    const benefits = await benefitsOf(tx, householdId);

    const { incomePerHead, incomeTotal, householdSize, ...facts } = input.household;
    const isComplete = input.membersComplete === "yes";
    const people = peopleAfter(members, input, shanghaiDay(ctx.now()));
    // Once everybody is listed, the list says how many they are.
    const size = isComplete ? { min: people.length, max: people.length } : householdSize;
    const said = {
      ...facts,
      incomePerHeadMinFen: incomePerHead?.min ?? null,
      incomePerHeadMaxFen: incomePerHead?.max ?? null,
      incomeTotalMinFen: incomeTotal?.min ?? null,
      incomeTotalMaxFen: incomeTotal?.max ?? null,
      householdSizeMin: size?.min ?? null,
      householdSizeMax: size?.max ?? null,
      membersComplete: isComplete,
    };
    const received = await receivedAfter(tx, benefits, input.receives);
    const isNew =
      !isSame(before, said, HOUSEHOLD_COLUMNS) ||
      !samePeople(members, people) ||
      received.ended.length + received.begun.length > 0;
    if (!isNew && input.askedAgain === undefined) return;
    requireUnchanged(input.version, ...sheetVersions(before, benefits));

    const version = before.version + 1;

    await tx
      .update(householdFacts)
      .set({
        ...said,
        townCode: household.townCode,
        origin: "visit",
        recordedBy: userId,
        recordedAt: ctx.now(),
        version,
      })
      .where(eq(householdFacts.householdId, householdId));

    if (!samePeople(members, people)) {
      await tx.delete(householdMembers).where(eq(householdMembers.householdId, householdId));
      await tx.insert(householdMembers).values(people.map((person) => ({ ...person, householdId })));
    }

    await writeBenefits(tx, ctx, { householdId, userId, ...received });
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

const BOUNDS = [
  "incomePerHeadMinFen",
  "incomePerHeadMaxFen",
  "incomeTotalMinFen",
  "incomeTotalMaxFen",
  "householdSizeMin",
  "householdSizeMax",
];
const HOUSEHOLD_COLUMNS = [
  ...HOUSEHOLD_FACT_NAMES.filter((fact) => HOUSEHOLD_FACTS[fact].kind !== "number"),
  ...BOUNDS,
  "membersComplete",
];
const MEMBER_COLUMNS = [
  ...MEMBER_FACT_NAMES.filter((fact) => fact !== "ageYears"),
  "position",
  "bornFrom",
  "bornTo",
];

const isSame = (
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
  columns: readonly string[],
): boolean => columns.every((column) => (one[column] ?? null) === (other[column] ?? null));

const samePeople = (before: readonly Person[], after: readonly Person[]): boolean =>
  before.length === after.length &&
  after.every((person, index) => isSame(before[index] ?? {}, person, MEMBER_COLUMNS));

type Received = Readonly<{ ended: readonly string[]; begun: readonly string[] }>;

/**
 * What is ticked is received from now on; what stood on the form and is no longer ticked has ended; what it
 * does not show stays as it is.
 */
async function receivedAfter(
  tx: Transaction,
  benefits: readonly Benefit[],
  ticked: readonly string[],
): Promise<Received> {
  const live = benefits.filter((benefit) => benefit.endedAt === null);
  const known = await tx
    .select({ code: listItems.code })
    .from(listItems)
    .where(
      and(
        eq(listItems.state, "published"),
        inArray(listItems.code, [...live.map((benefit) => benefit.itemCode), ...ticked, ""]),
      ),
    );
  const isShown = new Set(known.map(({ code }) => code));
  return {
    ended: live
      .filter((benefit) => isShown.has(benefit.itemCode) && !ticked.includes(benefit.itemCode))
      .map((benefit) => benefit.id),
    begun: [...new Set(ticked)].filter(
      (code) => isShown.has(code) && !live.some((benefit) => benefit.itemCode === code),
    ),
  };
}

/** Dated rows, none deleted. */
async function writeBenefits(
  tx: Transaction,
  ctx: UseCaseContext,
  { householdId, userId, ended, begun }: Received & Readonly<{ householdId: string; userId: string }>,
): Promise<void> {
  if (ended.length > 0)
    await tx
      .update(householdBenefits)
      .set({ endedAt: ctx.now() })
      .where(and(inArray(householdBenefits.id, [...ended]), isNull(householdBenefits.endedAt)));
  await noteBenefits(tx, ctx, { householdId, itemCodes: begun, since: ctx.now(), recordedBy: userId });
}
