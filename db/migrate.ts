import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { APPEND_ONLY_TABLES } from "./schema/appendOnly";

const MIGRATION_LOCK = 4_820_115;
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/**
 * Brings a database to this version: functions, tables, append-only triggers, then what the app's role may do.
 * Runs as the owner; several starting at once take turns. Safe to repeat.
 *
 * @param appRole the role of DATABASE_URL. It owns nothing, and gets no UPDATE or DELETE on journal and books,
 *   so that even a mistake in the app cannot rewrite evidence. Skipped when it is the owner itself.
 */
export async function migrate(ownerUrl: string, appRole: string): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, fetch_types: false, onnotice: () => undefined, connection: { lock_timeout: 60_000 } });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await client.unsafe(await readFile(here("./sql/before.sql"), "utf8"));
    await applyMigrations(drizzle(client), { migrationsFolder: here("./migrations") });
    for (const table of APPEND_ONLY_TABLES) {
      await client.unsafe(`create or replace trigger append_only before update or delete or truncate on "${table}" for each statement execute function refuse_change()`);
    }
    const [owner] = await client<{ name: string }[]>`select current_user as name`;
    if (owner?.name !== appRole) await grantTo(client, appRole);
  } finally {
    await client.end();
  }
}

async function grantTo(client: postgres.Sql, appRole: string): Promise<void> {
  const role = `"${appRole.replaceAll('"', '""')}"`;
  await client.unsafe(`
    grant usage on schema public to ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    revoke update, delete, truncate on ${APPEND_ONLY_TABLES.map((table) => `"${table}"`).join(", ")} from ${role};
  `);
}
