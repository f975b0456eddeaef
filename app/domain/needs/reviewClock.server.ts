import { and, isNull, lt } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusWorkingDays } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { needs } from "~db/schema/needs";
import { NEED } from "./machine.server";

/**
 * What a need's row says while somebody waits for a word on it: until when they have it, in working days from
 * now.
 */
export const waits = async (tx: Transaction, ctx: UseCaseContext) =>
  ({
    reviewDueAt: plusWorkingDays(ctx.now(), await limit(tx, ctx, "reviewWorkingDays")),
    escalatedAt: null,
  }) as const;

/** And once nobody waits any more. */
export const WAITS_NO_MORE = { reviewDueAt: null, escalatedAt: null } as const;

/**
 * Clock: brings every need whose word is overdue before everybody who may give it, once for each state it
 * enters. Safe to repeat and to run twice at once.
 */
export async function escalateReviews(ctx: UseCaseContext): Promise<number> {
  const overdue = and(lt(needs.reviewDueAt, ctx.now()), isNull(needs.escalatedAt));
  return eachDueRow(ctx, "escalateReviews", needs, overdue, async (tx, need) => {
    await transition(tx, ctx, NEED, need, "escalate", {
      by: "system",
      needId: need.id,
      set: { escalatedAt: ctx.now() },
    });
  });
}
