import { eq } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { transition } from "~/domain/kernel/transition.server";
import { entitlementGap } from "~/domain/directory/screening/screenHousehold.server";
import { liveConsents } from "~/domain/households/consents.server";
import { findPossibleDuplicates, type PossibleDuplicate } from "~/domain/households/findPossibleDuplicates.server";
import { unsealRecord } from "~/domain/households/openRecord.server";
import { households } from "~db/schema/households";
import { needLines, needs } from "~db/schema/needs";
import { overCap } from "./cap.server";
import { NEED } from "./machine.server";
import { waits } from "./reviewClock.server";
import type { SubmitInput } from "./schemas";
import { seesNeedsOf } from "./policy";

/** The possible duplicates of a wish: what its filer must have seen before it goes on, and what its reviewers look at again. */
export async function duplicatesOf(ctx: UseCaseContext, needId: string): Promise<PossibleDuplicate[]> {
  return inTransaction(ctx, async (tx) => {
    const [need] = await tx.select().from(needs).where(eq(needs.id, needId));
    if (need?.householdId == null) throw new DomainError("NOT_FOUND");
    if (!seesNeedsOf(ctx.actor, need.townCode)) throw new DomainError("NOT_ALLOWED");
    const person = await unsealRecord(tx, ctx, need.householdId);
    const lines = await tx.select({ kind: needLines.objectKind }).from(needLines).where(eq(needLines.needId, needId));
    const kinds = lines.flatMap((line) => (line.kind === null ? [] : [line.kind]));
    return findPossibleDuplicates(tx, ctx, { townCode: need.townCode, person: { ...person, name: person?.name ?? "" }, kinds, of: { needId, householdId: need.householdId } });
  });
}

/**
 * Sends a wish to the second person of the town. Charity comes after entitlement: the filer has checked what the household
 * is entitled to, and where something is likely and not received, says why charity is asked all the same (kept with the wish), and
 * likewise why it costs more than the cap; consents to collect, share and publish are recorded; possible duplicates were seen and judged.
 *
 * @throws {DomainError} ENTITLEMENTS_FIRST, ENTITLEMENTS_OPEN with `n` entries, CONSENT_MISSING, DUPLICATES_UNJUDGED, OVER_CAP_REASON_NEEDED
 */
export async function submitNeed(ctx: UseCaseContext, needId: string, { judged, gapReason, overCapReason }: SubmitInput = {}): Promise<void> {
  const duplicates = await duplicatesOf(ctx, needId);
  await inTransaction(ctx, async (tx) => {
    const [need] = await tx.select().from(needs).where(eq(needs.id, needId));
    if (need?.householdId == null) throw new DomainError("NOT_FOUND");
    const actor = requireRole(ctx.actor, "caseworker", { kind: "town", id: need.townCode });
    if (need.filedBy !== actor.userId) throw new DomainError("NOT_ALLOWED");
    if (need.entitlementsCheckedBy === null) throw new DomainError("ENTITLEMENTS_FIRST");
    const gap = await entitlementGap(tx, need.householdId);
    if (gap.length > 0 && gapReason === undefined) throw new DomainError("ENTITLEMENTS_OPEN", { n: gap.length });
    const live = await liveConsents(tx, need.householdId);
    if (!(["collect", "share", "publish"] as const).every((scope) => live.includes(scope))) throw new DomainError("CONSENT_MISSING");
    if (duplicates.length > 0 && judged !== "different") throw new DomainError("DUPLICATES_UNJUDGED", { n: duplicates.length });
    const cap = await overCap(tx, ctx, { id: need.id, householdId: need.householdId });
    const reason = need.overCapReason ?? overCapReason ?? null;
    if (cap.over && reason === null) throw new DomainError("OVER_CAP_REASON_NEEDED", { cap: Number(cap.capFen / 100n), value: Number(cap.valueFen / 100n) });
    await transition(tx, ctx, NEED, need, "submit", {
      by: "caseworker",
      needId,
      data: { overCap: cap.over },
      set: {
        filedAt: need.filedAt ?? ctx.now(),
        ...(await waits(tx, ctx)),
        overCapReason: cap.over ? reason : need.overCapReason,
        entitlementGap: gap.length > 0 && gapReason !== undefined ? { items: gap.map((item) => item.code), reason: gapReason } : null,
        duplicateCheck: { shown: duplicates.map((duplicate) => duplicate.needCode), judged: duplicates.length > 0 ? "different" : "none" },
      },
    });
  });
}

/** What the household of a draft is likely entitled to and does not receive: shown before charity is asked. */
export async function gapOfDraft(ctx: UseCaseContext, need: { householdId: string | null; townCode: string }) {
  if (need.householdId === null) return [];
  requireRole(ctx.actor, "caseworker", { kind: "town", id: need.townCode });
  return entitlementGap(ctx.db, need.householdId);
}

/** The household's code and head count that stand beside a need on staff pages. */
export const householdOf = (ctx: UseCaseContext, householdId: string) =>
  ctx.db
    .select({
      id: households.id,
      code: households.code,
      kind: households.kind,
      heads: households.heads,
      groupCode: households.groupCode,
      publicGroup: households.publicGroup,
      ageBand: households.ageBand,
      townCode: households.townCode,
      erasedAt: households.erasedAt,
    })
    .from(households)
    .where(eq(households.id, householdId))
    .then((rows) => rows[0]);
