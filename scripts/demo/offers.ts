import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { receiveOffer } from "~/domain/delivery/receiveOffer.server";
import { decideOffer, makeOffer } from "~/domain/matching/offers.server";
import type { Story } from "./history";
import type { Cast } from "./people";
import { pointOf } from "./places";

/** Lamps that a company offered to nobody in particular: at their point, they wait for the desk. */
export async function offerLamps(story: Story, cast: Cast): Promise<void> {
  const company = story.as(cast.company);
  const { offerId } = await makeOffer(company, {
    objectKind: "lamp",
    description: "感应小夜灯，全新，库存多出来的",
    condition: "new",
    unitCode: "lamp",
    quantity: 24n,
    townCode: "442000001",
    displayChoice: "name",
    displayName: cast.company.displayName,
    requestKey: company.newId(),
  });
  story.clock.minutes(90);
  const point = await pointOf(story, "442000001");
  await decideOffer(story.as(cast.operator), offerId, { accept: true, pointId: point.id });
  await story.clock.days(2);
  const storekeeper = story.as(cast.storekeeper);
  const moment = () => ({ occurredAt: storekeeper.now(), requestKey: storekeeper.newId() });
  const { parcelId } = await receiveOffer(storekeeper, offerId, { counted: 24n, ...moment() });
  story.clock.minutes(25);
  await inspectParcel(storekeeper, parcelId, {
    accepted: 24n,
    refused: 0n,
    valueBasis: "invoice",
    unitValueFen: 3_500n,
    ...moment(),
  });
}

/** A wheelchair that somebody offers, which nobody has answered yet. */
export async function offerWheelchair(story: Story, cast: Cast): Promise<void> {
  const ctx = story.as(cast.secondDonor);
  await makeOffer(ctx, {
    objectKind: "wheelchair",
    description: "折叠轮椅，用过三个月，八成新",
    condition: "as_new",
    unitCode: "vehicle",
    quantity: 1n,
    townCode: "442000008",
    displayChoice: "kind_person",
    requestKey: ctx.newId(),
  });
}
