import { and, eq, gt, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { within } from "~db/client";
import { inTransaction, type Transaction, type UseCaseContext } from "./context.server";
import { DomainError } from "./errors";
import type { FailedRow } from "./ports";

const PAGE = 200;
const MOST_PAGES = 50;
const ALIVE_WITHIN_MS = 5_000;

/** The next ids that are due behind this one, in the order of the key, at most so many. */
type IdsDue = (after: string | undefined, most: number) => Promise<readonly Readonly<{ id: string }>[]>;

type Keyed = PgTable & { id: PgColumn };

/** The rows behind the last one of the page before; all of them on the first page. */
const behind = (key: PgColumn, after: string | undefined): SQL | undefined =>
  after === undefined ? undefined : gt(key, after);

/**
 * The ids of a table's rows for which this holds, page by page. All that are due are found before they are
 * put in order (`offset 0` keeps it so): where few are, the planner would else walk the whole table by its
 * key.
 */
export const idsDue =
  (ctx: UseCaseContext, table: Keyed, where: SQL | undefined): IdsDue =>
  (after, most) => {
    const due = ctx.db
      .select({ id: sql`${table.id}` })
      .from(table)
      .where(and(where, behind(table.id, after)));
    return ctx.db
      .select({ id: sql<string>`due.id` })
      .from(sql`(${due} offset 0) due`)
      .orderBy(sql`due.id`)
      .limit(most);
  };

/**
 * What most clocks do: each row of a table for which `due` holds, in a transaction of its own: locked (one
 * that somebody else has is left to the next run) and asked once more. For the rest see `eachDue`.
 */
export const eachDueRow = <Table extends Keyed>(
  ctx: UseCaseContext,
  clock: string,
  table: Table,
  due: SQL | undefined,
  work: (tx: Transaction, row: Table["$inferSelect"]) => Promise<unknown>,
): Promise<number> =>
  eachDue(ctx, clock, idsDue(ctx, table, due), async (tx, id) => {
    const keyed: Keyed = table;
    const [row] = await tx
      .select()
      .from(keyed)
      .where(and(eq(table.id, id), due))
      .for("no key update", { skipLocked: true });
    if (!row) return false;
    await work(tx, row);
    return true;
  });

/**
 * What every clock does: takes what is due page by page, each row in a transaction of its own, until a page
 * is not full or 10,000 rows were looked at. A row that fails is told to the port of faults and passed by, so
 * that it keeps nobody behind it waiting; it is due again in the next run. One that somebody else moved
 * meanwhile is left to the next run as well.
 *
 * @param one locks the row (skipping one that is locked), asks once more whether it is due, and answers
 *   whether it was
 * @returns how many were done
 * @throws what the database says where it cannot be asked any more
 */
export const eachDue = (
  ctx: UseCaseContext,
  clock: string,
  due: IdsDue,
  one: (tx: Transaction, id: string) => Promise<boolean>,
): Promise<number> => eachDueAlone(ctx, clock, due, (id) => inTransaction(ctx, (tx) => one(tx, id)));
/**
 * The same for rows that ask somebody outside before they write, which no transaction may wait for: `one`
 * opens its own.
 */
export async function eachDueAlone(
  ctx: UseCaseContext,
  clock: string,
  due: IdsDue,
  one: (id: string) => Promise<boolean>,
  { page = PAGE, pages = MOST_PAGES }: Readonly<{ page?: number; pages?: number }> = {},
): Promise<number> {
  const failed: FailedRow[] = [];
  let done = 0;
  let after: string | undefined;

  try {
    for (let read = 0; read < pages; read += 1) {
      const rows = await due(after, page);

      for (const { id } of rows) {
        try {
          if (await one(id)) done += 1;
        } catch (error) {
          if (!(error instanceof DomainError && error.code === "CHANGED_MEANWHILE"))
            failed.push({ id, error });
          // One row may be bad; where the database is gone, every row looks so, and each would wait for its
          // deadline.
          await within(ALIVE_WITHIN_MS, ctx.db.execute(sql`select 1`));
        }
      }

      if (rows.length < page) break;
      after = rows.at(-1)?.id;
    }
  } finally {
    if (failed.length > 0) ctx.ports.faults.rowsFailed(clock, failed);
  }

  return done;
}
