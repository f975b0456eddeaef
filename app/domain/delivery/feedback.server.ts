import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { HearFeedbackInput } from "~/domain/giving/serviceVisitSchemas";
import { unsealRecord } from "~/domain/households/openRecord.server";
import { sealText } from "~/domain/households/sealedText.server";
import { requireRole, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { type Opened, openedOn, requireUnchanged } from "~/domain/kernel/opened";
import { machine, recordBirth, transition } from "~/domain/kernel/transition.server";
import { namedFindings } from "~/domain/needs/guard/findings";
import { publishGuard } from "~/domain/needs/guard/publishGuard.server";
import { feedbacks } from "~db/schema/delivery";
import { needs } from "~db/schema/needs";
import { findDelivery, lastDeliveryStepOf } from "./machine.server";
import { townRoleFor } from "./people.server";

export const FEEDBACK = machine({
  entity: "feedback",
  table: feedbacks,
  transitions: { heard: { pass: "passed", keep: "kept_private" }, passed: {}, kept_private: {} },
});

export const placeOfWords = (feedbackId: string) => `feedback.words:${feedbackId}`;

/**
 * A caseworker writes down what the recipient said of a delivery, 1 to 5 and in words. Sealed; nobody is ever
 * obliged to thank. Safe to repeat by request key.
 * @throws {DomainError} NOT_FOUND outside the town, WRONG_STATE before the handover, IN_THE_FUTURE
 */
export async function hearFeedback(
  ctx: UseCaseContext,
  input: z.infer<typeof HearFeedbackInput>,
): Promise<{ feedbackId: string }> {
  const { userId } = requireUser(ctx.actor);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "hearFeedback", input, async () => {
      const delivery = await findDelivery(tx, input.deliveryId);
      const by = await townRoleFor(tx, ctx, delivery);
      if (delivery.state !== "handed_over" && delivery.state !== "confirmed")
        throw new DomainError("WRONG_STATE");
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
        after: await lastDeliveryStepOf(tx, delivery),
      });
      const feedback = { id: ctx.newId(), state: "heard" as const };
      const need = { id: delivery.needId, householdId: delivery.householdId };

      await tx.insert(feedbacks).values({
        ...feedback,
        needId: need.id,
        deliveryId: delivery.id,
        rating: input.rating,
        wordsSealed:
          input.words === undefined
            ? null
            : await sealText(tx, ctx, need, placeOfWords(feedback.id), input.words),
        recordedBy: userId,
        occurredAt,
        createdAt: ctx.now(),
      });

      await recordBirth(tx, ctx, FEEDBACK, feedback, "hear", {
        by,
        occurredAt,
        needId: need.id,
        data: { rating: input.rating },
      });

      return { feedbackId: feedback.id };
    }),
  );
}

/**
 * Another person passes redacted words to the donors and the public, or keeps it private. The publish guard
 * reads them too.
 * @param seen what the form was opened on
 * @throws {DomainError} FOUR_EYES, CHANGED_MEANWHILE, PUBLISH_GUARD when the words still point to somebody,
 *   with what does
 */
export async function moderateFeedback(
  ctx: UseCaseContext,
  feedbackId: string,
  publicWords: string | undefined,
  seen?: Opened,
): Promise<void> {
  const { userId } = requireRole(ctx.actor, "operator");

  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ feedback: feedbacks, householdId: needs.householdId })
      .from(feedbacks)
      .innerJoin(needs, eq(needs.id, feedbacks.needId))
      .where(eq(feedbacks.id, feedbackId));
    if (!row) throw new DomainError("NOT_FOUND");
    if (seen !== undefined) requireUnchanged(seen, row.feedback.version);
    if (row.feedback.recordedBy === userId) throw new DomainError("FOUR_EYES");
    const facts = { by: "operator", needId: row.feedback.needId } as const;

    if (publicWords === undefined) {
      await transition(tx, ctx, FEEDBACK, row.feedback, "keep", { ...facts, set: { moderatedBy: userId } });
      return;
    }

    const record = row.householdId === null ? undefined : await unsealRecord(tx, ctx, row.householdId);
    const findings = publishGuard([publicWords], { record });
    if (findings.length > 0) throw new DomainError("PUBLISH_GUARD", namedFindings(findings));
    await transition(tx, ctx, FEEDBACK, row.feedback, "pass", {
      ...facts,
      set: { moderatedBy: userId, publicWords },
    });
  });
}

/**
 * What became of words that wait, as their form would be filled with it. @throws {DomainError} NOT_ALLOWED
 * unless operator, NOT_FOUND
 */
export async function storedFeedback(ctx: UseCaseContext, feedbackId: string) {
  requireRole(ctx.actor, "operator");
  const [row] = await ctx.db
    .select({ publicWords: feedbacks.publicWords, version: feedbacks.version })
    .from(feedbacks)
    .where(eq(feedbacks.id, feedbackId));
  if (!row) throw new DomainError("NOT_FOUND");
  return { values: { publicWords: row.publicWords ?? "" }, opened: openedOn(row.version) };
}
