import { sql } from "drizzle-orm";
import { ALL_CHECKS } from "~/domain/checks.server";
import { firstIdAt } from "~/domain/kernel/checks";
import { ASKED_LATELY, askedLately, readTold } from "~/domain/lately.server";
import { connectToPortal } from "../support/portalDatabase";
import type { Plant } from "./planting";
import { plantOf, PLANTS } from "./plants";
import { expect, test } from "./support";

/** From the first id of the journal on. */
const ALL_OF_IT = firstIdAt(new Date(0));
/** A row that is new has nothing in the journal: only the whole check sees it. */
const isUntold = ({ sql: statement }: Plant): boolean => statement.startsWith("insert into");

/** Raised to take back what was planted. */
class TakenBack extends Error {}

test("every nightly check is quiet on the demo and finds one planted fault", async () => {
  test.setTimeout(180_000);
  const names = ALL_CHECKS.map(({ name }) => name);
  expect(names.filter((name) => plantOf(name) === undefined)).toEqual([]);
  expect(Object.keys(PLANTS).filter((name) => !names.includes(name))).toEqual([]);

  const portal = connectToPortal("superuser");
  const wrong: string[] = [];
  try {
    for (const check of ALL_CHECKS) {
      const plant = plantOf(check.name);
      if (plant === undefined) continue;
      await portal.db
        .transaction(async (tx) => {
          const before = await tx.execute(check.violations);
          if (before.length > 0) wrong.push(`${check.name} is not quiet: ${JSON.stringify(before[0])}`);
          // Triggers and foreign keys rest for this transaction; rules of the rows themselves are let go of
          // by name.
          await tx.execute(sql`set local session_replication_role = replica`);
          for (const table of plant.loosen ?? []) {
            const rules = await tx.execute<{ name: string }>(
              sql`select conname as name from pg_constraint where contype in ('c', 'u') and conrelid = ${table}::regclass`,
            );
            for (const { name } of rules)
              await tx.execute(sql.raw(`alter table "${table}" drop constraint "${name}" cascade`));
            const unique = await tx.execute<{ name: string }>(
              sql`select indexrelid::regclass::text as name from pg_index where indrelid = ${table}::regclass and indisunique and not indisprimary`,
            );
            for (const { name } of unique) await tx.execute(sql.raw(`drop index if exists ${name} cascade`));
          }

          for (const statement of plant.sql.split(";")) await tx.execute(sql.raw(statement));
          const found = await tx.execute(check.violations);
          if (found.length === 0) wrong.push(`${check.name} finds nothing`);
          const told = await readTold(tx, ALL_OF_IT);
          const lately = askedLately(check.name, check.lately?.(ALL_OF_IT) ?? check, told);
          const foundLately = await tx.execute(lately.violations);
          if (ASKED_LATELY.includes(check.name) && !isUntold(plant) && foundLately.length === 0)
            wrong.push(`${check.name}, asked of all that was told, finds nothing`);
          throw new TakenBack();
        })
        .catch((error: unknown) => {
          if (!(error instanceof TakenBack))
            wrong.push(
              `${check.name}: ${error instanceof Error ? `${error.message} ${String(error.cause)}` : "could not be planted"}`,
            );
        });
    }
  } finally {
    await portal.close();
  }

  expect(wrong).toEqual([]);
});
