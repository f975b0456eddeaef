import { sql } from "drizzle-orm";
import type { Sql } from "postgres";
import { expect } from "vitest";
import { sqlState, violatedConstraint } from "~db/client";
import { APPEND_ONLY_TABLES, WRITE_ONCE_TABLES } from "~db/schema/appendOnly";
import { test } from "../../support/database";

/**
 * Every way to change what an append-only table keeps, each in words that the table itself would understand.
 */
async function changesOf(owner: Sql, table: string): Promise<string[]> {
  const [column] = await owner<{ name: string }[]>`
    select column_name as name from information_schema.columns where table_schema = 'public' and table_name = ${table} order by ordinal_position limit 1`;
  const name = column?.name ?? "";
  return [
    `update "${table}" set "${name}" = "${name}"`,
    `delete from "${table}"`,
    `truncate "${table}" cascade`,
  ];
}

test("the app's role owns nothing and was granted no way to change, delete or empty evidence", async ({
  db,
  owner,
}) => {
  const owned = await db.execute(
    sql`select 1 from pg_class join pg_roles on pg_roles.oid = relowner where rolname = current_user`,
  );
  expect(owned).toHaveLength(0);
  expect(APPEND_ONLY_TABLES).toEqual(
    expect.arrayContaining([
      "journal",
      "money_entry",
      "money_transfer",
      "goods_move",
      "record_opening",
      "setting",
    ]),
  );
  for (const table of APPEND_ONLY_TABLES) {
    for (const command of await changesOf(owner, table)) {
      const refused = await db.execute(sql.raw(command)).then(
        () => "done",
        (error: unknown) => sqlState(error),
      );
      // The missing grant, and nothing else: a misspelt column or the trigger behind it would say something
      // else.
      expect(refused, command).toBe("42501");
    }
  }
});

test("not even the owner of the tables changes, deletes or empties evidence: the trigger of each table refuses", async ({
  owner,
}) => {
  for (const table of APPEND_ONLY_TABLES) {
    for (const command of await changesOf(owner, table)) {
      await expect(owner.unsafe(command), command).rejects.toMatchObject({ code: "23001" });
    }
  }
});

test("a request key is written once: nobody changes one, or empties their table; it goes once its time is over", async ({
  db,
  owner,
}) => {
  for (const table of WRITE_ONCE_TABLES) {
    const [change = "", forget = "", empty = ""] = await changesOf(owner, table);
    for (const command of [change, empty]) {
      await expect(db.execute(sql.raw(command)), command).rejects.toMatchObject({ cause: { code: "42501" } });
      await expect(owner.unsafe(command), command).rejects.toMatchObject({ code: "23001" });
    }

    await db.execute(sql.raw(forget));
  }
});

test("the constraint that refused is named", async ({ db }) => {
  const refused: unknown = await db
    .execute(
      sql`insert into role_grant (id, user_id, role, scope_kind, scope_id, granted_at) values (gen_random_uuid(), gen_random_uuid(), 'king', 'city', '', now())`,
    )
    .catch((error: unknown) => error);
  expect(violatedConstraint(refused)).toBe("role_grant_role");
});
