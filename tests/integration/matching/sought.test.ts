import { expect } from "vitest";
import { matchingPage } from "~/domain/matching/queries.server";
import { aFreeLot, aProposal } from "../../factories/matching";
import { aPublishedWish } from "../../factories/needs";
import { aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("a wish's code shows its lines with what could serve them; a lot's or a gift's code shows the lot; of proposals each shows its own", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  const bags = await aFreeLot(world, team, { quantity: 9n, objectKind: "bag" });
  const others = await aFreeLot(world, team, { quantity: 9n, objectKind: "bag" });
  const quilts = await aFreeLot(world, team, { quantity: 9n, objectKind: "quilt" });
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 2n, objectKind: "bag" }] });
  const other = await aPublishedWish(world, elsewhere, { lines: [{ quantity: 2n, objectKind: "bag" }] });
  const unserved = await aPublishedWish(world, team, { lines: [{ quantity: 2n, objectKind: "wheelchair" }] });
  const desk = async (filter: Parameters<typeof matchingPage>[2]) => {
    const { lots, waiting, proposed } = await matchingPage(world.as(team.operator), {}, filter);
    return {
      lots: lots.rows.map(({ lot }) => lot.id),
      pairs: lots.rows.flatMap(({ pairs }) => pairs.map(({ candidate }) => candidate.need.code)),
      waiting: waiting.rows.map(({ need }) => need.code),
      proposed: proposed.rows.map(({ needCode }) => needCode),
    };
  };

  await aProposal(world, team, bags.lot.id, wish.line.id, 1n);
  await aProposal(world, team, others.lot.id, other.line.id, 1n);
  expect(await desk({ code: wish.code })).toEqual({
    lots: [bags.lot.id, others.lot.id],
    pairs: [wish.code],
    waiting: [wish.code],
    proposed: [wish.code],
  });
  // Of a thing that nothing in the store is: its line is found all the same.
  expect(await desk({ code: unserved.code })).toEqual({
    lots: [],
    pairs: [],
    waiting: [unserved.code],
    proposed: [],
  });
  for (const code of [others.lot.label, others.giftCode])
    expect(await desk({ code })).toMatchObject({ lots: [others.lot.id], proposed: [other.code] });
  expect(await desk({ code: quilts.lot.label })).toMatchObject({ lots: [quilts.lot.id], proposed: [] });
  expect(await desk({ town: GUZHEN })).toMatchObject({ waiting: [other.code], proposed: [other.code] });
});
