import { expect } from "vitest";
import { makeOffer } from "~/domain/matching/offers.server";
import { dayOfWork } from "~/domain/workday/queues.server";
import { aFreeLot, anOfferInput, aProposal } from "../../factories/matching";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("a day shows each queue of one's own roles, what waits longest first, what one proposed oneself to nobody but the other", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 2n });
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 1n }] });
  await aProposal(world, team, lot.id, line.id, 1n);
  world.clock.advance({ hours: 2 });
  await makeOffer(world.as(await aDonor(world)), anOfferInput(world));
  const waiting = async (actor: typeof team.operator) =>
    (await dayOfWork(world.as(actor))).queues.map(({ name, waiting: n }) => [name, n]);
  expect(await waiting(team.secondOperator)).toEqual([
    ["proposals", 1],
    ["offers", 1],
    ["publish", 0],
    ["feedback", 0],
  ]);
  expect(await waiting(team.operator)).toEqual([
    ["offers", 1],
    ["publish", 0],
    ["proposals", 0],
    ["feedback", 0],
  ]);
  const { queues } = await dayOfWork(world.as(team.caseworker));
  expect(queues.map(({ name }) => name).toSorted()).toEqual(["callBacks", "calls", "carry", "requests"]);
  expect((await dayOfWork(world.as(team.storekeeper))).queues).toEqual([
    { name: "inspect", waiting: 0, oldest: null },
  ]);
  expect((await dayOfWork(world.as(team.courier))).queues).toEqual([
    { name: "carry", waiting: 0, oldest: null },
  ]);
});

test("a donor has no queues, a visitor is asked to sign in, and somebody is new for their first days in a role only", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  await expect(dayOfWork(world.as(await aDonor(world)))).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(dayOfWork(world.system)).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
  expect((await dayOfWork(world.as(team.courier))).isNew).toBe(true);
  world.clock.advance({ days: 15 });
  expect((await dayOfWork(world.as(team.courier))).isNew).toBe(false);
});
