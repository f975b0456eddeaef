import { asc, eq } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { offers } from "~db/schema/matching";
import { objectKinds, towns, unitsOfMeasure } from "~db/schema/reference";
import { candidatesFor, freeLots, proposedAllocations } from "./allocate.server";

const SHOWN_CANDIDATES = 5;

/** The matching desk: offers to answer, lots to give, the best lines for each with reasons, proposals to decide. */
export async function matchingPage(ctx: UseCaseContext) {
  const { userId } = requireRole(ctx.actor, "operator");
  const [waiting, lots, proposed] = await Promise.all([
    ctx.db
      .select({ offer: offers, kind: objectKinds, unit: unitsOfMeasure, town: towns })
      .from(offers)
      .innerJoin(objectKinds, eq(objectKinds.code, offers.objectKind))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, offers.unitCode))
      .innerJoin(towns, eq(towns.code, offers.townCode))
      .where(eq(offers.state, "offered"))
      .orderBy(asc(offers.id)),
    freeLots(ctx),
    proposedAllocations(ctx),
  ]);
  const open = lots.filter((row) => !proposed.some(({ allocation }) => allocation.lotId === row.lot.id));
  return {
    offers: waiting,
    lots: await Promise.all(open.map(async (row) => ({ ...row, candidates: (await candidatesFor(ctx, row.lot.id)).slice(0, SHOWN_CANDIDATES) }))),
    proposed: proposed.map((row) => ({ ...row, mine: row.allocation.proposedBy === userId })),
  };
}
