import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { occurred } from "~/domain/kernel/time";
import { recordEvent } from "~/journal/recordEvent.server";
import { takeDown, withdraw } from "~/domain/needs/endNeed.server";
import { ShanghaiTime } from "~/domain/needs/schemas";
import { households, recipientRequests } from "~db/schema/households";
import { needs } from "~db/schema/needs";
import { endConsent } from "./consents.server";
import { optionalText } from "./schemas";
import { sealFor } from "./registerHousehold.server";

export const RecipientRequestInput = z.object({ kind: z.enum(["refuse", "correct", "withdraw_consent"]), words: optionalText(500), occurredAt: ShanghaiTime });

const LIVE = ["draft", "returned", "submitted", "verified", "published", "suspended"] as const;

/**
 * What a recipient asks for through any caseworker of their town. Refusing ends their needs, withdrawing consent ends the consent
 * to publish and takes them off the public pages: at once, in the same transaction (domain 4.7). A correction is kept open for
 * somebody to do. Their words are sealed.
 *
 * @throws {DomainError} NOT_ALLOWED outside the town
 */
export async function recordRequest(ctx: UseCaseContext, householdId: string, input: z.infer<typeof RecipientRequestInput>): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const [household] = await tx.select().from(households).where(eq(households.id, householdId));
    if (!household) throw new DomainError("NOT_FOUND");
    const { userId } = requireRole(ctx.actor, "caseworker", { kind: "town", id: household.townCode });
    const occurredAt = occurred(ctx.now(), input.occurredAt);
    const id = ctx.newId();
    const done = input.kind !== "correct";
    await tx.insert(recipientRequests).values({
      id,
      householdId,
      kind: input.kind,
      state: done ? "done" : "open",
      wordsSealed: input.words === undefined ? null : await sealFor(tx, ctx, householdId, `recipient_request.words:${id}`, input.words),
      recordedBy: userId,
      occurredAt,
      createdAt: ctx.now(),
      closedBy: done ? userId : null,
      closedAt: done ? ctx.now() : null,
    });
    await recordEvent(tx, ctx, {
      entity: "recipient_request",
      entityId: id,
      entityVersion: 1,
      event: `recipient_request.${input.kind}`,
      fromState: null,
      toState: done ? "done" : "open",
      by: "caseworker",
      occurredAt,
      data: { householdId },
    });
    if (input.kind === "withdraw_consent") await endConsent(tx, ctx, householdId, "publish", occurredAt);
    if (!done) return;
    const reason = input.kind === "refuse" ? "recipient_refused" : "consent_withdrawn";
    // Locked, so that a wish that is being published at this moment is waited for and taken down, and the recipient not told to come again.
    const affected = await tx
      .select()
      .from(needs)
      .where(and(eq(needs.householdId, householdId), inArray(needs.state, input.kind === "refuse" ? [...LIVE] : [...LIVE, "closed"])))
      .for("no key update");
    for (const need of affected) await (need.state === "closed" ? takeDown : withdraw)(tx, ctx, need, reason, "caseworker");
  });
}
