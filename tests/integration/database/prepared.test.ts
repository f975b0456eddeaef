import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, inject } from "vitest";
import { connect, type Database, runTransaction, type Transaction } from "~db/client";
import { towns } from "~db/schema/reference";
import { test } from "../../support/database";

const aTown = (tx: Transaction | Database) =>
  tx.select({ code: towns.code }).from(towns).where(eq(towns.code, "442000001"));
/**
 * What the server keeps ready on the one connection of this pool, but for the driver's own commit and
 * rollback.
 */
const kept = async (db: Database): Promise<string[]> => {
  const rows = await db.execute<{ statement: string }>(
    sql`select statement from pg_prepared_statements where statement not in ('commit', 'rollback')`,
  );
  return rows.map((row) => row.statement);
};

test("a transaction's statement is kept ready from its second time on; a read outside is planned for what it asks", async ({
  databaseUrl,
}) => {
  const { db, close } = connect(databaseUrl, { max: 1 });
  await aTown(db);
  await aTown(db);
  await runTransaction(db, aTown);
  expect(await kept(db)).toEqual([]);
  for (let times = 0; times < 3; times += 1)
    expect(await runTransaction(db, aTown)).toEqual([{ code: "442000001" }]);
  expect(await kept(db)).toEqual([expect.stringContaining('from "town"')]);
  await close();
});

test("where a pool keeps its reads they are parsed once, and planned each time for what they ask", async ({
  databaseUrl,
}) => {
  const { db, close } = connect(databaseUrl, { max: 1, keepsReads: "parsed" });
  for (let times = 0; times < 8; times += 1) expect(await aTown(db)).toEqual([{ code: "442000001" }]);
  const [read] = await db.execute<{ generic: string; custom: string }>(
    sql`select generic_plans as generic, custom_plans as custom from pg_prepared_statements where statement like '%from "town"%'`,
  );
  expect(read).toEqual({ generic: "0", custom: "7" });
  await close();

  const own = connect(databaseUrl, { max: 1, keepsReads: "planned" });
  for (let times = 0; times < 8; times += 1) await aTown(own.db);
  const [byKey] = await own.db.execute<{ generic: string; custom: string }>(
    sql`select generic_plans as generic, custom_plans as custom from pg_prepared_statements where statement like '%from "town"%'`,
  );
  expect(byKey, "by a key the plan is kept as well").toEqual({ generic: "2", custom: "5" });
  await own.close();
});

test("however many different statements there are, a connection keeps 500 at most", async ({
  databaseUrl,
}) => {
  const { db, close } = connect(databaseUrl, { max: 1 });
  for (let times = 0; times < 2; times += 1) {
    await runTransaction(db, async (tx) => {
      for (let column = 0; column < 520; column += 1)
        await tx.execute(sql`select ${column}::int as ${sql.identifier(`c${column}`)}`);
    });
  }

  expect(await kept(db)).toHaveLength(500);
  await close();
});

test("a statement that fails, and one whose connection was lost, are as good as new afterwards", async ({
  databaseUrl,
}) => {
  const { db, close } = connect(databaseUrl, { max: 1 });
  const superuser = postgres(inject("superuserUrl"), { max: 1, fetch_types: false });
  const divide = (by: number) =>
    runTransaction(db, (tx) => tx.execute<{ answer: number }>(sql`select 12 / ${by}::int as answer`));
  for (const by of [3, 4]) await divide(by);
  await expect(divide(0)).rejects.toMatchObject({ cause: { code: "22012" } });
  expect([...(await divide(6))]).toEqual([{ answer: 2 }]);
  const killed =
    await superuser`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hongxin' and datname = ${new URL(databaseUrl).pathname.slice(1)}`;
  expect(killed).toHaveLength(1);
  const again = async () => [...(await divide(2))];
  await expect.poll(() => again().catch(() => []), { timeout: 5_000 }).toEqual([{ answer: 6 }]);
  await superuser.end();
  await close();
});

test("behind a pooler that keeps no statements, prepare=false in DATABASE_URL keeps none", async ({
  databaseUrl,
}) => {
  const { db, close } = connect(`${databaseUrl}?prepare=false`, { max: 1, keepsReads: "parsed" });
  for (let times = 0; times < 3; times += 1) {
    await runTransaction(db, aTown);
    await aTown(db);
  }

  expect(await kept(db)).toEqual([]);
  await close();
});
