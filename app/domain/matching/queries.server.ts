import { and, asc, eq, gt } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { pageOf } from "~/domain/kernel/page";
import { lots } from "~db/schema/books";
import { allocations, offers } from "~db/schema/matching";
import { needLines, needs } from "~db/schema/needs";
import { objectKinds, towns, unitsOfMeasure } from "~db/schema/reference";
import { bestCandidates, candidatesFor, freeLots } from "./candidates.server";

const SHOWN_CANDIDATES = 5;
const OFFERS_A_PAGE = 20;
const PROPOSALS_A_PAGE = 20;

/** An offer as the desk answers it. */
const OFFER = {
  id: offers.id,
  code: offers.code,
  quantity: offers.quantity,
  description: offers.description,
  townCode: offers.townCode,
} as const;

/** Offers that wait for an answer, oldest first, by key. */
async function waitingOffers(ctx: UseCaseContext, after?: string) {
  const rows = await ctx.db
    .select({ offer: OFFER, kind: objectKinds, unit: unitsOfMeasure, town: towns })
    .from(offers)
    .innerJoin(objectKinds, eq(objectKinds.code, offers.objectKind))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, offers.unitCode))
    .innerJoin(towns, eq(towns.code, offers.townCode))
    .where(and(eq(offers.state, "offered"), after === undefined ? undefined : gt(offers.id, after)))
    .orderBy(asc(offers.id))
    .limit(OFFERS_A_PAGE + 1);
  return pageOf(rows, OFFERS_A_PAGE, (last) => last.offer.id);
}

/** A proposal as whoever decides it reads it. */
const PROPOSED = {
  id: allocations.id,
  quantity: allocations.quantity,
  score: allocations.score,
  reasons: allocations.reasons,
  expiresAt: allocations.expiresAt,
} as const;

/** Proposals that wait for a second person, oldest first, by key. */
async function proposedAllocations(ctx: UseCaseContext, after?: string) {
  requireRole(ctx.actor, "operator");
  const rows = await ctx.db
    .select({
      allocation: PROPOSED,
      proposedBy: allocations.proposedBy,
      label: lots.label,
      needCode: needs.code,
      item: needLines.itemHans,
      itemHant: needLines.itemHant,
    })
    .from(allocations)
    .innerJoin(lots, eq(lots.id, allocations.lotId))
    .innerJoin(needLines, eq(needLines.id, allocations.lineId))
    .innerJoin(needs, eq(needs.id, needLines.needId))
    .where(
      and(eq(allocations.state, "proposed"), after === undefined ? undefined : gt(allocations.id, after)),
    )
    .orderBy(asc(allocations.id))
    .limit(PROPOSALS_A_PAGE + 1);
  return pageOf(rows, PROPOSALS_A_PAGE, (last) => last.allocation.id);
}

/** Where each of the desk's three lists goes on; none of them grows with the store. */
export type MatchingPlace = Readonly<{
  offersAfter?: string | undefined;
  lotsAfter?: string | undefined;
  proposedAfter?: string | undefined;
}>;

/**
 * The matching desk: offers to answer, lots to give, the best lines for each with reasons, proposals to
 * decide. A page of each, in as many statements however much the store holds.
 */
export async function matchingPage(
  ctx: UseCaseContext,
  { offersAfter, lotsAfter, proposedAfter }: MatchingPlace = {},
) {
  const { userId } = requireRole(ctx.actor, "operator");
  const [waiting, lots, proposed] = await Promise.all([
    waitingOffers(ctx, offersAfter),
    freeLots(ctx, { after: lotsAfter }),
    proposedAllocations(ctx, proposedAfter),
  ]);
  const best = await bestCandidates(
    ctx,
    lots.rows.map(({ lot }) => lot.id),
    SHOWN_CANDIDATES + 1,
  );
  return {
    offers: waiting,
    lots: {
      ...lots,
      rows: lots.rows.map((row) => {
        const found = best.get(row.lot.id) ?? [];
        return {
          ...row,
          candidates: found.slice(0, SHOWN_CANDIDATES),
          more: found.length > SHOWN_CANDIDATES,
        };
      }),
    },
    proposed: {
      ...proposed,
      rows: proposed.rows.map(({ proposedBy, ...row }) => ({ ...row, mine: proposedBy === userId })),
    },
  };
}

/**
 * One lot with everybody it could serve, a page at a time. @throws {DomainError} NOT_FOUND once nothing of it
 * is free
 */
export async function lotToMatch(ctx: UseCaseContext, lotId: string, after?: string) {
  const { rows, next } = await candidatesFor(ctx, lotId, after);
  const { rows: found } = await freeLots(ctx, { lotId });
  return found.map((lot) => ({ ...lot, candidates: rows, next }))[0];
}
