import { and, asc, eq, sql } from "drizzle-orm";
import { holds, requireUser } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { MOST_LISTED } from "~/domain/kernel/waiting";
import { countCorrections } from "~db/schema/corrections";
import { parcels } from "~db/schema/delivery";
import { gifts, pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines } from "~db/schema/needs";
import { objectKinds, servicePoints, unitsOfMeasure } from "~db/schema/reference";
import { LINE } from "./rows.server";

const A_LIST = MOST_LISTED + 1;

/** A correction as whoever decides it reads it. */
const CORRECTION = {
  id: countCorrections.id,
  parcelId: countCorrections.parcelId,
  stage: countCorrections.stage,
  was: countCorrections.was,
  shall: countCorrections.shall,
  reason: countCorrections.reason,
} as const;

/**
 * Corrections that wait for a second person, oldest first: of one point for its store, of every point for the
 * city. Of the donor nothing but the gift's code.
 * @throws {DomainError} NOT_ALLOWED for everybody else
 */
export async function waitingCorrections(
  ctx: UseCaseContext,
  at: { pointId?: string; parcelId?: string } = {},
) {
  const { userId } = requireUser(ctx.actor);
  const keepsPoint =
    at.pointId !== undefined && holds(ctx.actor, "storekeeper", { kind: "point", id: at.pointId });
  if (!keepsPoint && !holds(ctx.actor, "operator")) throw new DomainError("NOT_ALLOWED");
  const rows = await ctx.db
    .select({
      correction: CORRECTION,
      proposedBy: countCorrections.proposedBy,
      ...LINE,
      offered: offers.description,
      giftCode: gifts.code,
      point: servicePoints,
    })
    .from(countCorrections)
    .innerJoin(parcels, eq(parcels.id, countCorrections.parcelId))
    .innerJoin(servicePoints, eq(servicePoints.id, parcels.pointId))
    .leftJoin(pledges, eq(pledges.id, parcels.pledgeId))
    .leftJoin(needLines, eq(needLines.id, pledges.lineId))
    .leftJoin(offers, eq(offers.id, parcels.offerId))
    .leftJoin(gifts, sql`${gifts.id} = coalesce(${pledges.giftId}, ${offers.giftId})`)
    .leftJoin(
      unitsOfMeasure,
      eq(unitsOfMeasure.code, sql`coalesce(${needLines.unitCode}, ${offers.unitCode})`),
    )
    .leftJoin(objectKinds, eq(objectKinds.code, sql`coalesce(${needLines.objectKind}, ${offers.objectKind})`))
    .where(
      and(
        eq(countCorrections.state, "proposed"),
        at.pointId === undefined ? undefined : eq(parcels.pointId, at.pointId),
        at.parcelId === undefined ? undefined : eq(parcels.id, at.parcelId),
      ),
    )
    .orderBy(asc(countCorrections.id))
    .limit(A_LIST);
  return rows.map(({ proposedBy, ...row }) => ({ ...row, mine: proposedBy === userId }));
}
