import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Transaction } from "./context.server";

/** JSON knows no bigint; the database reads it from its digits. */
export const asJson = (rows: readonly unknown[]): string =>
  JSON.stringify(rows, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));

/** That a column is one of these values: one parameter and one text, however many there are. */
export const among = (column: PgColumn, values: readonly string[]): SQL =>
  sql`${column} = any (array(select jsonb_array_elements_text(${asJson(values)}::text::jsonb))::${sql.raw(column.getSQLType())}[])`;

const quoted = (name: string): string => `"${name}"`;

/** The columns and types of some fields of a table, by their names in code. */
function fieldsOf(table: PgTable, names: readonly string[]) {
  const columns = getTableColumns(table);
  return names.map((name) => {
    const column = columns[name];
    if (!column) throw new Error(`${getTableName(table)} has no field ${name}`);
    return { name: quoted(name), column: quoted(column.name), type: column.getSQLType() };
  });
}

const texts = new Map<string, SQL>();

/** A statement's text is put together once: it is the same for any number of rows, so the server keeps it. */
function textOnce(key: string, make: () => string): SQL {
  const text = texts.get(key) ?? sql.raw(make());
  texts.set(key, text);
  return text;
}

/** The names of the first one's fields. @throws when another one has a field that would not be written */
function sameFields(rows: readonly object[]): string[] {
  const names = Object.keys(rows[0] ?? {});
  const strange = rows.flatMap((row) => Object.keys(row)).find((name) => !names.includes(name));
  if (strange !== undefined) throw new Error(`rows of one statement differ in ${strange}`);
  return names;
}

/**
 * Writes any number of rows in one statement. All have the fields of the first one; what it leaves out takes
 * its default.
 * @param unlessThere columns of a unique key: a row that is there already is left out
 * @returns how many were written
 */
export async function insertRows<Table extends PgTable>(
  tx: Transaction,
  table: Table,
  rows: readonly Table["$inferInsert"][],
  { unlessThere = [] }: { unlessThere?: readonly PgColumn[] } = {},
): Promise<number> {
  if (rows.length === 0) return 0;
  const names = sameFields(rows);
  const key = [getTableName(table), ...names].join(" ");
  const head = textOnce(`insert ${key}`, () => {
    const fields = fieldsOf(table, names);
    const [columns, values] = [fields.map(({ column }) => column), fields.map(({ name }) => name)];
    return `insert into ${quoted(getTableName(table))} (${columns.join(", ")}) select ${values.join(", ")} from jsonb_to_recordset(`;
  });
  const unique = unlessThere.map((column) => quoted(column.name)).join(", ");
  const tail = textOnce(`inserted ${key} ${unique}`, () => {
    const types = fieldsOf(table, names).map(({ name, type }) => `${name} ${type}`);
    const conflict = unique === "" ? "" : ` on conflict (${unique}) do nothing`;
    return `::text::jsonb) as r (${types.join(", ")})${conflict}`;
  });
  return (await tx.execute(sql`${head}${asJson(rows)}${tail}`)).count;
}

/** What must still be as it was, and what it becomes. */
type Change = Readonly<{
  where: Readonly<Record<string, unknown>>;
  set: Readonly<Record<string, unknown>>;
}>;

/**
 * Changes any number of rows in one statement: each that is still as its `where` says. All changes have the
 * fields of the first one.
 * @returns how many were changed
 */
export async function updateRows(
  tx: Transaction,
  table: PgTable,
  changes: readonly Change[],
): Promise<number> {
  if (changes.length === 0) return 0;
  const where = sameFields(changes.map((change) => change.where));
  const set = sameFields(changes.map((change) => change.set));
  const became = (name: string): string => `new ${name}`;
  const key = `${getTableName(table)} ${where.join(" ")} : ${set.join(" ")}`;
  const head = textOnce(`update ${key}`, () => {
    const columns = fieldsOf(table, set).map(
      ({ column }, at) => `${column} = r.${quoted(became(set[at] ?? ""))}`,
    );
    return `update ${quoted(getTableName(table))} t set ${columns.join(", ")} from (select * from jsonb_to_recordset(`;
  });
  const types = textOnce(`updated ${key}`, () => {
    const was = fieldsOf(table, where).map(({ name, type }) => `${name} ${type}`);
    const is = fieldsOf(table, set).map(({ type }, at) => `${quoted(became(set[at] ?? ""))} ${type}`);
    return `::text::jsonb) as r (${[...was, ...is].join(", ")}) limit `;
  });
  const tail = textOnce(`where ${key}`, () => {
    const same = fieldsOf(table, where).map(({ column, name }) => `t.${column} = r.${name}`);
    return `) r where ${same.join(" and ")}`;
  });
  const rows = changes.map((change) => ({
    ...change.where,
    ...Object.fromEntries(Object.entries(change.set).map(([name, value]) => [became(name), value])),
  }));
  // The limit says how few they are: without it the planner expects a hundred, and reads a whole table for
  // one.
  return (await tx.execute(sql`${head}${asJson(rows)}${types}${rows.length}${tail}`)).count;
}

/**
 * Statements that are sent together and none of which needs another one's answer. Waits for all of them, and
 * throws the fault of the first that has one: what comes after it failed only with it.
 */
export async function allSent(statements: readonly Promise<unknown>[]): Promise<void> {
  for (const sent of await Promise.allSettled(statements)) if (sent.status === "rejected") throw sent.reason;
}
