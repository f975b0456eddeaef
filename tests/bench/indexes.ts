import type postgres from "postgres";

/**
 * Takes away every index that no constraint needs, of all tables or of one, and says how each is made: made
 * at once over all rows, it takes a fraction of what it takes row by row.
 */
export async function withoutIndexes(sql: postgres.Sql, table?: string): Promise<string[]> {
  const indexes = await sql<{ name: string; made: string }[]>`
    select i.indexrelid::regclass::text as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as made
    from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and not c.relispartition and c.relname = coalesce(${table ?? null}, c.relname)
      and not exists (select from pg_constraint where conindid = i.indexrelid)`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  return indexes.map(({ made }) => made);
}
