import { and, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { eachDue, idsDue } from "~/domain/kernel/eachDue.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { collections } from "~db/schema/giving";
import { end, miss } from "./collection.server";

const nothingAtHome = sql`not exists (select 1 from pledge p where p.gift_id = ${collections.giftId} and p.kind = 'goods' and p.state = 'confirmed'
  and p.sent_at is null and p.quantity > p.settled + p.given_back)`;

/**
 * Clock: a collection whose day passed without a word was missed, and its donor is told; one of whose gift
 * nothing is at home any more ends. Safe to repeat and to run twice at once.
 */
export async function lookAfterCollections(ctx: UseCaseContext): Promise<number> {
  const due = or(
    and(eq(collections.state, "asked"), lt(collections.day, shanghaiDay(ctx.now()))),
    and(inArray(collections.state, ["asked", "missed"]), nothingAtHome),
  );
  return eachDue(ctx, "lookAfterCollections", idsDue(ctx, collections, due), async (tx, id) => {
    const [row] = await tx
      .select({ collection: collections, nothing: sql<boolean>`${nothingAtHome}` })
      .from(collections)
      .where(and(eq(collections.id, id), due))
      .for("update", { skipLocked: true });
    if (!row) return false;
    if (row.nothing) await end(tx, ctx, row.collection, "end", "system");
    else await miss(tx, ctx, row.collection, "nobody_came", "system");
    return true;
  });
}
