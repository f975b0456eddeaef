import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect } from "vitest";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

/** `pledgeItems` and `confirmGift` of one line, with the limits known: begin and commit are counted too. */
const STATEMENTS = 22;

test("a gift that comes alone costs no more statements than one did that shared with nobody", async ({
  db,
  databaseUrl,
}) => {
  const sent: string[] = [];
  const client = postgres(databaseUrl, {
    max: 1,
    fetch_types: false,
    debug: (_connection, statement) => {
      sent.push(statement);
    },
  });
  const [world, counted] = [aWorld(db), aWorld(drizzle(client))];
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 5n }] });
  const donor = await aDonor(world);
  await aConfirmedGift(counted, donor, line.id);
  sent.length = 0;
  await aConfirmedGift(counted, donor, line.id);
  // The last one is the factory's own reading of what it made.
  expect(sent.slice(0, -1).filter((statement) => statement.includes("commit"))).toHaveLength(2);
  expect(sent.slice(0, -1).length).toBeLessThanOrEqual(STATEMENTS);
  await client.end();
});
