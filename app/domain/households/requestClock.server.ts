import { and, asc, eq, isNull, lt } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { behind, eachDue } from "~/domain/kernel/eachDue.server";
import { transition } from "~/domain/kernel/transition.server";
import { recipientRequests } from "~db/schema/requests";
import { REQUEST } from "./recipientRequests.server";

/**
 * Clock: brings every request of a recipient that nobody of the town answered in time before the admins too, once. Safe to repeat and to run
 * twice at once.
 */
export async function escalateRequests(ctx: UseCaseContext): Promise<number> {
  const overdue = and(lt(recipientRequests.dueAt, ctx.now()), isNull(recipientRequests.escalatedAt));
  return eachDue(
    ctx,
    "escalateRequests",
    (after, most) =>
      ctx.db
        .select({ id: recipientRequests.id })
        .from(recipientRequests)
        .where(and(overdue, behind(recipientRequests.id, after)))
        .orderBy(asc(recipientRequests.id))
        .limit(most),
    async (tx, id) => {
      const [request] = await tx
        .select()
        .from(recipientRequests)
        .where(and(eq(recipientRequests.id, id), overdue))
        .for("no key update", { skipLocked: true });
      if (!request) return false;
      const about = request.needId === null ? {} : { needId: request.needId };
      await transition(tx, ctx, REQUEST, request, "escalate", { by: "system", ...about, data: { householdId: request.householdId }, set: { escalatedAt: ctx.now() } });
      return true;
    },
  );
}
