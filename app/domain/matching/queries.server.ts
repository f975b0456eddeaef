import { and, asc, eq, gt, sql } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { pageOf } from "~/domain/kernel/page";
import { lots } from "~db/schema/books";
import { allocations, offers } from "~db/schema/matching";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { objectKinds, servicePoints, towns, unitsOfMeasure } from "~db/schema/reference";
import { asked, bestCandidates, candidatesFor, freeLots, waitingLines } from "./candidates.server";
import { choosePairs } from "./choosePairs";
import { type MatchFilter, MOST_AT_ONCE } from "./schemas";
import { isOfWish, soughtOffers, soughtProposals } from "./sought.server";

const SHOWN_CANDIDATES = 5;
/** Lots of one kind share their best lines: each looks so far down that all find one of their own. */
const CHOSEN_AMONG = 50;
const OFFERS_A_PAGE = 20;

/** An offer as the desk answers it. */
const OFFER = {
  id: offers.id,
  code: offers.code,
  quantity: offers.quantity,
  description: offers.description,
  townCode: offers.townCode,
} as const;

/** Offers that wait for an answer, oldest first, by key. */
async function waitingOffers(ctx: UseCaseContext, { kind, code }: MatchFilter, after?: string) {
  const rows = await ctx.db
    .select({ offer: OFFER, kind: objectKinds, unit: unitsOfMeasure, town: towns })
    .from(offers)
    .innerJoin(objectKinds, eq(objectKinds.code, offers.objectKind))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, offers.unitCode))
    .innerJoin(towns, eq(towns.code, offers.townCode))
    .where(
      and(
        eq(offers.state, "offered"),
        kind === undefined ? undefined : eq(offers.objectKind, kind),
        code === undefined ? undefined : soughtOffers(code),
        after === undefined ? undefined : gt(offers.id, after),
      ),
    )
    .orderBy(asc(offers.id))
    .limit(OFFERS_A_PAGE + 1);
  return pageOf(rows, OFFERS_A_PAGE, (last) => last.offer.id);
}

/** Offers that were accepted and are still to come, the next due first: as many as the desk shows. */
const comingOffers = (ctx: UseCaseContext, { kind, code }: MatchFilter) =>
  ctx.db
    .select({
      offer: {
        id: offers.id,
        dueAt: offers.dueAt,
        toCome: sql<bigint>`${offers.quantity} - ${offers.arrived}`.mapWith(offers.quantity),
      },
      kind: objectKinds,
      unit: unitsOfMeasure,
      point: {
        nameHans: servicePoints.nameHans,
        nameHant: servicePoints.nameHant,
        nameEn: servicePoints.nameEn,
      },
    })
    .from(offers)
    .innerJoin(objectKinds, eq(objectKinds.code, offers.objectKind))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, offers.unitCode))
    .innerJoin(servicePoints, eq(servicePoints.id, offers.pointId))
    .where(
      and(
        eq(offers.state, "accepted"),
        kind === undefined ? undefined : eq(offers.objectKind, kind),
        code === undefined ? undefined : soughtOffers(code),
      ),
    )
    .orderBy(asc(offers.dueAt))
    .limit(OFFERS_A_PAGE);

/** A proposal as whoever decides it reads it. */
const PROPOSED = {
  id: allocations.id,
  quantity: allocations.quantity,
  score: allocations.score,
  reasons: allocations.reasons,
  expiresAt: allocations.expiresAt,
} as const;

/** Proposals that wait for a second person, as the desk asks for them: oldest first, by key. */
async function proposedAllocations(ctx: UseCaseContext, filter: MatchFilter, after?: string) {
  requireRole(ctx.actor, "operator");
  const rows = await ctx.db
    .select({
      allocation: PROPOSED,
      proposedBy: allocations.proposedBy,
      label: lots.label,
      needCode: needs.code,
      item: needLines.itemHans,
      itemHant: needLines.itemHant,
      kind: objectKinds,
      unit: unitsOfMeasure,
      town: { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
    })
    .from(allocations)
    .innerJoin(lots, eq(lots.id, allocations.lotId))
    .innerJoin(objectKinds, eq(objectKinds.code, lots.objectKind))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, lots.unitCode))
    .innerJoin(needLines, eq(needLines.id, allocations.lineId))
    .innerJoin(needs, eq(needs.id, needLines.needId))
    // A wish that was taken down meanwhile has no public face; its proposal still waits to be settled.
    .leftJoin(publicNeeds, eq(publicNeeds.needId, needs.id))
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .where(
      and(
        eq(allocations.state, "proposed"),
        asked(filter),
        filter.code === undefined ? undefined : soughtProposals(filter.code),
        after === undefined ? undefined : gt(allocations.id, after),
      ),
    )
    .orderBy(asc(allocations.id))
    .limit(MOST_AT_ONCE + 1);
  return pageOf(rows, MOST_AT_ONCE, (last) => last.allocation.id);
}

/** Where each of the desk's lists goes on; none of them grows with the store. */
export type MatchingPlace = Readonly<{
  offersAfter?: string | undefined;
  lotsAfter?: string | undefined;
  proposedAfter?: string | undefined;
  waitingAfter?: string | undefined;
}>;

/**
 * The matching desk: on one side offers to answer and to come and lots to give, on the other who waits for
 * such things; pairs of both chosen beforehand, each with its reasons; proposals to decide. A page of each,
 * in as many statements however much the store holds.
 */
export async function matchingPage(
  ctx: UseCaseContext,
  { offersAfter, lotsAfter, proposedAfter, waitingAfter }: MatchingPlace = {},
  filter: MatchFilter = {},
) {
  const { userId } = requireRole(ctx.actor, "operator");
  const [offered, coming, free, proposed] = await Promise.all([
    waitingOffers(ctx, filter, offersAfter),
    comingOffers(ctx, filter),
    freeLots(ctx, { after: lotsAfter, kind: filter.kind, code: filter.code }),
    proposedAllocations(ctx, filter, proposedAfter),
  ]);
  const shown = [...offered.rows, ...coming, ...free.rows].map(({ kind }) => kind.code);
  const kinds = filter.kind === undefined ? [...new Set(shown)] : [filter.kind];
  const isOneWish = filter.code !== undefined && isOfWish(filter.code);
  const lotIds = free.rows.map(({ lot }) => lot.id);
  const [best, waiting] = await Promise.all([
    bestCandidates(ctx, lotIds, CHOSEN_AMONG, filter),
    waitingLines(ctx, isOneWish ? undefined : kinds, filter, waitingAfter),
  ]);
  const rows = free.rows.map((row) => ({ ...row, candidates: best.get(row.lot.id) ?? [] }));
  const pairs = choosePairs(rows, MOST_AT_ONCE);
  return {
    offers: offered,
    coming,
    lots: {
      ...free,
      rows: rows.map(({ candidates, ...row }) => ({
        ...row,
        candidates: candidates.slice(0, SHOWN_CANDIDATES),
        more: candidates.length > SHOWN_CANDIDATES,
        pairs: pairs.filter(({ lotId }) => lotId === row.lot.id),
      })),
    },
    waiting: {
      ...waiting,
      rows: waiting.rows.map((row) => ({
        ...row,
        chosen: pairs.some(({ candidate }) => candidate.line.id === row.line.id),
      })),
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
