import { expect } from "vitest";
import { myFiledWishes, reviewQueue } from "~/domain/needs/staffQueries.server";
import { aSubmittedWish } from "../../factories/needs";
import { aTeam, GUZHEN, SHIQI } from "../../factories/people";
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
    (after) => reviewQueue(world.as(team.reviewer), { after }),
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

test("a queue is narrowed by a code or a town, and never widened by one", async ({ db }) => {
  const world = aWorld(db);
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const here = await aSubmittedWish(world, team);
  await aSubmittedWish(world, team);
  const there = await aSubmittedWish(world, elsewhere);
  const reviewer = world.as(team.reviewer);
  const listed = async (filter: Parameters<typeof reviewQueue>[1]) =>
    (await reviewQueue(reviewer, filter)).rows.map((row) => row.id);
  const { rows } = await reviewQueue(world.as(elsewhere.reviewer));
  const first = (await reviewQueue(reviewer)).rows[0];

  expect(await listed({ code: first?.code })).toEqual([here.needId]);
  expect(await listed({ town: SHIQI })).toHaveLength(2);
  // What lies in another town is found by neither.
  expect(rows.map((row) => row.id)).toEqual([there.needId]);
  expect(await listed({ code: rows[0]?.code })).toEqual([]);
  expect(await listed({ town: GUZHEN })).toEqual([]);
});
