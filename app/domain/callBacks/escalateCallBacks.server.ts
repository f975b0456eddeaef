import { and, isNull, lt } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { transition } from "~/domain/kernel/transition.server";
import { callBacks } from "~db/schema/callBacks";
import { CALL_BACK } from "./machine.server";

/**
 * Clock: brings every call-back that nobody of the town answered in time before the admins too, once for each
 * try. Safe to repeat and to run twice at once.
 */
export async function escalateCallBacks(ctx: UseCaseContext): Promise<number> {
  const overdue = and(lt(callBacks.dueAt, ctx.now()), isNull(callBacks.escalatedAt));
  return eachDueRow(ctx, "escalateCallBacks", callBacks, overdue, async (tx, callBack) => {
    // Only what is open has a day.
    if (callBack.state === "done") return;
    await transition(tx, ctx, CALL_BACK, { ...callBack, state: callBack.state }, "escalate", {
      by: "system",
      set: { escalatedAt: ctx.now() },
    });
  });
}
