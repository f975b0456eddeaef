import { type SQL, sql } from "drizzle-orm";
import type { Tally } from "~db/schema/tallies";
import { tallies, tallyChanges } from "~db/schema/tallies";
import type { Check } from "./checks";
import type { Database, UseCaseContext } from "./context.server";

/** Accounting days (Asia/Shanghai), both inclusive; without them all there are. */
type Days = Readonly<{ from?: string | undefined; to?: string | undefined }>;

/** A sum that is kept, of one part: how many entries, how many units, how much money. */
export type Tallied = Readonly<{ part: string; entries: bigint; units: bigint; fen: bigint }>;

/**
 * Sums that are kept where what they sum changes, part by part, over these days: what was folded and what
 * came since in one statement, so that they are exact at every moment. Parts of which there is nothing are
 * missing.
 */
export async function talliesOf(db: Database, name: Tally, { from, to }: Days = {}): Promise<Tallied[]> {
  const meant = sql`name = ${name} ${from === undefined ? sql`` : sql`and day >= ${from}`} ${to === undefined ? sql`` : sql`and day <= ${to}`}`;
  const rows = await db.execute<{ part: string; entries: string; units: string; fen: string }>(sql`
    select part, sum(entries) as entries, sum(units) as units, sum(fen) as fen from (
      select part, entries, units, fen from ${tallies} where ${meant}
      union all
      select part, entries, units, fen from ${tallyChanges} where ${meant}
    ) both_of group by part order by part`);
  return rows.map(({ part, entries, units, fen }) => ({
    part,
    entries: BigInt(entries),
    units: BigInt(units),
    fen: BigInt(fen),
  }));
}

/**
 * The same sums month by month (`YYYY-MM`), from a day on, of a name whose sums have days; months and parts
 * of which there is nothing are missing.
 */
export async function talliesByMonth(
  db: Database,
  name: Tally,
  from: string,
): Promise<(Tallied & Readonly<{ month: string }>)[]> {
  const meant = sql`name = ${name} and day >= ${from}`;
  const rows = await db.execute<{
    month: string;
    part: string;
    entries: string;
    units: string;
    fen: string;
  }>(sql`
    select to_char(day, 'YYYY-MM') as month, part, sum(entries) as entries, sum(units) as units, sum(fen) as fen from (
      select day, part, entries, units, fen from ${tallies} where ${meant}
      union all
      select day, part, entries, units, fen from ${tallyChanges} where ${meant}
    ) both_of group by 1, part order by 1, part`);
  return rows.map(({ month, part, entries, units, fen }) => ({
    month,
    part,
    entries: BigInt(entries),
    units: BigInt(units),
    fen: BigInt(fen),
  }));
}

/** Changes folded in one statement, a second's work at most. */
const FOLDED_AT_ONCE = 50_000;

/**
 * Clock: folds what has been added to the sums into them, statement by statement until nothing is left that
 * was there when it began, so that whoever reads them meanwhile reads the same. Until it has run sums are as
 * right, and take longer to read.
 * @returns how many sums it changed
 */
export async function foldTallies(
  { db }: Pick<UseCaseContext, "db">,
  atOnce = FOLDED_AT_ONCE,
): Promise<number> {
  let changed = 0;

  for (;;) {
    const [folded] = await db.execute<{ changes: number; sums: number }>(sql`
      with gone as (
        delete from ${tallyChanges} where id in (select id from ${tallyChanges} limit ${atOnce} for update skip locked)
        returning name, day, part, entries, units, fen
      ), summed as (
        insert into ${tallies} as kept (name, day, part, entries, units, fen)
        select name, day, part, sum(entries), sum(units), sum(fen) from gone group by name, day, part order by name, day, part
        on conflict on constraint tally_once do update
        set entries = kept.entries + excluded.entries, units = kept.units + excluded.units, fen = kept.fen + excluded.fen
        returning 1
      )
      select (select count(*)::int from gone) as changes, (select count(*)::int from summed) as sums`);
    changed += folded?.sums ?? 0;
    if (folded?.changes !== atOnce) return changed;
  }
}

/**
 * The check that a kept sum is what its query counts over the whole table, day by day and part by part.
 * @param counted rows of day, part, entries, units and fen
 */
export const tallyCheck = (name: string, guarantees: string, tally: Tally, counted: SQL): Check => ({
  name,
  guarantees,
  examined: sql`select count(*) as examined from tally where name = ${tally}`,
  violations: sql`
    select part || coalesce(' of ' || day, '') as what from (
      select day, part, entries, units, fen from tally where name = ${tally}
      union all
      select day, part, entries, units, fen from tally_change where name = ${tally}
      union all
      select day, part, -entries, -units, -fen from (${counted}) counted
    ) sums group by day, part having sum(entries) <> 0 or sum(units) <> 0 or sum(fen) <> 0`,
});
