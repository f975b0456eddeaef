import { and, eq, inArray } from "drizzle-orm";
import { endConsent, liveConsents } from "~/domain/households/consents.server";
import { forgetRecord } from "~/domain/households/forgetRecord.server";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { transition } from "~/domain/kernel/transition.server";
import { readCode } from "~/domain/kernel/typed/code";
import { takeDown } from "~/domain/needs/endNeed.server";
import { forgetImported, forgetUnfinished } from "~/domain/needs/unfinished.server";
import { forgetFacts } from "~/domain/screening/screenHousehold.server";
import { households } from "~db/schema/households";
import { needs } from "~db/schema/needs";
import { recipientRequests } from "~db/schema/requests";
import { openMatters } from "./openMatters.server";
import { ANSWERED, REQUEST } from "./recipientRequests.server";
import type { EraseReason } from "./requestVocabulary";

/**
 * Erases a person on request: destroys the household's data key its sealed parts and its screening
 * facts, ends its consents, takes its public pages down and closes what it had asked for. Books, journal and
 * figures stay whole, since they never carried anything of the person. Cannot be undone.
 *
 * @param input.code the household's code as somebody typed it
 * @throws {DomainError} NOT_ALLOWED unless an admin, NOT_FOUND when unknown or already erased, OTHER_CODE
 *   when the code is not this household's, STILL_ON_ITS_WAY (n matters) while anything of theirs has not
 *   ended
 */
export async function eraseHousehold(
  ctx: UseCaseContext,
  householdId: string,
  { code, reason }: { code: string; reason: EraseReason },
): Promise<void> {
  const { userId } = requireRole(ctx.actor, "admin");

  await inTransaction(ctx, async (tx) => {
    const [household] = await tx
      .select()
      .from(households)
      .where(eq(households.id, householdId))
      .for("update");
    if (!household || household.erasedAt !== null) throw new DomainError("NOT_FOUND");
    if (readCode(code) !== household.code) throw new DomainError("OTHER_CODE");
    const matters = await openMatters(tx, householdId);
    if (matters.length > 0) throw new DomainError("STILL_ON_ITS_WAY", { n: matters.length });

    const closed = await tx
      .select()
      .from(needs)
      .where(and(eq(needs.householdId, householdId), inArray(needs.state, ["closed"])))
      .for("no key update");
    for (const need of closed) await takeDown(tx, ctx, need, "erased", "admin");
    for (const scope of await liveConsents(tx, householdId))
      await endConsent(tx, ctx, householdId, scope, { by: "admin", occurredAt: ctx.now() });
    const waiting = await tx
      .select()
      .from(recipientRequests)
      .where(and(eq(recipientRequests.householdId, householdId), eq(recipientRequests.state, "open")))
      .for("update");

    for (const request of waiting) {
      const set = { outcome: "erased" as const, closedBy: userId, closedAt: ctx.now(), ...ANSWERED };

      await transition(tx, ctx, REQUEST, request, "close", {
        by: "admin",
        reason: "erased",
        data: { householdId },
        set,
      });
    }

    await forgetFacts(tx, householdId);
    await forgetUnfinished(tx, householdId);
    await forgetImported(tx, householdId);
    await forgetRecord(tx, ctx, household, reason);
  });
}
