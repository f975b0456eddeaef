import { and, desc, eq, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { pledges } from "~db/schema/giving";
import { needLines, publicNeeds } from "~db/schema/needs";
import { purchases } from "~db/schema/payments";
import { unitsOfMeasure } from "~db/schema/reference";

/**
 * What was bought last with money that was given, as long as its wish is public: the thing, how many, for how
 * much. Neither its giver nor its seller.
 */
export const boughtLately = (ctx: UseCaseContext, most: number) =>
  ctx.db
    .select({
      id: purchases.id,
      at: purchases.boughtOn,
      quantity: purchases.quantity,
      amountFen: purchases.amountFen,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      unit: unitsOfMeasure,
      code: publicNeeds.code,
    })
    .from(purchases)
    .innerJoin(pledges, eq(pledges.id, purchases.pledgeId))
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .innerJoin(publicNeeds, eq(publicNeeds.needId, pledges.needId))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(and(sql`(${purchases.state} = 'proposed') = false`, eq(purchases.state, "approved")))
    .orderBy(desc(purchases.id))
    .limit(most);
