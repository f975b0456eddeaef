import { expect } from "vitest";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { wishesLikeIt } from "~/domain/needs/likeIt.server";
import { readWish } from "~/domain/needs/queries.server";
import { aPublishedWish } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("beside a wish stand open ones of its town and group, its own kind of thing first; never itself, nor one that ended", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = (objectKind?: string) =>
    aPublishedWish(world, team, {
      lines: [objectKind === undefined ? {} : { objectKind, item: objectKind }],
    });
  const [own, lamp, bag] = [await wish(), await wish("lamp"), await wish()];
  const ended = await wish();
  await withdrawNeed(world.as(team.caseworker), ended.needId, "moved");

  const like = async (code: string) => {
    const shown = await readWish(world.system, code);
    if (!shown) throw new Error("the wish is public");
    return (await wishesLikeIt(world.system, shown)).map((one) => one.code);
  };

  expect(await like(own.code)).toEqual([bag.code, lamp.code]);
  expect(await like(lamp.code)).toHaveLength(2);
  const more = [await wish(), await wish(), await wish()];
  const three = await like(own.code);
  expect(three).toHaveLength(3);
  expect([bag, ...more].map(({ code }) => code)).toEqual(expect.arrayContaining(three));
});
