import { and, type SQL, sql } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import type { FailedRow } from "~/domain/kernel/ports";
import { plusDays } from "~/domain/kernel/time";
import { type KeepingTerm, RETENTION, type Retention } from "./terms.server";

/** Rows that go in one transaction: short enough that nobody waits for it. */
const BITE = 500;
/** Bites of one kind in one run; the rest is due in the next. */
const MOST_BITES = 400;

type Bites = Readonly<{ bite?: number; bites?: number }>;

/**
 * Clock: what the table of terms says is over goes, kind by kind, in small bites, each a transaction of its
 * own, until one is not full. A kind that fails is told to the port of faults and keeps none behind
 * it. Safe to repeat, and to run twice at once.
 * @returns how many rows went or were emptied
 */
export async function forgetOverdue(
  ctx: UseCaseContext,
  { bite = BITE, bites = MOST_BITES }: Bites = {},
): Promise<number> {
  const failed: FailedRow[] = [];
  let gone = 0;

  for (const kind of RETENTION) {
    if ("clock" in kind) continue;
    try {
      const [now, days] = [ctx.now(), await daysOf(ctx, kind.term)];
      const over = kind.over(plusDays(now, -days), now);

      for (let bitten = 0; bitten < bites; bitten += 1) {
        const rows = await inTransaction(ctx, (tx) => forget(tx, kind, over, kind.empties?.(now), bite));
        gone += rows;
        if (rows < bite) break;
      }
    } catch (error) {
      failed.push({ id: kind.name, error });
    }
  }

  if (failed.length > 0) ctx.ports.faults.rowsFailed("forgetOverdue", failed);
  return gone;
}

const daysOf = (ctx: UseCaseContext, term: KeepingTerm): Promise<number> =>
  "limit" in term ? limit(ctx.db, ctx, term.limit) : Promise.resolve(term.days);

/**
 * Asks twice, for a row that somebody changed since it was found is another one, and may not be over any
 * more.
 */
async function forget(
  tx: Transaction,
  { table }: Retention,
  over: SQL | undefined,
  empties: Readonly<Record<string, unknown>> | undefined,
  most: number,
): Promise<number> {
  const some = tx
    .select({ place: sql`ctid` })
    .from(table)
    .where(over)
    .limit(most);
  const these = and(sql`ctid = any(array(${some}))`, over);
  const one = { one: sql`1` };
  const gone = empties
    ? await tx.update(table).set(empties).where(these).returning(one)
    : await tx.delete(table).where(these).returning(one);
  return gone.length;
}
