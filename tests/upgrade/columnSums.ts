import type postgres from "postgres";
import { MEANT_ROWS } from "./meantChanges";

/**
 * A sum over what each column of each table holds, row by row: `need.title` → how many rows, and what they
 * say.
 */
export type ColumnSums = ReadonlyMap<string, string>;

type Columns = Readonly<{ name: string; key: string[]; columns: string[] }>;

/**
 * Of every table of ours, by the rows' keys: a value that changes, goes to another row or gets lost shows as
 * another sum.
 */
export async function columnSums(owner: postgres.Sql | postgres.TransactionSql): Promise<ColumnSums> {
  const tables = await owner<Columns[]>`
    select c.relname as name,
      coalesce((select json_agg(a.attname order by a.attnum) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary), '[]') as key,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`;
  const sums = new Map<string, string>();
  for (const { name, key, columns } of tables) {
    const order = (key.length > 0 ? key : columns).map((column) => `t."${column}"::text`).join(", ");
    const sumOf = (column: string) =>
      `count(*) || ' rows, ' || coalesce(md5(string_agg(concat_ws('|', ${order}) || '=' || coalesce(t."${column}"::text, '∅'), E'\\n' order by ${order})), '')`;
    const meant = MEANT_ROWS.flatMap(({ table, where }) => (table === name ? [`not (${where})`] : []));
    const left = meant.length === 0 ? "" : ` where ${meant.join(" and ")}`;
    const [row = {}] = await owner.unsafe<Record<string, string>[]>(
      `select ${columns.map((column) => `${sumOf(column)} as "${column}"`).join(", ")} from "${name}" t${left}`,
    );
    for (const column of columns) sums.set(`${name}.${column}`, row[column] ?? "");
  }

  return sums;
}

/**
 * What held something before and does not hold the same now: gone, or other than it was. What is new is no
 * loss.
 */
export const lost = (before: ColumnSums, after: ColumnSums): string[] =>
  [...before].flatMap(([name, sum]) =>
    after.get(name) === sum ? [] : [after.has(name) ? `${name} holds something else` : `${name} is gone`],
  );
