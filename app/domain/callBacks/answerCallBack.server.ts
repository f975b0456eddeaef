import { eq } from "drizzle-orm";
import type { z } from "zod";
import { holds, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { seal, unseal } from "~/domain/kernel/sealing.server";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { plusHours } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { callBacks } from "~db/schema/callBacks";
import { CALL_BACK_TRIES, type CallBackOutcome } from "~db/schema/callBackVocabulary";
import { type AnswerCallBackInput, ToldToCallBack } from "./callBackSchemas";
import { CALL_BACK } from "./machine.server";
import { askedPlace, saidPlace } from "./places";

/** One of the actor's town, and the role in which they hold it. @throws {DomainError} NOT_FOUND */
async function ownCallBack(tx: Transaction, ctx: UseCaseContext, id: string) {
  requireUser(ctx.actor);
  const [row] = await tx.select().from(callBacks).where(eq(callBacks.id, id)).for("update");
  const town = { kind: "town", id: row?.townCode ?? "" } as const;
  const by = (["caseworker", "town_reviewer"] as const).find((role) => holds(ctx.actor, role, town));
  if (!row || !by) throw new DomainError("NOT_FOUND");
  return { row, by };
}

/**
 * Opens who asked, their phone and their words, and what was noted at a try before, to a caseworker or
 * reviewer of the town, who has it in hand from then on. Each opening is in the journal; one that another has
 * in hand may be opened too, for people go home.
 * @throws {DomainError} STEP_UP_NEEDED; NOT_FOUND outside the town; WRONG_STATE once it is done
 */
export async function openCallBack(
  ctx: UseCaseContext,
  callBackId: string,
): Promise<z.infer<typeof ToldToCallBack> & { noted?: string | undefined }> {
  requireSteppedUp(ctx, "openCallBack");
  const { userId } = requireUser(ctx.actor);

  return inTransaction(ctx, async (tx) => {
    const { row, by } = await ownCallBack(tx, ctx, callBackId);
    if (row.state === "done" || row.askedSealed === null) throw new DomainError("WRONG_STATE");
    const asked = ToldToCallBack.parse(JSON.parse(unseal(ctx.keys, askedPlace(row.id), row.askedSealed)));

    await transition(tx, ctx, CALL_BACK, { ...row, state: row.state }, "open", {
      by,
      set: { openedBy: userId, openedAt: ctx.now() },
    });

    return row.saidSealed === null
      ? asked
      : { ...asked, noted: unseal(ctx.keys, saidPlace(row.id), row.saidSealed) };
  });
}

/**
 * Writes down what came of a try. Who did not answer is tried again within callBackHours, and after the third
 * time the call-back ends, with words for whoever asks later. Everything else ends it at once. Words of a try
 * are kept for the next one, and stand until others take their place.
 * @returns how it ended, undefined while it goes on
 * @throws {DomainError} NOT_FOUND outside the town; WRONG_STATE where nobody has opened it; CHANGED_MEANWHILE
 *   when somebody else did something since; SAY_WHY_NOT_REACHED for the last try without words
 */
export async function answerCallBack(
  ctx: UseCaseContext,
  { callBackId, version, answer, words }: z.infer<typeof AnswerCallBackInput>,
): Promise<{ ended: CallBackOutcome | undefined }> {
  const { userId } = requireUser(ctx.actor);

  return inTransaction(ctx, async (tx) => {
    const { row, by } = await ownCallBack(tx, ctx, callBackId);
    if (row.version !== version) throw new DomainError("CHANGED_MEANWHILE");
    if (row.state !== "in_hand") throw new DomainError("WRONG_STATE");
    const inHand = { ...row, state: row.state };
    const tries = row.tries + (answer === "no_answer" ? 1 : 0);
    const ended = answer === "no_answer" ? (tries < CALL_BACK_TRIES ? undefined : "not_reached") : answer;
    if (ended === "not_reached" && words === undefined) throw new DomainError("SAY_WHY_NOT_REACHED");

    const said = words === undefined ? {} : { saidSealed: seal(ctx.keys, saidPlace(row.id), words) };
    if (ended === undefined)
      await transition(tx, ctx, CALL_BACK, inHand, "miss", {
        by,
        data: { tries },
        set: {
          ...said,
          tries,
          dueAt: plusHours(ctx.now(), await limit(tx, ctx, "callBackHours")),
          escalatedAt: null,
        },
      });
    else
      await transition(tx, ctx, CALL_BACK, inHand, "close", {
        by,
        reason: ended,
        set: {
          ...said,
          tries,
          outcome: ended,
          closedBy: userId,
          closedAt: ctx.now(),
          dueAt: null,
          escalatedAt: null,
        },
      });

    return { ended };
  });
}
