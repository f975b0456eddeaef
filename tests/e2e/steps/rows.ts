import { readFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { dataDir } from "../../support/portal";

/**
 * Written by the portal itself while a test looks: by whoever signs in, asks or is told, never by the form
 * that is saved.
 */
const BESIDE = new Set([
  "outbox",
  "session",
  "request_key",
  "rate_counter",
  "clock_lease",
  "message",
  "journal",
  "push",
  "household_screening",
  "screening_refresh",
  "public_version",
  "tally",
  "tally_change",
]);

/** Asks the database of the portal that is under test. */
export async function ask<Row extends object>(
  statement: string,
  parameters: readonly string[] = [],
): Promise<Row[]> {
  const port = readFileSync(path.join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[3] ?? "";
  const sql = postgres(`postgres://postgres@127.0.0.1:${port}/hongxin`, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
  });
  try {
    return [...(await sql.unsafe<Row[]>(statement, [...parameters]))];
  } finally {
    await sql.end();
  }
}

/**
 * Every row of every table as it stands, and what people (not clocks) ever did: two of them are equal when
 * nothing was written between.
 */
export async function everyRow(): Promise<Readonly<Record<string, string>>> {
  const tables = await ask<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
  );
  const sums = tables
    .filter(({ name }) => !BESIDE.has(name))
    .map(
      ({ name }) =>
        `select '${name}' as name, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t`,
    );
  const rows = await ask<{ name: string; sum: string }>(
    [...sums, "select 'journal', count(*)::text from journal where actor_id is not null"].join(" union all "),
  );
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
