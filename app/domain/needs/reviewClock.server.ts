import { and, asc, eq, isNull, lt } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusWorkingDays } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { needs } from "~db/schema/needs";
import { NEED } from "./machine.server";

const BATCH = 200;

/** What a need's row says while somebody waits for a word on it: until when they have it, in working days from now. */
export const waits = async (tx: Transaction, ctx: UseCaseContext) =>
  ({ reviewDueAt: plusWorkingDays(ctx.now(), await limit(tx, ctx, "reviewWorkingDays")), escalatedAt: null }) as const;

/** And once nobody waits any more. */
export const WAITS_NO_MORE = { reviewDueAt: null, escalatedAt: null } as const;

/** Clock: brings every need whose word is overdue before everybody who may give it, once for each state it enters. Safe to repeat and to run twice at once. */
export async function escalateReviews(ctx: UseCaseContext): Promise<number> {
  const overdue = and(lt(needs.reviewDueAt, ctx.now()), isNull(needs.escalatedAt));
  const rows = await ctx.db.select({ id: needs.id }).from(needs).where(overdue).orderBy(asc(needs.reviewDueAt)).limit(BATCH);
  let escalated = 0;
  for (const { id } of rows) {
    await inTransaction(ctx, async (tx) => {
      const [need] = await tx
        .select()
        .from(needs)
        .where(and(eq(needs.id, id), overdue))
        .for("no key update", { skipLocked: true });
      if (!need) return;
      await transition(tx, ctx, NEED, need, "escalate", { by: "system", needId: id, set: { escalatedAt: ctx.now() } });
      escalated += 1;
    });
  }
  return escalated;
}
