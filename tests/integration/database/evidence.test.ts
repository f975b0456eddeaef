import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { APPEND_ONLY_TABLES } from "~db/schema/appendOnly";
import { violatedConstraint, sqlState } from "~db/client";
import { test } from "../../support/database";

test("the app's role owns nothing and may not change, delete or empty evidence", async ({ db }) => {
  const owned = await db.execute(sql`select 1 from pg_class join pg_roles on pg_roles.oid = relowner where rolname = current_user`);
  expect(owned).toHaveLength(0);
  for (const table of APPEND_ONLY_TABLES) {
    for (const command of [`update "${table}" set id = id`, `delete from "${table}"`, `truncate "${table}"`]) {
      const refused = await db.execute(sql.raw(command)).then(
        () => "done",
        (error: unknown) => sqlState(error),
      );
      expect(["42501", "42703"], command).toContain(refused);
    }
  }
});

test("not even the owner of the tables changes, deletes or empties evidence", async ({ owner }) => {
  for (const table of APPEND_ONLY_TABLES) {
    for (const command of [`delete from "${table}"`, `truncate "${table}" cascade`]) {
      await expect(owner.unsafe(command), command).rejects.toMatchObject({ code: "23001" });
    }
  }
});

test("the constraint that refused is named", async ({ db }) => {
  const refused: unknown = await db
    .execute(sql`insert into role_grant (id, user_id, role, scope_kind, scope_id, granted_at) values (gen_random_uuid(), gen_random_uuid(), 'king', 'city', '', now())`)
    .catch((error: unknown) => error);
  expect(violatedConstraint(refused)).toBe("role_grant_role");
});
