import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { withdraw } from "~/domain/ending/withdrawNeed.server";
import { endConsent } from "~/domain/households/consents.server";
import { sealFor } from "~/domain/households/dataKey.server";
import { holds, requireRole, requireUser } from "~/domain/kernel/actor";
import { answerBy } from "~/domain/kernel/answerBy.server";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { machine, recordBirth, transition } from "~/domain/kernel/transition.server";
import { takeDown } from "~/domain/needs/endNeed.server";
import { lockNeed, type Need } from "~/domain/needs/need.server";
import { OPEN_WISH } from "~/domain/needs/states";
import { households } from "~db/schema/households";
import { needs, type NeedState } from "~db/schema/needs";
import { recipientRequests, type RequestKind } from "~db/schema/requests";
import type { CloseRequestInput, RecipientRequestInput } from "./requestSchemas";
import { OUTCOMES_OF } from "./requestVocabulary";

type RequestState = (typeof recipientRequests.$inferSelect)["state"];

export const REQUEST = machine({
  entity: "recipient_request",
  table: recipientRequests,
  transitions: { open: { close: "done", escalate: "open" }, done: {} },
});

/** What a request's row says once it is answered. */
export const ANSWERED = { dueAt: null, escalatedAt: null } as const;

/** What is done at once: why the needs end, and what is left for somebody to do. */
const AT_ONCE: Readonly<
  Record<RequestKind, Readonly<{ needsEnd?: "recipient_refused" | "consent_withdrawn"; state: RequestState }>>
> = {
  refuse: { needsEnd: "recipient_refused", state: "done" },
  withdraw_consent: { needsEnd: "consent_withdrawn", state: "done" },
  correct: { state: "open" },
  erase: { needsEnd: "consent_withdrawn", state: "open" },
};

/**
 * What a recipient asks for through any caseworker of their town. Refusing ends the wish they name, or all of
 * them; withdrawing consent, and asking to be erased, end the consent to publish and take them off the public
 * pages: at once, in the same transaction. A correction waits until somebody closes it, an erasure for an
 * admin, each with a day (answerWorkingDays). Their words are sealed. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED outside the town, NOT_FOUND once erased and for a wish of another
 *   household, WRONG_STATE for one that has ended
 */
export async function recordRequest(
  ctx: UseCaseContext,
  householdId: string,
  input: z.infer<typeof RecipientRequestInput>,
): Promise<void> {
  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "recordRequest", { ...input, householdId }, () => record(tx, ctx, householdId, input)),
  );
}

async function record(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
  input: z.infer<typeof RecipientRequestInput>,
): Promise<void> {
  const [household] = await tx.select().from(households).where(eq(households.id, householdId)).for("share");
  if (!household || household.erasedAt !== null) throw new DomainError("NOT_FOUND");
  const { userId } = requireRole(ctx.actor, "caseworker", { kind: "town", id: household.townCode });
  const occurredAt = await happenedAt(tx, ctx, input.occurredAt);
  const { needsEnd, state } = AT_ONCE[input.kind];
  const about = input.needId === undefined ? undefined : await openWish(tx, householdId, input.needId);
  const request = { id: ctx.newId(), state };

  await tx.insert(recipientRequests).values({
    ...request,
    householdId,
    needId: about?.id ?? null,
    kind: input.kind,
    wordsSealed:
      input.words === undefined
        ? null
        : await sealFor(tx, ctx, householdId, `recipient_request.words:${request.id}`, input.words),
    recordedBy: userId,
    occurredAt,
    createdAt: ctx.now(),
    dueAt: state === "open" ? await answerBy(tx, ctx) : null,
    closedBy: state === "done" ? userId : null,
    closedAt: state === "done" ? ctx.now() : null,
  });

  await recordBirth(tx, ctx, REQUEST, request, input.kind, {
    by: "caseworker",
    occurredAt,
    ...(about ? { needId: about.id } : {}),
    data: { householdId },
  });

  if (needsEnd === undefined) return;
  const publicToo = needsEnd === "consent_withdrawn";
  if (publicToo) await endConsent(tx, ctx, householdId, "publish", { by: "caseworker", occurredAt });
  const affected = about
    ? [about]
    : await wishesOf(tx, householdId, publicToo ? [...OPEN_WISH, "closed"] : OPEN_WISH);
  for (const need of affected)
    await (need.state === "closed" ? takeDown : withdraw)(tx, ctx, need, needsEnd, "caseworker");
}

/**
 * Locked, so that a wish that is being published at this moment is waited for and taken down, and the
 * recipient not told to come again.
 */
const wishesOf = (tx: Transaction, householdId: string, states: readonly NeedState[]) =>
  tx
    .select()
    .from(needs)
    .where(and(eq(needs.householdId, householdId), inArray(needs.state, [...states])))
    .for("no key update");

/** A wish of this household that has not ended, kept from changing meanwhile. */
async function openWish(tx: Transaction, householdId: string, needId: string): Promise<Need> {
  const need = await lockNeed(tx, needId);
  if (need.householdId !== householdId) throw new DomainError("NOT_FOUND");
  if (!OPEN_WISH.some((state) => state === need.state)) throw new DomainError("WRONG_STATE");
  return need;
}

/**
 * Closes what waited: somebody of the town says what became of it, in a word that the journal keeps and in
 * words for the recipient.
 * @throws {DomainError} NOT_FOUND outside the town, WRONG_STATE when it is closed already or does not end
 *   so
 */
export async function closeRequest(
  ctx: UseCaseContext,
  requestId: string,
  { outcome, answer }: z.infer<typeof CloseRequestInput>,
): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ request: recipientRequests, townCode: households.townCode })
      .from(recipientRequests)
      .innerJoin(households, eq(households.id, recipientRequests.householdId))
      .where(eq(recipientRequests.id, requestId));
    const town = { kind: "town", id: row?.townCode ?? "" } as const;
    const by = (["caseworker", "town_reviewer"] as const).find((role) => holds(ctx.actor, role, town));
    if (!row || !by) throw new DomainError("NOT_FOUND");
    const { request } = row;
    if (!OUTCOMES_OF[request.kind === "erase" ? "erase" : "correct"].some((known) => known === outcome))
      throw new DomainError("WRONG_STATE");
    const answerSealed = await sealFor(
      tx,
      ctx,
      request.householdId,
      `recipient_request.answer:${request.id}`,
      answer,
    );

    await transition(tx, ctx, REQUEST, request, "close", {
      by,
      reason: outcome,
      ...(request.needId === null ? {} : { needId: request.needId }),
      data: { householdId: request.householdId },
      set: { outcome, answerSealed, closedBy: userId, closedAt: ctx.now(), ...ANSWERED },
    });
  });
}
