import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { acknowledgeDelivery } from "~/domain/delivery/acknowledgeDelivery.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { closeNeed } from "~/domain/needs/endNeed.server";
import { needLabel } from "~/domain/needs/states";
import { needLines, needs } from "~db/schema/needs";
import { aHandover, inStore, onTheWay } from "../factories/delivery";
import { aConfirmedGift } from "../factories/giving";
import { aPublishedWish } from "../factories/needs";
import { aDonor, aTeam } from "../factories/people";
import { test } from "../support/database";
import { aWorld } from "../support/world";

test("story: two bags are wished for, promised by two donors, received, handed over and acknowledged; every check holds at every step", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team);
  const units = async () => {
    const [line] = await db.select().from(needLines).where(eq(needLines.id, wish.line.id));
    if (!line) throw new Error("no line");
    return {
      numbers: [line.open, line.held, line.pledged, line.inHub, line.delivered].join(" "),
      label: needLabel("published", [line]),
    };
  };

  const holds = async () => {
    expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
  };

  expect(await units()).toEqual({ numbers: "2 0 0 0 0", label: "waiting" });
  await holds();

  const first = await aConfirmedGift(world, await aDonor(world), wish.line.id);
  const second = await aConfirmedGift(world, await aDonor(world), wish.line.id);
  expect(await units()).toEqual({ numbers: "0 0 2 0 0", label: "covered" });
  await holds();

  world.clock.advance({ days: 2 });
  await inStore(world, team, first.pledge.id, 1n);
  await inStore(world, team, second.pledge.id, 1n);
  expect(await units()).toEqual({ numbers: "0 0 0 2 0", label: "delivering" });
  await holds();

  const { deliveryId } = await onTheWay(world, team, wish.needId);
  const { digits } = await showSecret(world.as(team.colleague), deliveryId);
  await confirmHandover(
    world.as(team.courier),
    deliveryId,
    aHandover(world, { proof: "secret", secret: digits }),
  );
  expect(await units()).toEqual({ numbers: "0 0 0 0 2", label: "fulfilled" });
  await holds();

  await acknowledgeDelivery(world.as(team.colleague), deliveryId);
  await closeNeed(world.as(team.colleague), wish.needId);
  const [need] = await db.select({ state: needs.state }).from(needs).where(eq(needs.id, wish.needId));
  expect(need?.state).toBe("closed");
  await holds();
});
