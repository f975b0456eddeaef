import type postgres from "postgres";
import { expect } from "vitest";
import { test } from "../../support/database";

type Pair = Readonly<{ table: string; rule: string; a: string; b: string }>;

/** Raised to take back what was planted. */
class TakenBack extends Error {}

/**
 * Every CHECK that keeps two columns of people apart, and every pair of columns that it names, as the
 * database itself says.
 */
async function pairsOf(owner: postgres.Sql): Promise<Pair[]> {
  const rules = await owner<{ table: string; rule: string; says: string }[]>`
    select conrelid::regclass::text as table, conname as rule, pg_get_constraintdef(oid) as says from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`;
  return rules.flatMap(({ table, rule, says }) =>
    [...says.matchAll(/\(?(\w+_(?:by|id)) <> (\w+_(?:by|id))\)?/g)].map(([, a = "", b = ""]) => ({
      table,
      rule,
      a,
      b,
    })),
  );
}

/** A row in which only these two columns are filled, in a table that keeps this one rule and no other. */
async function plant(
  owner: postgres.Sql,
  { table, rule, a, b }: Pair,
  people: readonly [string, string],
): Promise<string> {
  let answer = "taken";
  await owner
    .begin(async (tx) => {
      const others = await tx<
        { name: string }[]
      >`select conname as name from pg_constraint where conrelid = ${table}::regclass and conname <> ${rule} and contype in ('c', 'f')`;
      for (const { name } of others)
        await tx.unsafe(`alter table ${table} drop constraint "${name}" cascade`);
      const needed = await tx<{ name: string }[]>`
        select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and attnotnull and not attisdropped and attname not in (select unnest(
          (select array_agg(k.attname) from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any (i.indkey) where i.indrelid = ${table}::regclass and i.indisprimary)))`;
      for (const { name } of needed)
        await tx.unsafe(`alter table ${table} alter column "${name}" drop not null`);
      const [key] = await tx<{ name: string }[]>`
        select k.attname as name from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any (i.indkey) where i.indrelid = ${table}::regclass and i.indisprimary`;
      await tx
        .unsafe(
          `insert into ${table} ("${key?.name ?? "id"}", "${a}", "${b}") values (gen_random_uuid(), $1, $2)`,
          [...people],
        )
        .catch((error: unknown) => {
          answer =
            (error as { constraint_name?: string; message: string }).constraint_name ??
            (error as Error).message;
        });
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  return answer;
}

const ONE = "01a00000-0000-7000-8000-000000000001";
const OTHER = "01a00000-0000-7000-8000-000000000002";

test("each rule of the tables that keeps two people apart refuses one person in both places, and takes two", async ({
  owner,
}) => {
  const pairs = await pairsOf(owner);
  // One rule lost is one pair fewer: the count goes up with each new one.
  expect(pairs.map(({ table, a, b }) => `${table}: ${a}, ${b}`).sort()).toEqual([
    "allocation: decided_by, proposed_by",
    "charity_account: decided_by, entered_by",
    "count_correction: decided_by, proposed_by",
    "delivery: secret_shown_by, courier_id",
    "feedback: moderated_by, recorded_by",
    "filing: decided_by, entered_by",
    "fundraising_certificate: decided_by, entered_by",
    "handover: photo_decided_by, delivered_by",
    "handover: witnessed_by, delivered_by",
    "invitation: accepted_by, invited_by",
    "joint_day: agreed_by, proposed_by",
    "list_parameter: approved_by, proposed_by",
    "list_rule: approved_by, drafted_by",
    "need: over_cap_approved_by, filed_by",
    "need: over_cap_approved_by, verified_by",
    "need: published_by, filed_by",
    "need: published_by, verified_by",
    "need: verified_by, filed_by",
    "purchase: decided_by, recorded_by",
    "refund: approved_by, requested_by",
    "registration: decided_by, entered_by",
    "role_grant: approved_by, granted_by",
    "role_grant: approved_by, user_id",
    "role_grant: granted_by, user_id",
    "role_proposal: decided_by, proposed_by",
    "role_proposal: decided_by, user_id",
    "role_proposal: proposed_by, user_id",
    "service_visit: accepted_by, recorded_by",
    "spending: decided_by, recorded_by",
    "step_reset: decided_by, proposed_by",
    "step_reset: decided_by, user_id",
    "step_reset: proposed_by, user_id",
  ]);
  const wrong: string[] = [];
  for (const pair of pairs) {
    const same = await plant(owner, pair, [ONE, ONE]);
    const apart = await plant(owner, pair, [ONE, OTHER]);
    if (same !== pair.rule) wrong.push(`${pair.rule} with one person: ${same}`);
    if (apart !== "taken") wrong.push(`${pair.rule} with two people: ${apart}`);
  }

  expect(wrong).toEqual([]);
});
