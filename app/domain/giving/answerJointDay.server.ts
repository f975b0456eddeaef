import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { shanghaiDay } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { agree, asParty, callOff } from "./jointDay.server";
import { JOINT_DAY } from "./machine.server";
import type { AnswerJointDayInput } from "./schemas";

/**
 * The other side agrees to the day as its page showed it; the due days of what is to come follow, never to an
 * earlier one.
 * @throws {DomainError} NOT_FOUND for outsiders, CHANGED_MEANWHILE when another day was named since,
 *   WRONG_STATE for one's own word, FOUR_EYES, IN_THE_PAST
 */
export async function agreeToJointDay(
  ctx: UseCaseContext,
  { jointDayId, version }: AnswerJointDayInput,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { row, party } = await asParty(tx, ctx, jointDayId);
    await agree(tx, ctx, { ...row, version }, party);
  });
}

/**
 * The donor withdraws the day, or the point declines it. What was due by then stays due by then. @throws
 * {DomainError} as above
 */
export async function callOffJointDay(
  ctx: UseCaseContext,
  { jointDayId, version }: AnswerJointDayInput,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { row, party } = await asParty(tx, ctx, jointDayId);
    await callOff(tx, ctx, { ...row, version }, party);
  });
}

/**
 * The point notes that the day took place; what came is counted parcel by parcel like everything else.
 * @throws {DomainError} NOT_FOUND unless a storekeeper of its point, NOT_ALLOWED for the donor,
 *   IN_THE_FUTURE before that day, WRONG_STATE
 */
export async function holdJointDay(
  ctx: UseCaseContext,
  { jointDayId, version }: AnswerJointDayInput,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { row, party } = await asParty(tx, ctx, jointDayId);
    if (party.side !== "point") throw new DomainError("NOT_ALLOWED");
    if (row.day > shanghaiDay(ctx.now())) throw new DomainError("IN_THE_FUTURE");
    await transition(tx, ctx, JOINT_DAY, { ...row, version }, "hold", {
      by: "storekeeper",
      giftId: row.giftId,
      data: { day: row.day },
    });
  });
}
