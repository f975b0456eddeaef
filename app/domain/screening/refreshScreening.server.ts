import { and, desc, eq, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { listsInForce, rulesVersion } from "~/domain/lists/inForce.server";
import { screeningSql } from "~/domain/rules/ruleSql";
import { screeningRefreshes } from "~db/schema/screening";
import { queuePushes } from "./queuePushes.server";

const HOUSEHOLDS_A_PAGE = 2_000;
/**
 * A page that fails is asked again in smaller ones, down to so many households: then what fails is one of
 * these.
 */
const FEWEST_A_PAGE = 10;
/** Pages in one run of the clock, which other clocks wait for: the next run goes on behind them. */
const PAGES_A_RUN = 50;
const FIRST = "00000000-0000-0000-0000-000000000000";

type Trigger = "refresh" | "rule";
type Pages = Readonly<{ page?: number; pages?: number }>;
type Refresh = typeof screeningRefreshes.$inferSelect;

/**
 * Clock: screens every household anew when a new day has begun (birthdays, values and rules whose day has
 * come) or an item, a rule or a dated value was changed since the last time. How far it came is kept with
 * each page: a run that is broken off, by a deadline or the end of its process, goes on where it was. Safe to
 * run twice at once.
 * @returns how many households changed
 */
export async function refreshWhenDue(
  ctx: UseCaseContext,
  { page = HOUSEHOLDS_A_PAGE, pages = PAGES_A_RUN }: Pages = {},
): Promise<number> {
  const [day, version] = [shanghaiDay(ctx.now()), await rulesVersion(ctx.db, ctx.now())];
  const [last] = await ctx.db
    .select()
    .from(screeningRefreshes)
    .where(isNotNull(screeningRefreshes.finishedAt))
    .orderBy(desc(screeningRefreshes.finishedAt), desc(screeningRefreshes.id))
    .limit(1);
  if (last?.day === day && last.rulesVersion === version) return 0;
  const going = await goingRefresh(ctx, day, version);
  if (!going) return 0;
  const trigger = last?.day === day ? "rule" : "refresh";
  const { changed, through } = await screenPages(
    ctx,
    { after: going.reached ?? FIRST, page, pages, trigger },
    async (tx, done) => {
      await tx
        .update(screeningRefreshes)
        .set({
          reached: sql`greatest(${screeningRefreshes.reached}, ${done.last}::uuid)`,
          changed: sql`${screeningRefreshes.changed} + ${done.changed}`,
        })
        .where(and(eq(screeningRefreshes.id, going.id), isNull(screeningRefreshes.finishedAt)));
    },
  );
  // The version is the one read before: what changed meanwhile makes another due.
  if (through)
    await ctx.db
      .update(screeningRefreshes)
      .set({ finishedAt: ctx.now(), reached: null })
      .where(and(eq(screeningRefreshes.id, going.id), isNull(screeningRefreshes.finishedAt)));
  return changed;
}

/**
 * The refresh of this day by this version that has begun, or begins now; one of another day or version is
 * given up, for it would not be up to date. Undefined where another worker finished it at this very moment.
 */
async function goingRefresh(ctx: UseCaseContext, day: string, version: string): Promise<Refresh | undefined> {
  return inTransaction(ctx, async (tx) => {
    const unfinished = isNull(screeningRefreshes.finishedAt);

    await tx
      .delete(screeningRefreshes)
      .where(
        and(unfinished, or(ne(screeningRefreshes.day, day), ne(screeningRefreshes.rulesVersion, version))),
      );

    await tx
      .insert(screeningRefreshes)
      .values({ id: ctx.newId(), day, rulesVersion: version, changed: 0 })
      .onConflictDoNothing();

    const [going] = await tx.select().from(screeningRefreshes).where(unfinished);
    return going;
  });
}

/**
 * Screens every household anew and queues what is newly likely. Page by page, each in one pass of SQL and one
 * transaction with its queue, so that a crash loses and doubles nothing and no transaction is long. Safe to
 * repeat: where nothing changed, nothing is written.
 * @returns how many households changed
 */
export async function refreshScreening(
  ctx: UseCaseContext,
  { page = HOUSEHOLDS_A_PAGE, trigger = "refresh" }: { page?: number; trigger?: Trigger } = {},
): Promise<number> {
  return (await screenPages(ctx, { after: FIRST, page, pages: Infinity, trigger }, () => Promise.resolve()))
    .changed;
}

type Done = Readonly<{ changed: number; last: string }>;

/**
 * `reached` writes down, in each page's own transaction, how far it came. `through`: no household is left.
 */
async function screenPages(
  ctx: UseCaseContext,
  { after, page, pages, trigger }: Readonly<{ after: string; page: number; pages: number; trigger: Trigger }>,
  reached: (tx: Transaction, done: Done) => Promise<void>,
): Promise<Readonly<{ changed: number; through: boolean }>> {
  let changed = 0;
  let [from, most] = [after, page];

  for (let done = 0; done < pages; done += 1) {
    try {
      const screened = await screenPage(ctx, from, most, trigger, reached);
      if (!screened) return { changed, through: true };
      changed += screened.changed;
      from = screened.last;
    } catch (error) {
      if (most <= FEWEST_A_PAGE) throw error;
      most = Math.max(FEWEST_A_PAGE, Math.ceil(most / 4));
    }
  }

  return { changed, through: false };
}

/**
 * One page of households by key; undefined behind the last. The page is asked for by its order and its
 * number, which the planner believes: between two keys it expects one row, and then goes through all people
 * for each. The statement is the same for every page of a day, so that the server plans it once.
 */
async function screenPage(
  ctx: UseCaseContext,
  after: string,
  most: number,
  trigger: Trigger,
  reached: (tx: Transaction, done: Done) => Promise<void>,
): Promise<Done | undefined> {
  return inTransaction(ctx, async (tx) => {
    const { rules, parameters } = await listsInForce(tx, ctx);
    const page = sql`select household_id from household_facts where household_id > ${after}::uuid order by household_id limit ${sql.raw(String(Math.trunc(most)))}`;
    const [end] = await tx.execute<{ id: string }>(
      sql`select household_id as id from (${page}) page order by household_id desc limit 1`,
    );
    if (!end) return undefined;
    await tx.execute(
      sql`select household_id from household_screening where household_id in (${page}) order by household_id for update`,
    );

    const screened = sql.raw(
      screeningSql(rules, { day: shanghaiDay(ctx.now()), parameters }, "select household_id from page"),
    );
    const changed = await tx.execute<{ household_id: string; gained: string }>(sql`
      with page as materialized (${page}),
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
    const gained = changed.flatMap((row) =>
      numbersOf(row.gained).map((number) => ({ householdId: row.household_id, number })),
    );
    await queuePushes(tx, ctx, gained, trigger);
    const done = { changed: changed.length, last: end.id };
    await reached(tx, done);
    return done;
  });
}

const numbersOf = (array: string): number[] => array.slice(1, -1).split(",").filter(Boolean).map(Number);
