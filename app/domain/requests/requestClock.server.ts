import { and, isNull, lt, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { transition } from "~/domain/kernel/transition.server";
import { recipientRequests } from "~db/schema/requests";
import { REQUEST } from "./recipientRequests.server";

/**
 * Clock: brings every request of a recipient that nobody of the town answered in time before the admins too,
 * once. Safe to repeat and to run twice at once.
 */
export async function escalateRequests(ctx: UseCaseContext): Promise<number> {
  // Only what is open has a day. Said, since only so is its index used.
  const isOpen = sql`${recipientRequests.state} = 'open'`;
  const overdue = and(isOpen, lt(recipientRequests.dueAt, ctx.now()), isNull(recipientRequests.escalatedAt));
  return eachDueRow(ctx, "escalateRequests", recipientRequests, overdue, async (tx, request) => {
    const about = request.needId === null ? {} : { needId: request.needId };

    await transition(tx, ctx, REQUEST, request, "escalate", {
      by: "system",
      ...about,
      data: { householdId: request.householdId },
      set: { escalatedAt: ctx.now() },
    });
  });
}
