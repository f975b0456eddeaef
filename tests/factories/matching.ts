import { eq } from "drizzle-orm";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { receiveOffer } from "~/domain/delivery/receiveOffer.server";
import type { UserActor } from "~/domain/kernel/actor";
import { proposeAllocation } from "~/domain/matching/allocate.server";
import { decideOffer, makeOffer } from "~/domain/matching/offers.server";
import { lots } from "~db/schema/books";
import type { World } from "../support/world";
import { anInspection } from "./delivery";
import { aDonor, type Team } from "./people";

type Offered = Partial<Parameters<typeof makeOffer>[1]>;

/** So many school bags, offered to no wish in particular, and what a test says otherwise. */
export const anOfferInput = (world: World, what: Offered = {}): Parameters<typeof makeOffer>[1] => ({
  objectKind: "bag",
  description: "双肩书包，全新",
  condition: "new",
  unitCode: "piece",
  quantity: 40n,
  townCode: "442000001",
  displayChoice: "kind_person",
  displayName: undefined,
  requestKey: world.system.newId(),
  ...what,
});

/** The same, accepted to the team's point. */
export async function anAcceptedOffer(world: World, team: Team, what: Offered = {}, donor?: UserActor) {
  const giver = donor ?? (await aDonor(world));
  const offer = await makeOffer(world.as(giver), anOfferInput(world, what));
  await decideOffer(world.as(team.operator), offer.offerId, { accept: true, pointId: team.point.id });
  return { ...offer, donor: giver };
}

export const aCount = (world: World, counted: bigint) => ({
  counted,
  parcelsSeen: undefined,
  occurredAt: world.clock.now(),
  requestKey: world.system.newId(),
});

/** The same, received and inspected: a lot that belongs to nobody yet. */
export async function aFreeLot(
  world: World,
  team: Team,
  { bestBefore, donor, ...what }: Offered & { bestBefore?: string; donor?: UserActor } = {},
) {
  const offer = await anAcceptedOffer(world, team, what, donor);
  const store = world.as(team.storekeeper);
  const quantity = what.quantity ?? 40n;
  const { parcelId } = await receiveOffer(store, offer.offerId, aCount(world, quantity));
  const { label } = await inspectParcel(
    store,
    parcelId,
    anInspection(world, quantity, 0n, bestBefore === undefined ? {} : { bestBefore }),
  );
  const [lot] = await world.db
    .select()
    .from(lots)
    .where(eq(lots.label, label ?? ""));
  if (!lot) throw new Error("nothing was accepted");
  return { ...offer, parcelId, lot };
}

/** One of the city's people proposes so many units of a lot for a line. */
export const aProposal = (world: World, team: Team, lotId: string, lineId: string, quantity: bigint) =>
  proposeAllocation(world.as(team.operator), { lotId, lineId, quantity, requestKey: world.system.newId() });
