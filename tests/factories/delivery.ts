import { packDelivery, dispatchDelivery } from "~/domain/delivery/packDelivery.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import type { World } from "../support/world";
import type { Team } from "./people";

/** So many units of a pledge, counted and accepted at the team's point. */
export async function inStore(world: World, team: Team, pledgeId: string, counted: bigint, { accepted = counted, purchaseId }: { accepted?: bigint; purchaseId?: string } = {}) {
  const store = world.as(team.storekeeper);
  const { parcelId } = await receiveParcel(store, { pledgeId, ...(purchaseId ? { purchaseId } : {}), pointId: team.point.id, counted, occurredAt: world.clock.now(), requestKey: world.system.newId() });
  const refused = counted - accepted;
  const { label } = await inspectParcel(store, parcelId, {
    accepted,
    refused,
    ...(refused > 0n ? { refusalReason: "damaged", refusedGoTo: "returned" } : {}),
    valueBasis: "fair_value",
    ...(accepted > 0n ? { unitValueFen: 12_000n } : {}),
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  return { parcelId, label };
}

/** Everything in the store for this need, on its way with the courier. */
export async function onTheWay(world: World, team: Team, needId: string, courierId = team.courier.userId) {
  const store = world.as(team.storekeeper);
  const { deliveryId, code } = await packDelivery(store, { needId, pointId: team.point.id, requestKey: world.system.newId() });
  await dispatchDelivery(store, deliveryId, courierId);
  return { deliveryId, code };
}
