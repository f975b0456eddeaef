import type postgres from "postgres";
import { isId, type Renewed, renewedId, renewedText } from "./renewed";

/**
 * What a city has once, however large it is: places, names, the two lists, its office and what goes by a
 * clock. Every other table is copied, so that one that is new is as well.
 */
export const STAYS: ReadonlySet<string> = new Set([
  "account_phone",
  "beneficiary_group",
  "charity",
  "charity_account",
  "clock_lease",
  "entry_code",
  "everyday_word",
  "filing",
  "finance_task",
  "fundraising_certificate",
  "import_job",
  "import_note",
  "import_row",
  "installation",
  "invitation",
  "list_item",
  "list_parameter",
  "list_rule",
  "money_account",
  "need_search",
  "object_kind",
  "one_time_link",
  "organisation",
  "passkey",
  "passkey_challenge",
  "programme",
  "public_version",
  "rate_counter",
  "recovery_code",
  "registration",
  "request_key",
  "restoration",
  "role_proposal",
  "screening_refresh",
  "second_factor",
  "service_point",
  "session",
  "setting",
  "sign_in_step",
  "step_reset",
  "stored_file",
  "tally",
  "tally_change",
  "town",
  "unit_of_measure",
]);

/** Of these tables only what is a donor's is copied: the office stays as it is. */
const OF_DONORS: Readonly<Record<string, string>> = {
  app_user: "id",
  credential: "user_id",
  donor_profile: "user_id",
  role_grant: "user_id",
};
const DONORS = `select id from app_user u where not exists (select 1 from role_grant g where g.user_id = u.id and g.role <> 'donor')`;

/** What is told of something else, and of what: the journal first, since the others are told of it. */
export const TOLD_OF: Readonly<Record<string, string>> = {
  journal: "entity_id",
  outbox: "journal_id",
  portal_use: "journal_id",
};

/** What must differ beside what the database keeps unique, or one thing would look like another's double. */
const DIFFERS: Readonly<Record<string, readonly string[]>> = {
  household: ["name_hash", "phone_hash", "id_hash"],
  pledge: ["waybill"],
  purchase: ["voucher_number", "voucher_key"],
  spending: ["voucher_number", "voucher_key"],
};

export type Column = Readonly<{ name: string; type: string }>;
export type Row = Readonly<Record<string, string | null>>;
export type Table = Readonly<{ name: string; columns: readonly Column[]; rows: readonly Row[] }>;

/** What the demo consists of, and what its ids, codes and other names become in a copy. */
export type Template = Readonly<{
  tables: readonly Table[];
  /** By the name as it stands in the demo. */ names: ReadonlyMap<string, Renewed>;
  /** Names that go with the donor of a copy, not with the copy itself. */ ofDonors: ReadonlySet<string>;
  /** Names of places, which many parts share. */ shared: ReadonlySet<string>;
}>;

/** Words in which a name can stand, in whatever a cell holds. */
export const WORDS = /[\w.@-]+/g;

/** Reads all that is copied, as text. */
export async function readTemplate(sql: postgres.Sql): Promise<Template> {
  const columns = await sql<{ table: string; name: string; type: string }[]>`
    select c.table_name as table, c.column_name as name, c.data_type as type from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
      and not exists (select from pg_inherits where inhrelid = format('%I', c.table_name)::regclass) order by c.table_name, c.ordinal_position`;
  const tables: Table[] = [];
  for (const name of new Set(
    columns.map(({ table }) => table).filter((table) => !STAYS.has(table) && !table.startsWith("__")),
  )) {
    const own = columns.filter(({ table }) => table === name);
    const key = OF_DONORS[name];
    const rows = await sql.unsafe<Row[]>(
      `select ${own.map((column) => `"${column.name}"::text`).join(", ")} from "${name}" ${key === undefined ? "" : `where "${key}" in (${DONORS})`} order by 1`,
    );
    tables.push({ name, columns: own, rows: [...rows] });
  }

  const unique = await sql<{ table: string; column: string }[]>`
    select c.relname as table, a.attname as column from pg_index i
    join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where i.indisunique and i.indnkeyatts = 1 and c.relnamespace = 'public'::regnamespace`;
  const donors = await sql<
    { id: string }[]
  >`select id::text from app_user where id in (${sql.unsafe(DONORS)})`;
  const copied = withoutStaying(tables);
  return {
    tables: bookInOrder(copied),
    ...(await namesOf(sql, copied, unique, new Set(donors.map(({ id }) => id)))),
  };
}

/** What is told of something that stays is told once, and stays as well. */
function withoutStaying(tables: readonly Table[]): Table[] {
  const ids = new Set(
    tables.flatMap(({ name, rows }) => (name in TOLD_OF ? [] : rows.map((row) => row.id ?? ""))),
  );
  return [...tables]
    .sort((a, b) => Number(a.name in TOLD_OF) - Number(b.name in TOLD_OF))
    .map((table) => {
      const of = TOLD_OF[table.name];
      if (of === undefined) return table;
      const rows = table.rows.filter((row) => row[of] === null || ids.has(row[of] ?? ""));
      for (const row of rows) ids.add(row.id ?? "");
      return { ...table, rows };
    });
}

/** Entries are numbered in the order of the book. */
const bookInOrder = (tables: readonly Table[]): Table[] =>
  tables.map((table) =>
    table.name === "money_entry"
      ? { ...table, rows: [...table.rows].sort((a, b) => Number(a.number) - Number(b.number)) }
      : table,
  );

async function namesOf(
  sql: postgres.Sql,
  tables: readonly Table[],
  unique: readonly Readonly<{ table: string; column: string }>[],
  donors: ReadonlySet<string>,
): Promise<Omit<Template, "tables">> {
  const names = new Map<string, Renewed>();
  const ofDonors = new Set<string>();
  for (const { name, rows } of tables) {
    const own = unique.filter(({ table }) => table === name).map(({ column }) => column);
    for (const row of rows) {
      for (const column of [...own, ...(name === "app_user" ? ["email"] : []), ...(DIFFERS[name] ?? [])]) {
        const words = row[column]?.match(WORDS) ?? [];
        // What is put together of ids differs by itself.
        const value = words.at(-1);
        if (value === undefined || (words.length > 1 && words.some(isId))) continue;
        if (!names.has(value))
          names.set(value, isId(value) ? renewedId(value) : renewedText(value, names.size));
        if (name in OF_DONORS) ofDonors.add(value);
      }
    }
  }

  for (const donor of donors) ofDonors.add(donor);
  const shared = new Set<string>();
  // Towns and their points go round with the number of the copy.
  for (const places of [
    await sql<{ name: string }[]>`select code as name from town order by code`,
    await sql<{ name: string }[]>`select id::text as name from service_point order by town_code, id`,
  ]) {
    for (const [index, { name }] of places.entries()) {
      shared.add(name);
      names.set(name, ({ number }) => places[(index + number) % places.length]?.name ?? name);
    }
  }

  return { names, ofDonors, shared };
}
