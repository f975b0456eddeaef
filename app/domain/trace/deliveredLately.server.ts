import { and, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { feedbacks } from "~db/schema/delivery";
import { journal } from "~db/schema/journal";
import { needLines, publicNeeds } from "~db/schema/needs";
import { towns, unitsOfMeasure } from "~db/schema/reference";

/** So many of the last hand-overs are looked through for those of a town, in a city of any size. */
const LOOKED_THROUGH = 200;

/**
 * What reached somebody's hands last, in the city or in one town: the thing, the town, its wish as long as
 * that is public, and what its people said once a person passed it. Nothing else of the people.
 */
export async function deliveredLately(
  ctx: UseCaseContext,
  { most, town }: Readonly<{ most: number; town?: string }>,
) {
  const last = ctx.db
    .select({
      id: journal.id,
      at: journal.occurredAt,
      quantity: journal.quantity,
      lineId: journal.lineId,
    })
    .from(journal)
    .where(sql`${journal.bucketTo} = 'delivered'`)
    .orderBy(desc(journal.id))
    .limit(LOOKED_THROUGH)
    .as("last");
  const rows = await ctx.db
    .select({
      id: last.id,
      at: last.at,
      quantity: last.quantity,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      unit: unitsOfMeasure,
      town: towns,
      needId: publicNeeds.needId,
      code: publicNeeds.code,
    })
    .from(last)
    .innerJoin(needLines, eq(needLines.id, last.lineId))
    .innerJoin(publicNeeds, eq(publicNeeds.needId, needLines.needId))
    .innerJoin(towns, eq(towns.code, publicNeeds.townCode))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(
      and(sql`${needLines.kind} <> 'money'`, town === undefined ? undefined : eq(publicNeeds.townCode, town)),
    )
    .orderBy(desc(last.id))
    .limit(most);
  const words = await saidOf(
    ctx,
    rows.map(({ needId }) => needId),
  );
  return rows.map(({ needId, ...row }) => ({ ...row, words: words.get(needId) ?? null }));
}

/** What was passed of the words of each need, the latest. */
async function saidOf(ctx: UseCaseContext, needIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (needIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({ needId: feedbacks.needId, words: feedbacks.publicWords })
    .from(feedbacks)
    .where(
      and(
        inArray(feedbacks.needId, [...needIds]),
        eq(feedbacks.state, "passed"),
        isNotNull(feedbacks.publicWords),
      ),
    )
    .orderBy(feedbacks.id);
  return new Map(rows.map(({ needId, words }) => [needId, words ?? ""]));
}
