import { expect } from "vitest";
import { openRecord, readOpened } from "~/domain/households/openRecord.server";
import { householdPage } from "~/domain/households/queries.server";
import { aSubmittedWish } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("an opened record is open to whoever opened it, and shut again when fifteen minutes are over", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { id } = await householdOfNeed(world, (await aSubmittedWish(world, team)).needId);
  const reader = world.as(team.caseworker);
  expect(await readOpened(reader, id)).toBeUndefined();

  const { until } = await openRecord(reader, { householdId: id, reason: "contact_recipient" });
  expect(until.getTime() - world.clock.now().getTime()).toBe(15 * 60_000);
  expect(await readOpened(world.as(team.colleague), id)).toBeUndefined();

  world.clock.advance({ minutes: 14 });
  expect((await readOpened(reader, id))?.fields.phone).toMatch(/^\d{11}$/);
  world.clock.advance({ minutes: 1 });
  expect(await readOpened(reader, id)).toBeUndefined();
  expect((await householdPage(reader, id)).opened).toBeUndefined();
});
