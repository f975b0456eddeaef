import { and, eq, gt } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { transition } from "~/domain/kernel/transition.server";
import { publicNeeds } from "~db/schema/needs";
import { requireNoAuthor } from "./authors.server";
import { NEED } from "./machine.server";
import type { MergeReason } from "./mergeVocabulary";
import { lockNeed } from "./need.server";
import { comparable } from "./policy";
import { WAITS_NO_MORE } from "./reviewClock.server";
import { requireReviewer } from "./reviewNeed.server";

/**
 * Ends a wish as a duplicate of another one of the same town, which stays and waits since the earlier of the
 * two was filed. One step of each, so that the history of both tells it. Nobody merges what they filed or
 * wrote on, nor into it.
 *
 * @throws {DomainError} FOUR_EYES, NOT_ALLOWED, NOT_FOUND for a need of another town or kind, WRONG_STATE
 *   where the one that ends is public already, or the one that stays was never sent in or has ended
 */
export async function mergeNeed(
  ctx: UseCaseContext,
  needId: string,
  { intoId, reason }: { intoId: string; reason: MergeReason },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // Locked in one order: of two who merge each into the other, the later one finds what the first one did.
    const inOrder = needId < intoId;
    const first = await lockNeed(tx, inOrder ? needId : intoId);
    const second = await lockNeed(tx, inOrder ? intoId : needId);
    const [need, into] = inOrder ? [first, second] : [second, first];
    const by = requireReviewer(ctx, need);
    if (!comparable(need, into)) throw new DomainError("NOT_FOUND");
    await requireNoAuthor(tx, ctx, need, into);
    await transition(tx, ctx, NEED, need, "merge", {
      by,
      needId,
      reason,
      data: { into: into.code },
      set: { ...WAITS_NO_MORE, mergedIntoId: into.id },
    });

    const earlier =
      need.filedAt !== null && into.filedAt !== null && need.filedAt < into.filedAt
        ? need.filedAt
        : into.filedAt;

    await transition(tx, ctx, NEED, into, "absorb", {
      by,
      needId: into.id,
      reason,
      data: { merged: need.code },
      set: { filedAt: earlier },
    });

    if (earlier !== null)
      await tx
        .update(publicNeeds)
        .set({ waitingSince: earlier })
        .where(and(eq(publicNeeds.needId, into.id), gt(publicNeeds.waitingSince, earlier)));
  });
}
