import { expect } from "vitest";
import { remembered } from "~/domain/kernel/remembered.server";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("what hardly changes is read once for all who ask at once, anew after its time, and again at once where reading failed", async ({
  db,
}) => {
  const world = aWorld(db);
  const answers = ["one", "two", "three"];
  let reads = 0;
  let isAway = false;
  const read = remembered(120, () => {
    reads += 1;
    return isAway ? Promise.reject(new Error("away")) : Promise.resolve(answers[reads - 1]);
  });
  expect(await Promise.all([read(world.system), read(world.system)])).toEqual(["one", "one"]);
  world.clock.advance({ minutes: 1 });
  expect(await read(world.system)).toBe("one");
  world.clock.advance({ minutes: 1 });
  expect(await read(world.system)).toBe("two");
  expect(reads).toBe(2);

  world.clock.advance({ minutes: 2 });
  isAway = true;
  await expect(read(world.system)).rejects.toThrow("away");
  isAway = false;
  reads = 2;
  expect(await read(world.system)).toBe("three");
  // Another database is another portal.
  reads = 0;
  expect(await read(aWorld(Object.create(db) as typeof db).system)).toBe("one");
});
