import { eq } from "drizzle-orm";
import { liveConsents, recordConsents } from "~/domain/households/consents.server";
import {
  findPossibleDuplicates,
  type PossibleDuplicate,
} from "~/domain/households/findPossibleDuplicates.server";
import { unsealRecord } from "~/domain/households/openRecord.server";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { nextState } from "~/domain/kernel/states";
import { transition } from "~/domain/kernel/transition.server";
import { entitlementGap } from "~/domain/screening/screenHousehold.server";
import { needLines, needs, type NeedState } from "~db/schema/needs";
import { overCap } from "./cap.server";
import { NEED } from "./machine.server";
import { NEEDED_SCOPES } from "./neededScopes";
import { seesNeedsOf } from "./policy";
import { waits } from "./reviewClock.server";
import type { SubmitInput } from "./schemas";
import { NEED_TRANSITIONS } from "./states";
import { isUnfinished } from "./unfinished.server";

/**
 * The possible duplicates of a wish: what its filer must have seen before it goes on, and what its reviewers
 * look at again.
 */
export async function duplicatesOf(ctx: UseCaseContext, needId: string): Promise<PossibleDuplicate[]> {
  return inTransaction(ctx, async (tx) => {
    const [need] = await tx.select().from(needs).where(eq(needs.id, needId));
    if (need?.householdId == null) throw new DomainError("NOT_FOUND");
    if (!seesNeedsOf(ctx.actor, need.townCode)) throw new DomainError("NOT_ALLOWED");
    const person = await unsealRecord(tx, ctx, need.householdId);
    const lines = await tx
      .select({ kind: needLines.objectKind })
      .from(needLines)
      .where(eq(needLines.needId, needId));
    const kinds = lines.flatMap((line) => (line.kind === null ? [] : [line.kind]));
    return findPossibleDuplicates(tx, ctx, {
      townCode: need.townCode,
      person: { ...person, name: person?.name ?? "" },
      kinds,
      of: { needId, householdId: need.householdId },
    });
  });
}

/** Why a wish cannot be submitted: every reason at once, so that nobody is told of one after the other. */
export class SubmitRefused extends DomainError {
  constructor(readonly refusals: readonly [DomainError, ...DomainError[]]) {
    super(refusals[0].code, refusals[0].params);
  }
}

/**
 * Sends a wish to the second person of the town. Charity comes after entitlement: the filer has checked what
 * the household is entitled to (before, or says so here), and where something is likely and not received,
 * says why charity is asked all the same (kept with the wish), and likewise why it costs more than the cap;
 * consents to collect, share and publish are recorded, now or before; possible duplicates were seen and
 * judged. Everything that is missing is said at once.
 *
 * @throws {DomainError} NOT_WHOLE while its draft is not; SubmitRefused with ENTITLEMENTS_FIRST,
 *   ENTITLEMENTS_OPEN with `n` entries, CONSENT_MISSING, DUPLICATES_UNJUDGED, OVER_CAP_REASON_NEEDED
 */
export async function submitNeed(
  ctx: UseCaseContext,
  needId: string,
  { judged, gapReason, overCapReason, entitlementsChecked, consents }: SubmitInput = {},
): Promise<void> {
  const duplicates = await duplicatesOf(ctx, needId);

  await inTransaction(ctx, async (tx) => {
    const [need] = await tx.select().from(needs).where(eq(needs.id, needId));
    if (need?.householdId == null) throw new DomainError("NOT_FOUND");
    const actor = requireRole(ctx.actor, "caseworker", { kind: "town", id: need.townCode });
    if (need.filedBy !== actor.userId) throw new DomainError("NOT_ALLOWED");
    if (await isUnfinished(tx, needId)) throw new DomainError("NOT_WHOLE");
    if (consents && canSubmit(need.state))
      await recordConsents(tx, ctx, need.householdId, { ...consents, givenAt: ctx.now() });
    const gap = await entitlementGap(tx, need.householdId);
    const live = await liveConsents(tx, need.householdId);
    const cap = await overCap(tx, ctx, { id: need.id, householdId: need.householdId });
    const reason = need.overCapReason ?? overCapReason ?? null;
    const [first, ...more] = [
      ...(need.entitlementsCheckedBy === null && entitlementsChecked === undefined
        ? [new DomainError("ENTITLEMENTS_FIRST")]
        : []),
      ...(gap.length > 0 && gapReason === undefined
        ? [new DomainError("ENTITLEMENTS_OPEN", { n: gap.length })]
        : []),
      ...(NEEDED_SCOPES.every((scope) => live.includes(scope)) ? [] : [new DomainError("CONSENT_MISSING")]),
      ...(duplicates.length > 0 && judged !== "different"
        ? [new DomainError("DUPLICATES_UNJUDGED", { n: duplicates.length })]
        : []),
      ...(cap.over && reason === null
        ? [
            new DomainError("OVER_CAP_REASON_NEEDED", {
              cap: Number(cap.capFen / 100n),
              value: Number(cap.valueFen / 100n),
            }),
          ]
        : []),
    ];
    if (first) throw new SubmitRefused([first, ...more]);
    await transition(tx, ctx, NEED, need, "submit", {
      by: "caseworker",
      needId,
      data: { overCap: cap.over },
      set: {
        filedAt: need.filedAt ?? ctx.now(),
        ...(need.entitlementsCheckedBy === null
          ? { entitlementsCheckedBy: actor.userId, entitlementsCheckedAt: ctx.now() }
          : {}),
        ...(await waits(tx, ctx)),
        overCapReason: cap.over ? reason : need.overCapReason,
        entitlementGap:
          gap.length > 0 && gapReason !== undefined
            ? { items: gap.map((item) => item.code), reason: gapReason }
            : null,
        duplicateCheck: {
          shown: duplicates.map((duplicate) => duplicate.needCode),
          judged: duplicates.length > 0 ? "different" : "none",
        },
      },
    });
  });
}

const canSubmit = (state: NeedState): boolean => nextState(NEED_TRANSITIONS, state, "submit") !== undefined;

/**
 * What the household of a draft is likely entitled to and does not receive: shown before charity is asked.
 */
export async function gapOfDraft(
  ctx: UseCaseContext,
  need: { householdId: string | null; townCode: string },
) {
  if (need.householdId === null) return [];
  requireRole(ctx.actor, "caseworker", { kind: "town", id: need.townCode });
  return entitlementGap(ctx.db, need.householdId);
}
