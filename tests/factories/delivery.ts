import { eq } from "drizzle-orm";
import { moveGoods } from "~/domain/books/moveGoods.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { dispatchDelivery } from "~/domain/delivery/dispatchDelivery.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import type { HandoverInput, InspectInput, ReceiveInput } from "~/domain/delivery/schemas";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { lots } from "~db/schema/books";
import type { World } from "../support/world";
import { aConfirmedGift } from "./giving";
import { aPublishedWish } from "./needs";
import { aDonor, type Team } from "./people";

/** A parcel of so many units, counted at the team's point just now. */
export const aParcel = (
  world: World,
  team: Team,
  pledgeId: string,
  counted = 1n,
  rest: Partial<ReceiveInput> = {},
): ReceiveInput => ({
  pledgeId,
  pointId: team.point.id,
  counted,
  occurredAt: world.clock.now(),
  requestKey: world.system.newId(),
  ...rest,
});

/** What was found in it: everything good and worth ¥120 apiece, unless the test says otherwise. */
export const anInspection = (
  world: World,
  accepted = 1n,
  refused = 0n,
  rest: Partial<InspectInput> = {},
): InspectInput => ({
  accepted,
  refused,
  ...(refused > 0n ? { refusalReason: "damaged" as const, refusedGoTo: "returned" as const } : {}),
  valueBasis: "fair_value",
  ...(accepted > 0n ? { unitValueFen: 12_000n } : {}),
  occurredAt: world.clock.now(),
  requestKey: world.system.newId(),
  ...rest,
});

/** A handover of everything, to the recipient in person; the test says how it is proven. */
export const aHandover = (
  world: World,
  rest: Partial<HandoverInput> & Pick<HandoverInput, "proof">,
): HandoverInput => ({
  items: [],
  receiver: "self",
  occurredAt: world.clock.now(),
  requestKey: world.system.newId(),
  ...rest,
});

/** So many units of a pledge, counted and accepted at the team's point. */
export async function inStore(
  world: World,
  team: Team,
  pledgeId: string,
  counted: bigint,
  {
    accepted = counted,
    purchaseId,
    bestBefore,
  }: { accepted?: bigint; purchaseId?: string; bestBefore?: string } = {},
) {
  const store = world.as(team.storekeeper);
  const { parcelId } = await receiveParcel(
    store,
    aParcel(world, team, pledgeId, counted, purchaseId === undefined ? {} : { purchaseId }),
  );
  const { label } = await inspectParcel(
    store,
    parcelId,
    anInspection(world, accepted, counted - accepted, bestBefore === undefined ? {} : { bestBefore }),
  );
  return { parcelId, label };
}

/** Everything in the store for this need, on its way with the courier. */
export async function onTheWay(world: World, team: Team, needId: string, courierId = team.courier.userId) {
  const store = world.as(team.storekeeper);
  const { deliveryId, code } = await packDelivery(store, {
    needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  await dispatchDelivery(store, deliveryId, { courierId });
  return { deliveryId, code };
}

/** A published wish of so many bags, all promised by one donor and standing in the store. */
export async function aStockedWish(
  world: World,
  team: Team,
  {
    quantity = 2n,
    bestBefore,
    ...wishOf
  }: { quantity?: bigint; bestBefore?: string } & Parameters<typeof aPublishedWish>[2] = {},
) {
  const wish = await aPublishedWish(world, team, { lines: [{ quantity }], ...wishOf });
  const donor = await aDonor(world);
  const gift = await aConfirmedGift(world, donor, wish.line.id, quantity);
  const { label } = await inStore(
    world,
    team,
    gift.pledge.id,
    quantity,
    bestBefore === undefined ? {} : { bestBefore },
  );
  if (label === null) throw new Error("nothing was accepted");
  return { ...wish, donor, gift, label };
}

/** The same, on its way with the courier, and the recipient's secret shown by a colleague. */
export async function aParcelOut(world: World, team: Team, what: Parameters<typeof aStockedWish>[2] = {}) {
  const wish = await aStockedWish(world, team, what);
  const out = await onTheWay(world, team, wish.needId);
  const secret = await showSecret(world.as(team.colleague), out.deliveryId);
  return { ...wish, ...out, secret };
}

/** Everything handed over against the secret. */
export async function handedOver(world: World, team: Team, what: Parameters<typeof aStockedWish>[2] = {}) {
  const out = await aParcelOut(world, team, what);
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: out.secret.digits }),
  );
  return out;
}

/** One unit after the other of what lies at the team's point under a label is thrown away. */
export async function discarding(world: World, team: Team, label: string): Promise<() => Promise<boolean>> {
  const [lot] = await world.db.select().from(lots).where(eq(lots.label, label));
  return () =>
    world.db.transaction((tx) =>
      moveGoods(tx, world.system, {
        lotId: lot?.id ?? "",
        from: { kind: "point", id: team.point.id },
        to: { kind: "disposed" },
        quantity: 1n,
        source: { type: "test", id: world.system.newId() },
      }),
    );
}
