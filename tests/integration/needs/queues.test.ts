import { expect } from "vitest";
import { myFiledWishes, reviewQueue } from "~/domain/needs/staffQueries.server";
import { aSubmittedWish } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("queues turn their pages by key: each wish once, also while others come in", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filed: string[] = [];
  for (let index = 0; index < 55; index += 1) {
    filed.push((await aSubmittedWish(world, team)).needId);
    if (index % 3 === 0) world.clock.advance({ minutes: 7 });
  }

  const walk = async (
    page: (key?: string) => Promise<{ rows: readonly { id: string }[]; next: string | undefined }>,
    between: () => Promise<unknown>,
  ) => {
    const seen: string[] = [];
    for (let at = await page(); ; at = await page(at.next)) {
      seen.push(...at.rows.map((row) => row.id));
      if (!at.next) return seen;
      await between();
    }
  };

  const queue = await walk(
    (key) => reviewQueue(world.as(team.reviewer), key),
    () => aSubmittedWish(world, team),
  );
  expect(new Set(queue).size).toBe(queue.length);
  expect(queue.slice(0, 55)).toEqual(filed);
  const mine = await walk(
    (key) => myFiledWishes(world.as(team.caseworker), key),
    () => aSubmittedWish(world, team),
  );
  expect(new Set(mine).size).toBe(mine.length);
  expect(mine).toEqual(expect.arrayContaining(filed));
});
