import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PgDialect } from "drizzle-orm/pg-core";
import type postgres from "postgres";
import { COUNTED } from "~/domain/books/tallyChecks.server";
import type { DataKey, Keyring } from "~/domain/kernel/sealing.server";
import { withoutIndexes } from "../indexes";
import { indexWishes } from "../wishes";
import { type Part, partsOf } from "./parts";
import { type Copy, type Renewed, renewedMoment } from "./renewed";
import { dataKeysOf, resealed } from "./sealing";
import { type Column, readTemplate, type Row, type Table, type Template, WORDS } from "./template";

/**
 * Copies of each part of the demo for a size of 1, which is a city of some 3,000 households: most of what a
 * city has is over and done, as after some years.
 */
const OPEN_COPIES = 11;
const DONE_COPIES = 345;
const DONORS = 100;
/** What is over lies back up to so many days; what is open happened when it happened in the demo. */
const DAYS_BACK = 700;
const BATCH = 50_000;

type Piece = string | Renewed;

/** A copy as COPY reads it: a tab between two cells, a line for a row. */
const written = (text: string): string =>
  text.replace(/[\\\n\t\r]/g, (sign) => ({ "\\": "\\\\", "\n": "\\n", "\t": "\\t" })[sign] ?? "\\r");

const MOMENTS = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\d{4}-\d\d-\d\d(?![\dT])/;
const STANDING_TYPES = new Set(["boolean", "bigint", "integer", "smallint", "inet", "ARRAY"]);
/** Days on which nothing happened: a birth. */
const STANDING_COLUMNS = new Set(["born_from", "born_to"]);

/** What a cell is in a copy: all names in it renewed, all moments as much earlier as the copy lies back. */
function piecesOf(
  cell: string,
  { name, type }: Column,
  { names, ofDonors }: Template,
  isDonors: boolean,
): Piece[] {
  if (STANDING_TYPES.has(type) || STANDING_COLUMNS.has(name)) return [written(cell)];
  if (type.startsWith("timestamp") || type === "date") return [renewedMoment(cell)];
  const find =
    type === "jsonb" ? new RegExp(`${MOMENTS.source}|${WORDS.source}`, "g") : new RegExp(WORDS.source, "g");
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: word, index } of cell.matchAll(find)) {
    const renewed =
      names.get(word) ?? (MOMENTS.test(word) && type === "jsonb" ? renewedMoment(word) : undefined);
    if (renewed === undefined) continue;
    pieces.push(written(cell.slice(from, index)));
    pieces.push(
      ofDonors.has(word) && !isDonors
        ? (copy) => renewed({ number: copy.donor, donor: copy.donor, days: 0 })
        : renewed,
    );
    from = index + word.length;
  }

  return [...pieces, written(cell.slice(from))];
}

/** What a row is in its copies. Entries of the book are numbered on, after those that are there. */
function lineOf(
  {
    row,
    table,
    template,
    keys,
    own,
    isDonors,
  }: Readonly<{
    row: Row;
    table: Table;
    template: Template;
    keys: Keyring;
    own: readonly DataKey[];
    isDonors: boolean;
  }>,
  numbers: () => string,
): Renewed {
  const pieces: Piece[] = [];
  for (const [index, column] of table.columns.entries()) {
    if (index > 0) pieces.push("\t");
    const cell = row[column.name];
    const sealed = resealed(keys, own, { table: table.name, column: column.name, row });
    if (cell === null || cell === undefined) pieces.push("\\N");
    else if (sealed) pieces.push(sealed);
    else if (table.name === "money_entry" && column.name === "number") pieces.push(numbers);
    else pieces.push(...piecesOf(cell, column, template, isDonors));
  }

  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === "string" && typeof last === "string") joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }

  return (copy) => {
    let line = "";
    for (const piece of joined) line += typeof piece === "string" ? piece : piece(copy);
    return `${line}\n`;
  };
}

/** The copies of a part, by number; the donors are the first part. */
function* copiesOf(part: Part, isDonors: boolean, size: number): Generator<Copy> {
  const donors = Math.ceil(DONORS * size);
  const times = isDonors ? donors : Math.ceil((part.isOpen ? OPEN_COPIES : DONE_COPIES) * size);
  for (let number = 1; number <= times; number += 1)
    yield {
      number,
      donor: 1 + ((number - 1) % donors),
      days: isDonors || part.isOpen ? 0 : 1 + (number % DAYS_BACK),
    };
}

/**
 * Makes the city of the demo so many times larger, in its own tables and with every rule kept: each household
 * with its wishes, gifts, parcels, deliveries and journal becomes many, with ids, codes and towns of their
 * own, and sealed for their own places. Only on a superuser's connection, with its clock in UTC, on a
 * database that holds the demo's history and nothing else. Foreign keys are not asked meanwhile.
 * @returns how many rows each table got
 */
export async function fillCity(
  sql: postgres.Sql,
  keys: Keyring,
  size: number,
): Promise<Readonly<Record<string, number>>> {
  await sql`set session_replication_role = replica`;
  const template = await readTemplate(sql);
  const parts = partsOf(template);
  // The server reads the file itself, and runs as another user when we are root.
  const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-city-"));
  chmodSync(folder, 0o711);
  const added: Record<string, number> = {};
  const indexes = await withoutIndexes(sql);
  for (const table of template.tables) {
    let number = table.rows.length;
    const numbers = () => String((number += 1));
    const lines = linesOf(table, { template, parts, keys, size, numbers });
    const columns = table.columns.map(({ name }) => `"${name}"`).join(", ");
    let [rows, batches] = [0, 0];
    let copied: Promise<unknown> = Promise.resolve();
    for (const batch of lines) {
      rows += batch.length;
      // The server takes one batch while the next is written.
      const file = path.join(folder, `rows${(batches += 1) % 2}`);
      writeFileSync(file, batch.join(""));
      await copied;
      copied = sql.unsafe(`copy "${table.name}" (${columns}) from '${file}'`).execute();
    }

    await copied;
    added[table.name] = rows;
  }

  rmSync(folder, { recursive: true });
  await sql`set maintenance_work_mem = '1GB'`;
  for (const made of indexes) await sql.unsafe(made);
  await sql.unsafe(`update programme f set
    entries = (select count(*) from money_entry where programme_id = f.id),
    available_fen = ${balance("available")}, committed_fen = ${balance("committed")}`);
  // Triggers keep these where rows come one by one.
  await indexWishes(sql);
  const pg = new PgDialect();
  await sql`delete from tally_change`;
  await sql`delete from tally`;
  for (const [name, counted] of Object.entries(COUNTED))
    await sql.unsafe(
      `insert into tally (name, day, part, entries, units, fen) select '${name}', day, part, entries, units, fen from (${pg.sqlToQuery(counted).sql}) counted`,
    );
  await sql`set session_replication_role = origin`;
  await sql`vacuum analyze`;
  return added;
}

/** What a fund has on one of its accounts. */
const balance = (account: string): string =>
  `(select coalesce(sum(case when to_account = 'fund:' || f.id || ':${account}' then amount_fen else -amount_fen end), 0)
    from money_transfer where 'fund:' || f.id || ':${account}' in (from_account, to_account))`;

function* linesOf(
  table: Table,
  {
    template,
    parts,
    keys,
    size,
    numbers,
  }: Readonly<{
    template: Template;
    parts: readonly Part[];
    keys: Keyring;
    size: number;
    numbers: () => string;
  }>,
): Generator<string[]> {
  let batch: string[] = [];
  for (const [index, part] of parts.entries()) {
    const isDonors = index === 0;
    const rows = part.rows.filter((one) => one.table === table.name);
    if (rows.length === 0) continue;
    const own = dataKeysOf(keys, part);
    const made = rows.map(({ row }) => lineOf({ row, table, template, keys, own, isDonors }, numbers));
    for (const copy of copiesOf(part, isDonors, size)) {
      for (const line of made) batch.push(line(copy));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }

  yield batch;
}
