import { eq, sql } from "drizzle-orm";
import { publicWaysByMonth } from "~/domain/books/goodsQueries.server";
import { moneyByMonth } from "~/domain/books/moneyTotals.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { pooled } from "~/domain/kernel/pooled";
import { remembered } from "~/domain/kernel/remembered.server";
import { facetNames } from "~/domain/reference/queries.server";
import { needLines, publicNeeds } from "~db/schema/needs";
import { OPEN_DATASETS, type OpenDataset } from "./openDatasets";

/** Counting all public wishes takes a while in a great city: nobody needs it anew each time. */
const REMEMBERED_SECONDS = 300;
const SINCE = "2000-01-01";

type Row = Readonly<Record<string, string | number>>;

/** Adds up the numbers of rows of one kind; of what they were counted by stays what all have in common. */
const together = <Of extends Row>(rows: Of[]): Of =>
  Object.fromEntries(
    Object.entries(rows[0] ?? {}).map(([name, value]) => [
      name,
      typeof value === "number"
        ? rows.reduce((sum, row) => sum + Number(row[name]), 0)
        : rows.every((row) => row[name] === value)
          ? value
          : "",
    ]),
  ) as Of;

const ENTRIES = { wishes: "wishes", goods: "moves", money: "entries" } as const satisfies Record<
  OpenDataset,
  string
>;

/** The public wishes by town and thing: how many they are, and how many units stand where. */
const wishesByTown = remembered(REMEMBERED_SECONDS, (db) =>
  db
    .select({
      town: publicNeeds.townCode,
      item: sql<string>`coalesce(${publicNeeds.objectKind}, 'money')`,
      wishes: sql<number>`count(distinct ${publicNeeds.needId})::int`,
      requested: sql`coalesce(sum(${needLines.requested}), 0)`.mapWith(Number),
      claimed:
        sql`coalesce(sum(${needLines.pledged} + ${needLines.inHub} + ${needLines.delivered}), 0)`.mapWith(
          Number,
        ),
      delivered: sql`coalesce(sum(${needLines.delivered}), 0)`.mapWith(Number),
    })
    .from(publicNeeds)
    .innerJoin(needLines, eq(needLines.needId, publicNeeds.needId))
    .where(sql`${needLines.kind} <> 'money'`)
    .groupBy(publicNeeds.townCode, publicNeeds.objectKind)
    .orderBy(publicNeeds.townCode, publicNeeds.objectKind),
);

async function rowsOf(ctx: UseCaseContext, dataset: OpenDataset): Promise<Row[]> {
  if (dataset === "goods")
    return (await publicWaysByMonth(ctx, SINCE)).map(({ month, from, to, moves, units, valueFen }) => ({
      month,
      from,
      to,
      moves,
      units: Number(units),
      value_fen: Number(valueFen),
    }));
  if (dataset === "money")
    return (await moneyByMonth(ctx, SINCE)).map(({ month, kind, entries, amountFen }) => ({
      month,
      kind,
      entries,
      amount_fen: Number(amountFen),
    }));
  const [rows, { towns, kinds }] = await Promise.all([wishesByTown(ctx), facetNames(ctx)]);
  return rows.map(({ town, item, ...counts }) => ({
    town_code: town,
    town: towns.find(({ code }) => code === town)?.nameHans ?? "",
    item_code: item,
    item: kinds.find(({ code }) => code === item)?.nameHans ?? "",
    ...counts,
  }));
}

/**
 * Figures that every site may take along, without people: each row stands for five wishes, moves or entries
 * at least. What is fewer is put together, within its town or month first. Sums are those of the books.
 */
export async function openFigures(ctx: UseCaseContext, dataset: OpenDataset): Promise<Row[]> {
  const [first] = Object.keys(OPEN_DATASETS[dataset].columns);
  const how = { entriesOf: (row: Row) => Number(row[ENTRIES[dataset]]), together };
  const rows = await rowsOf(ctx, dataset);
  const within = [...new Set(rows.map((row) => row[first ?? ""]))].flatMap((group) => {
    const its = rows.filter((row) => row[first ?? ""] === group);
    const enough = pooled(its, how);
    return enough.length > 0 ? enough : its;
  });
  return pooled(within, how);
}
