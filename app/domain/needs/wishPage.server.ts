import { and, asc, desc, eq, inArray, isNotNull, max } from "drizzle-orm";
import { countable } from "~/domain/books/countable.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { pointOfTown } from "~/domain/reference/queries.server";
import { organisationAt } from "~/domain/register/register.server";
import { deliveries, feedbacks, handovers, serviceVisits } from "~db/schema/delivery";
import { journal } from "~db/schema/journal";
import { needLines, needs } from "~db/schema/needs";
import { wishesLikeIt } from "./likeIt.server";
import { readWish } from "./queries.server";
import { isFulfilled } from "./states";

/** Steps of a need that anybody may see: what and when and in which role, never who. */
const PUBLIC_EVENTS = [
  "need.verify",
  "need.publish",
  "need.extend",
  "need.suspend",
  "need.resume",
  "need.close",
  "pledge.confirm",
  "pledge.pay",
  "parcel.inspect",
  "delivery.dispatch",
  "delivery.hand_over",
  "delivery.confirm",
  "service_visit.accept",
  "allocation.approve",
];

/**
 * When the last thing of a need was handed over or done, as it stands after corrections; undefined where
 * nothing was.
 */
async function lastArrival(ctx: UseCaseContext, needId: string): Promise<Date | undefined> {
  const handedOver = ctx.db
    .select({ at: max(handovers.occurredAt) })
    .from(handovers)
    .innerJoin(deliveries, eq(deliveries.id, handovers.deliveryId))
    .where(eq(deliveries.needId, needId));
  const done = ctx.db
    .select({ at: max(serviceVisits.occurredAt) })
    .from(serviceVisits)
    .innerJoin(needLines, eq(needLines.id, serviceVisits.lineId))
    .where(and(eq(needLines.needId, needId), eq(serviceVisits.state, "accepted")));
  return (await handedOver.unionAll(done)).reduce<Date | undefined>(
    (last, { at }) => (at && (last === undefined || at > last) ? at : last),
    undefined,
  );
}

/**
 * Everything the public page of a wish shows; undefined when there is none, with `gone` when it was taken
 * down.
 */
export async function wishPage(ctx: UseCaseContext, code: string) {
  const wish = await readWish(ctx, code);

  if (!wish) {
    const [known] = await ctx.db
      .select({ state: needs.state })
      .from(needs)
      .where(and(eq(needs.code, code), inArray(needs.state, ["withdrawn", "expired", "closed"])));
    return { gone: known !== undefined, wish: undefined, isOver: false, arrivedAt: undefined };
  }

  const [need] = await ctx.db.select({ state: needs.state }).from(needs).where(eq(needs.id, wish.needId));
  const [point, steps, words, organisation, likeIt] = await Promise.all([
    pointOfTown(ctx.db, wish.townCode),
    ctx.db
      .select({
        id: journal.id,
        event: journal.event,
        at: journal.occurredAt,
        role: journal.actorRole,
        quantity: countable,
      })
      .from(journal)
      .leftJoin(needLines, eq(needLines.id, journal.lineId))
      .where(and(eq(journal.needId, wish.needId), inArray(journal.event, PUBLIC_EVENTS)))
      .orderBy(asc(journal.id))
      .limit(200),
    ctx.db
      .select({
        id: feedbacks.id,
        words: feedbacks.publicWords,
        rating: feedbacks.rating,
        at: feedbacks.occurredAt,
      })
      .from(feedbacks)
      .where(
        and(
          eq(feedbacks.needId, wish.needId),
          eq(feedbacks.state, "passed"),
          isNotNull(feedbacks.publicWords),
        ),
      )
      .orderBy(desc(feedbacks.id)),
    wish.organisationId === null ? undefined : organisationAt(ctx.db, ctx.now(), wish.organisationId),
    wishesLikeIt(ctx, wish),
  ]);
  const isOver = need?.state === "closed" || isFulfilled(wish.lines);
  const arrivedAt = isOver ? await lastArrival(ctx, wish.needId) : undefined;
  const state = need?.state;
  return { gone: false, wish, isOver, arrivedAt, point, state, steps, words, organisation, likeIt };
}

/** The line that a pay link names. */
export async function lineAt(ctx: UseCaseContext, code: string, position: number) {
  const wish = await readWish(ctx, code);
  const line = wish?.lines.find((candidate) => candidate.position === position);
  return wish && line ? { wish, line } : undefined;
}
