import { expect } from "vitest";
import { remembered, rememberedInPublic } from "~/domain/kernel/remembered.server";
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

test("what is counted for the public pages is counted once for all who ask the same of the same version for so many seconds, and each time for whoever asks for themselves", async ({
  db,
}) => {
  const world = aWorld(db);
  let counted = 0;
  let isAway = false;
  const count = rememberedInPublic(5, (_ctx, filter: { town: string }, more: boolean) => {
    counted += 1;
    return isAway
      ? Promise.reject(new Error("away"))
      : Promise.resolve(`${filter.town} ${String(more)} ${counted}`);
  });
  const inPublic = (publicVersion: number) => ({ ...world.system, publicVersion });
  const asked = () => count(inPublic(1), { town: "a" }, true);
  expect(await Promise.all([asked(), asked()])).toEqual(["a true 1", "a true 1"]);
  world.clock.advance({ minutes: 4 / 60 });
  expect(await asked()).toBe("a true 1");
  expect(await count(inPublic(1), { town: "b" }, true)).toBe("b true 2");
  expect(await count(inPublic(1), { town: "a" }, false)).toBe("a false 3");
  expect(await count(inPublic(2), { town: "a" }, true)).toBe("a true 4");
  expect(await count(world.system, { town: "a" }, true)).toBe("a true 5");
  expect(await count(world.system, { town: "a" }, true)).toBe("a true 6");
  world.clock.advance({ minutes: 1 / 60 });
  isAway = true;
  await expect(asked()).rejects.toThrow("away");
  isAway = false;
  expect(await asked()).toBe("a true 8");

  // Of many questions the oldest are forgotten, not the newest.
  for (let town = 0; town < 600; town += 1) await count(inPublic(1), { town: String(town) }, true);
  const before = counted;
  await count(inPublic(1), { town: "599" }, true);
  expect(counted).toBe(before);
  await count(inPublic(1), { town: "0" }, true);
  expect(counted).toBe(before + 1);
});
