import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { kill } from "../../support/killed";
import { aWorld } from "../../support/world";

/**
 * Resolves when the racer has taken so many steps; it goes on meanwhile, so where it dies is anywhere after.
 */
async function stepsOf(racer: ChildProcess, steps: number): Promise<void> {
  let taken = 0;
  if (racer.stdout === null) throw new Error("the racer says nothing");
  for await (const _step of createInterface({ input: racer.stdout })) if ((taken += 1) >= steps) return;
  throw new Error(`the racer ended after ${taken} steps`);
}

test(
  "kill -9 in the middle of a race, again and again: never one unit too many, nothing half done",
  { timeout: 120_000 },
  async ({ db, databaseUrl }) => {
    const world = aWorld(db);
    const { line } = await aPublishedWish(world, await aTeam(world), {
      heads: 5000,
      lines: [{ quantity: 400n }],
    });
    const donors = await Promise.all(Array.from({ length: 12 }, () => aDonor(world)));
    for (const steps of [1, 2, 7, 16, 30]) {
      const racer = spawn(
        process.execPath,
        [
          "--import",
          "tsx",
          "tests/support/racer.ts",
          databaseUrl,
          line.id,
          ...donors.map((donor) => donor.userId),
        ],
        {
          stdio: ["ignore", "pipe", "ignore"],
        },
      );
      await stepsOf(racer, steps);
      await kill(racer, db);
      expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
    }

    const [after] = await db.select().from(needLines).where(eq(needLines.id, line.id));
    const [row] = await db
      .select({ n: sql<number>`count(*)::int` })
      .from(pledges)
      .where(eq(pledges.lineId, line.id));
    expect(row?.n).toBeGreaterThan(0);
    expect(after && after.open + after.held + after.pledged).toBe(400n);
  },
);
