import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { shanghaiDay } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { parametersAt } from "~/domain/lists/inForce.server";
import { runCaseBook } from "./caseBook.server";
import { requireListKeeper } from "./listKeeper.server";
import { LIST_RULE } from "./machines.server";
import { bodyOf, hasWrittenRule, needOpenEdition, type RuleRow } from "./openRule.server";

/**
 * @throws {DomainError} CASES_NOT_PASSED, each by the dated values of its day, those without one by those
 *   of that moment
 */
async function casesPass(tx: Transaction, row: RuleRow, at: Date): Promise<void> {
  const body = bodyOf(row);
  if (body.kind !== "rule") return;
  if (!(await runCaseBook(tx, body, await parametersAt(tx, at))).passed)
    throw new DomainError("CASES_NOT_PASSED");
}

/**
 * Calls a draft tested: its whole case book passes today, with a "likely" and a "not" in it. Then it waits
 * for a second person.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND, CASES_NOT_PASSED, WRONG_STATE, CHANGED_MEANWHILE
 */
export async function testRule(
  ctx: UseCaseContext,
  itemCode: string,
  { version }: { version: number },
): Promise<void> {
  requireListKeeper(ctx);
  await inTransaction(ctx, async (tx) => {
    const row = await needOpenEdition(tx, itemCode);
    await casesPass(tx, row, ctx.now());
    await transition(tx, ctx, LIST_RULE, { ...row, version }, "test", {
      by: "operator",
      data: { item: itemCode, edition: row.edition },
    });
  });
}

/**
 * A second person, who wrote nothing of it, lets a tested edition take effect: at once when the day is today,
 * else as its day begins. Its cases without a day must pass by the dated values of that one too. From then on
 * the edition is never changed. Of two people who approve at once, one is told.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND, FOUR_EYES, IN_THE_PAST, CASES_NOT_PASSED, WRONG_STATE,
 *   CHANGED_MEANWHILE
 */
export async function approveRule(
  ctx: UseCaseContext,
  itemCode: string,
  { version, effectiveOn }: { version: number; effectiveOn: Date },
): Promise<void> {
  const { userId } = requireListKeeper(ctx);
  const [today, wanted] = [shanghaiDay(ctx.now()), shanghaiDay(effectiveOn)];
  if (wanted < today) throw new DomainError("IN_THE_PAST");
  const effectiveFrom = wanted === today ? ctx.now() : effectiveOn;

  await inTransaction(ctx, async (tx) => {
    const row = await needOpenEdition(tx, itemCode);
    if (await hasWrittenRule(tx, row, userId)) throw new DomainError("FOUR_EYES");
    await casesPass(tx, row, effectiveFrom);
    await transition(tx, ctx, LIST_RULE, { ...row, version }, "approve", {
      by: "operator",
      data: { item: itemCode, edition: row.edition, kind: row.kind, from: effectiveFrom.toISOString() },
      set: { effectiveFrom, approvedBy: userId, approvedAt: ctx.now() },
    });
  });
}

/**
 * Gives a draft up; the edition in force stays. @throws {DomainError} NOT_ALLOWED, NOT_FOUND,
 * CHANGED_MEANWHILE
 */
export async function withdrawRule(
  ctx: UseCaseContext,
  itemCode: string,
  { version }: { version: number },
): Promise<void> {
  requireListKeeper(ctx);
  await inTransaction(ctx, async (tx) => {
    const row = await needOpenEdition(tx, itemCode);

    await transition(tx, ctx, LIST_RULE, { ...row, version }, "withdraw", {
      by: "operator",
      data: { item: itemCode, edition: row.edition },
    });
  });
}
