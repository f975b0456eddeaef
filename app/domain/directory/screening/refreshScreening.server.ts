import { desc, sql } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { screeningRefreshes } from "~db/schema/screening";
import { listsInForce, rulesVersion } from "../inForce.server";
import { queuePushes } from "./queuePushes.server";
import { screeningSql } from "./ruleSql";

const HOUSEHOLDS_A_PAGE = 2_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

type Trigger = "refresh" | "rule";

/**
 * Clock: screens every household anew when a new day has begun (birthdays, values and rules whose day has come) or an entry, a
 * rule or a dated value was changed since the last time. Safe to run twice at once and to be stopped: it is then due again.
 * @returns how many households changed
 */
export async function refreshWhenDue(ctx: UseCaseContext): Promise<number> {
  const [day, version] = [shanghaiDay(ctx.now()), await rulesVersion(ctx.db, ctx.now())];
  const [last] = await ctx.db.select().from(screeningRefreshes).orderBy(desc(screeningRefreshes.finishedAt), desc(screeningRefreshes.id)).limit(1);
  if (last?.day === day && last.rulesVersion === version) return 0;
  const changed = await refreshScreening(ctx, { trigger: last?.day === day ? "rule" : "refresh" });
  // The version is the one read before: what changed meanwhile makes another due.
  await ctx.db.insert(screeningRefreshes).values({ id: ctx.newId(), day, rulesVersion: version, changed, finishedAt: ctx.now() });
  return changed;
}

/**
 * Screens every household anew and queues what is newly likely. Page by page, each in one pass of SQL and one transaction with its queue, so that a crash loses and doubles nothing
 * and no transaction is long. Safe to repeat: where nothing changed, nothing is written.
 * @returns how many households changed
 */
export async function refreshScreening(ctx: UseCaseContext, { page = HOUSEHOLDS_A_PAGE, trigger = "refresh" }: { page?: number; trigger?: Trigger } = {}): Promise<number> {
  let changed = 0;
  let after: string | undefined = FIRST;
  while (after !== undefined) {
    const done = await refreshPage(ctx, after, page, trigger);
    changed += done.changed;
    after = done.last;
  }
  return changed;
}

/** One page of households by key. The statement is the same for every page of a day, so that the server plans it once. */
async function refreshPage(ctx: UseCaseContext, after: string, page: number, trigger: Trigger): Promise<{ changed: number; last: string | undefined }> {
  return inTransaction(ctx, async (tx) => {
    const { rules, parameters } = await listsInForce(tx, ctx);
    const ids = sql`select household_id from household_facts where household_id > ${after}::uuid order by household_id limit ${page}`;
    const [end] = await tx.execute<{ id: string }>(sql`select household_id as id from (${ids}) page order by household_id desc limit 1`);
    if (!end) return { changed: 0, last: undefined };
    await tx.execute(sql`select household_id from household_screening where household_id > ${after}::uuid and household_id <= ${end.id}::uuid order by household_id for update`);
    const screened = sql.raw(screeningSql(rules, { day: shanghaiDay(ctx.now()), parameters }, "select household_id from page"));
    const changed = await tx.execute<{ household_id: string; gained: string }>(sql`
      with page as (select household_id from household_facts where household_id > ${after}::uuid and household_id <= ${end.id}::uuid),
      fresh as (${screened}),
      changed as (
        select f.*, case when s.household_id is null then '{}'::int[] else array(select unnest(f.likely) except select unnest(s.likely)) end as gained
        from fresh f left join household_screening s on s.household_id = f.household_id
        where s.household_id is null or s.likely <> f.likely or s.maybe <> f.maybe
      ),
      written as (
        insert into household_screening (household_id, town_code, likely, maybe, screened_at)
        select household_id, town_code, likely, maybe, ${ctx.now().toISOString()}::timestamptz from changed
        on conflict (household_id) do update set likely = excluded.likely, maybe = excluded.maybe, screened_at = excluded.screened_at
      )
      select household_id, gained::text as gained from changed`);
    const gained = changed.flatMap((row) => numbersOf(row.gained).map((number) => ({ householdId: row.household_id, number })));
    await queuePushes(tx, ctx, gained, trigger);
    return { changed: changed.length, last: end.id };
  });
}

const numbersOf = (array: string): number[] => array.slice(1, -1).split(",").filter(Boolean).map(Number);
