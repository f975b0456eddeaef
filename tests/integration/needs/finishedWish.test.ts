import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { acceptVisit, recordVisit } from "~/domain/giving/serviceVisits.server";
import { wishPage } from "~/domain/needs/wishPage.server";
import type { Database } from "~db/client";
import { needs } from "~db/schema/needs";
import { aHandover, aParcelOut } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

async function endOf(db: Database, world: World, needId: string) {
  const [need] = await db.select({ code: needs.code }).from(needs).where(eq(needs.id, needId));
  const { isOver, arrivedAt } = await wishPage(world.as({ kind: "visitor" }), need?.code ?? "");
  return { isOver, arrivedAt };
}

test("a wish is over once its last thing is handed over, and says when that was, however much later it is read", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team, { quantity: 2n });
  expect(await endOf(db, world, out.needId)).toEqual({ isOver: false, arrivedAt: undefined });
  const handedOverAt = world.clock.now();
  const handover = aHandover(world, { proof: "secret", secret: out.secret.digits });
  await confirmHandover(world.as(team.courier), out.deliveryId, handover);
  world.clock.advance({ days: 3 });
  expect(await endOf(db, world, out.needId)).toEqual({ isOver: true, arrivedAt: handedOverAt });
});

test("a service is over once the recipient said so, and says when it was done", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const lines = [{ objectKind: "haircut", item: "上门理发", quantity: 1n, unitPriceFen: 3_000n }];
  const wish = await aPublishedWish(world, team, { lines });
  const gift = await aConfirmedGift(world, await aDonor(world), wish.line.id, 1n);
  const doneAt = world.clock.now();
  const { visitId } = await recordVisit(world.as(team.caseworker), {
    pledgeId: gift.pledge.id,
    quantity: 1n,
    providerName: "理发队",
    occurredAt: doneAt,
    requestKey: world.system.newId(),
  });
  world.clock.advance({ days: 2 });
  expect(await endOf(db, world, wish.needId)).toEqual({ isOver: false, arrivedAt: undefined });
  await acceptVisit(world.as(team.colleague), visitId, "accept");
  expect(await endOf(db, world, wish.needId)).toEqual({ isOver: true, arrivedAt: doneAt });
});
