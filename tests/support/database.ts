import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject, test as base } from "vitest";
import { connect, type Connection, type Database } from "~db/client";
import { TEMPLATE } from "./cluster";

type Fixtures = { connection: Connection; db: Database; databaseUrl: string; owner: postgres.Sql };

const inDatabase = (url: string, name: string) => url.replace(`/${TEMPLATE}`, `/${name}`);

async function asSuperuser(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(inject("superuserUrl"), { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

/**
 * Tests on a real database, each on one of its own that is copied from the migrated template: none leans on
 * what another left, in whatever order they come. `db` connects as the app does, owning nothing; `owner` may
 * plant what no use case would write.
 */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- vitest reads the fixture's dependencies from this pattern
  databaseUrl: async ({}, use) => {
    const name = `hongxin_test_${randomBytes(6).toString("hex")}`;
    // Copying its files takes a third of the time that writing them anew takes.
    await asSuperuser((sql) =>
      sql.unsafe(`create database "${name}" template "${TEMPLATE}" strategy file_copy`),
    );
    await use(inDatabase(inject("appUrl"), name));
    await asSuperuser((sql) => sql.unsafe(`drop database "${name}" with (force)`));
  },
  connection: async ({ databaseUrl }, use) => {
    const connection = connect(databaseUrl, { max: 20 });
    await use(connection);
    await connection.close();
  },
  db: async ({ connection }, use) => {
    await use(connection.db);
  },
  owner: async ({ databaseUrl }, use) => {
    const sql = postgres(inDatabase(inject("ownerUrl"), new URL(databaseUrl).pathname.slice(1)), {
      max: 2,
      fetch_types: false,
      onnotice: () => undefined,
    });
    await use(sql);
    await sql.end();
  },
});
