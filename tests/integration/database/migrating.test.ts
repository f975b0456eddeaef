import postgres from "postgres";
import { expect, inject, vi } from "vitest";
import { migrate } from "~db/migrate";
import { APPEND_ONLY_TABLES, WRITE_ONCE_TABLES } from "~db/schema/appendOnly";
import { test as base } from "../../support/database";

const APP = "hongxin_app";
const GUARDED = [...APPEND_ONLY_TABLES, ...WRITE_ONCE_TABLES];

/**
 * `migrate` on the test's own database, with some patience; and a second connection of the app, which writes.
 */
const test = base.extend<{
  bring: (patience?: { lockMs: number; tries: number; pauseMs: number }) => Promise<void>;
  app: postgres.Sql;
}>({
  bring: async ({ databaseUrl }, use) => {
    const url = new URL(inject("ownerUrl"));
    url.pathname = new URL(databaseUrl).pathname;
    // A copy belongs to whoever made it; an installation's database belongs to who migrates it.
    const superuser = postgres(inject("superuserUrl"), { max: 1, fetch_types: false });
    await superuser.unsafe(`alter database "${url.pathname.slice(1)}" owner to ${url.username}`);
    await superuser.end();
    await use((patience) => migrate(url.href, APP, patience));
  },
  app: async ({ databaseUrl }, use) => {
    const client = postgres(databaseUrl, {
      max: 2,
      fetch_types: false,
      onnotice: () => undefined,
      connection: { application_name: "a writer" },
    });
    await use(client);
    // A test that failed may have left its long transaction open.
    await client.end({ timeout: 1 });
  },
});

const write = (sql: postgres.Sql | postgres.TransactionSql) =>
  sql`insert into setting (id, key, value, valid_from, set_at) values (gen_random_uuid(), 'a_test', '1', clock_timestamp(), now())`;

/** A transaction that has written every table of evidence and goes on until it is let go. */
async function aLongTransaction(app: postgres.Sql): Promise<() => Promise<void>> {
  let letGo = (): void => undefined;
  const untilLetGo = new Promise<void>((resolve) => (letGo = resolve));
  let ended: Promise<unknown> = Promise.resolve();
  await new Promise<void>((begun, failed) => {
    ended = app.begin(async (tx) => {
      await write(tx);
      for (const table of GUARDED) await tx.unsafe(`lock table "${table}" in row exclusive mode`);
      begun();
      await untilLetGo;
    });
    ended.catch(failed);
  });
  return async () => {
    letGo();
    await ended;
  };
}

const triggers = (owner: postgres.Sql) =>
  owner`select c.relname as table, t.oid, t.xmin::text from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'append_only' and t.tgenabled = 'O' order by 1`;
const rights = (owner: postgres.Sql) =>
  owner`select relname, xmin::text, relacl::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`;

test("a copy that starts beside a long transaction makes nothing again, waits for nobody, and holds up no writer", async ({
  bring,
  app,
  owner,
}) => {
  const [triggersBefore, rightsBefore] = [await triggers(owner), await rights(owner)];
  expect(triggersBefore.map((row) => row["table"] as string)).toEqual(GUARDED.toSorted());
  const end = await aLongTransaction(app);
  // One try of a lock of a tenth of a second: whatever asked for one would fail at once.
  await bring({ lockMs: 100, tries: 1, pauseMs: 0 });
  await write(app);
  await end();
  expect(await triggers(owner)).toEqual(triggersBefore);
  expect(await rights(owner)).toEqual(rightsBefore);
});

test("where a table must be changed, writers go on between the tries, and it is changed once the table is free", async ({
  bring,
  app,
  owner,
}) => {
  await owner`alter table setting disable trigger append_only`;
  const end = await aLongTransaction(app);
  let changed = false;
  const changing = bring({ lockMs: 100, tries: 1_000, pauseMs: 200 }).then(() => (changed = true));
  // They write the very table whose lock is waited for: each waits a tenth of a second at most, however often
  // it is tried.
  for (let times = 0; times < 8; times += 1) {
    await vi.waitFor(
      async () =>
        expect(
          await owner`select 1 from pg_locks where relation = 'setting'::regclass and not granted`,
        ).toHaveLength(1),
      {
        timeout: 10_000,
        interval: 10,
      },
    );
    await app.begin(async (tx) => {
      await tx`set local lock_timeout = 2000`;
      await write(tx);
    });
  }

  expect(changed).toBe(false);
  await end();
  await changing;
  expect(await triggers(owner)).toHaveLength(GUARDED.length);
  await expect(owner`delete from setting`).rejects.toThrow("append-only");
  await expect(owner`truncate journal cascade`).rejects.toThrow("append-only");
});

test("where it cannot be changed at all, one message says who uses which tables, and nothing is half done", async ({
  bring,
  app,
  owner,
}) => {
  await owner`drop trigger append_only on journal`;
  const end = await aLongTransaction(app);
  const failed = bring({ lockMs: 50, tries: 3, pauseMs: 10 });
  await expect(failed).rejects.toMatchObject({
    name: "TablesInUseError",
    message: expect.stringMatching(
      /tried 3 times[\s\S]*process \d+[\s\S]*journal[\s\S]*Start again/,
    ) as string,
  });
  await end();
  await bring();
  expect(await triggers(owner)).toHaveLength(GUARDED.length);
});

test("a right that the app's role lost comes back, and one over evidence that it was given goes", async ({
  bring,
  app,
  owner,
}) => {
  await owner.unsafe(
    `revoke insert on household from ${APP}; grant update, delete, truncate on journal to ${APP}; create table a_new_one (id int)`,
  );
  await bring();
  await app`insert into a_new_one values (1)`;
  await app`update a_new_one set id = 2`;
  const may = (table: string, right: string) =>
    owner`select has_table_privilege(${APP}, ${table}, ${right}) as may`.then(
      ([row]) => row?.["may"] as boolean,
    );
  expect(await may("household", "insert")).toBe(true);
  for (const right of ["update", "delete", "truncate"])
    for (const table of APPEND_ONLY_TABLES)
      expect(await may(table, right), `${right} on ${table}`).toBe(false);
  expect(await may("a_new_one", "truncate")).toBe(false);
});
