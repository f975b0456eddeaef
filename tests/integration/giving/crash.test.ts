import { spawn } from "node:child_process";
import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { needLines } from "~db/schema/needs";
import { pledges } from "~db/schema/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("kill -9 in the middle of a race, again and again: never one unit too many, nothing half done", { timeout: 120_000 }, async ({ db, databaseUrl }) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { heads: 5000, lines: [{ quantity: 400n }] });
  const donors = await Promise.all(Array.from({ length: 12 }, () => aDonor(world)));
  for (const wait of [40, 90, 160, 230, 310]) {
    const racer = spawn(process.execPath, ["--import", "tsx", "tests/support/racer.ts", databaseUrl, line.id, ...donors.map((donor) => donor.userId)], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await new Promise((resolve) => racer.stdout.once("data", resolve));
    await new Promise((resolve) => setTimeout(resolve, wait));
    racer.kill("SIGKILL");
    await new Promise((resolve) => racer.once("exit", resolve));
    // What the server was still doing for the dead process ends by itself.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
  }
  const [after] = await db.select().from(needLines).where(eq(needLines.id, line.id));
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(pledges)
    .where(eq(pledges.lineId, line.id));
  expect(row?.n).toBeGreaterThan(0);
  expect(after && after.open + after.held + after.pledged).toBe(400n);
});
