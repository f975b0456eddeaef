import { expect } from "vitest";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { lastChoices } from "~/domain/giving/queries.server";
import { aConfirmedGift, aPledgeOf } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("what a donor chose last is known to them alone; where to collect and what they declared is not kept for the next gift", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 9n }] });
  const [donor, stranger] = [await aDonor(world), await aDonor(world)];
  expect(await lastChoices(world.as(donor))).toEqual({});

  await aConfirmedGift(world, donor, line.id);
  const { giftCode } = await pledgeItems(world.as(donor), aPledgeOf(world, line.id));
  // Held and not confirmed: nothing was chosen yet.
  expect(await lastChoices(world.as(donor))).toMatchObject({ displayChoice: "kind_person" });

  await confirmGift(world.as(donor), giftCode, {
    arrivalWay: "courier",
    displayChoice: "alias",
    displayName: "老王",
    ifGone: "give_back",
    notRelative: "yes",
    requestKey: world.system.newId(),
  });
  expect(await lastChoices(world.as(donor))).toEqual({
    arrivalWay: "courier",
    displayChoice: "alias",
    displayName: "老王",
    ifGone: "give_back",
  });
  expect(await lastChoices(world.as(stranger))).toEqual({});
  await expect(lastChoices(world.as({ kind: "visitor" }))).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
});
