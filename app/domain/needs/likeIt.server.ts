import { asc, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { publicNeeds } from "~db/schema/needs";
import { CARD, type readWish, withLines } from "./queries.server";

const SHOWN = 3;

type Wish = NonNullable<Awaited<ReturnType<typeof readWish>>>;

/**
 * A few open wishes of the same town and for people of the same group: first those for the same kind of
 * thing. Found by one index from its first column on, so that no town's size matters.
 */
export async function wishesLikeIt(ctx: UseCaseContext, wish: Wish) {
  const { needId, townCode, lineKind, publicGroup, objectKind } = wish;
  const near = sql`${publicNeeds.isOpen} and ${publicNeeds.townCode} = ${townCode} and ${publicNeeds.lineKind} = ${lineKind}
    and ${publicGroup === null ? sql`${publicNeeds.publicGroup} is null` : sql`${publicNeeds.publicGroup} = ${publicGroup}`}`;
  const some = (place: number, isOfKind: ReturnType<typeof sql>) =>
    sql`(select need_id, ${place}::int as place from ${publicNeeds}
      where ${near} and ${isOfKind} and need_id <> ${needId} limit ${SHOWN})`;
  const kind = publicNeeds.objectKind;
  const likeIt = sql`(${some(1, objectKind === null ? sql`${kind} is null` : sql`${kind} = ${objectKind}`)}
    union all ${some(2, objectKind === null ? sql`${kind} is not null` : sql`${kind} <> ${objectKind}`)}) as like_it`;
  const rows = await ctx.db
    .select(CARD)
    .from(likeIt)
    .innerJoin(publicNeeds, sql`${publicNeeds.needId} = like_it.need_id`)
    .orderBy(sql`like_it.place`, asc(publicNeeds.waitingSince))
    .limit(SHOWN);
  return withLines(ctx, rows);
}
