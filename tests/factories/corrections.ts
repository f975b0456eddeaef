import { eq } from "drizzle-orm";
import { decideCorrection, proposeCorrection } from "~/domain/delivery/correctCount.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import type { CorrectMomentInput } from "~/domain/kernel/moments/input";
import type { MomentStep } from "~/domain/kernel/moments/vocabulary";
import { plusMinutes } from "~/domain/kernel/time";
import type { Database } from "~db/client";
import { journal } from "~db/schema/journal";
import { aWorld, type World } from "../support/world";
import { anInspection, aParcel } from "./delivery";
import { aConfirmedGift } from "./giving";
import { aPublishedWish } from "./needs";
import { aDonor, aPerson, aTeam, type Team } from "./people";

/**
 * A parcel counted an hour after it was promised, inspected two hours after, and a day later handed over; all
 * by the team's own people.
 */
export async function aGiftWithItsWay(db: Database, quantity = 1n) {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, { lines: [{ quantity }] });
  const donor = await aDonor(world);
  const gift = await aConfirmedGift(world, donor, wish.line.id, quantity);
  const promised = world.clock.now();
  const at = (minutes: number) => plusMinutes(promised, minutes);
  world.clock.advance({ hours: 24 });
  const store = world.as(team.storekeeper);
  const { parcelId } = await receiveParcel(
    store,
    aParcel(world, team, gift.pledge.id, quantity, { occurredAt: at(60) }),
  );
  await inspectParcel(store, parcelId, anInspection(world, quantity, 0n, { occurredAt: at(120) }));
  const other = await aPerson(world, { role: "storekeeper", scope: { kind: "point", id: team.point.id } });
  const correction = (
    step: CorrectMomentInput["step"],
    id: string,
    was: Date,
    shall: Date,
  ): CorrectMomentInput => ({
    step,
    id,
    was,
    shall,
    reason: "typed_wrong",
    requestKey: world.system.newId(),
  });
  return { world, team, wish, donor, gift, at, store, colleague: world.as(other), parcelId, correction };
}

/** What somebody sends who puts the moments of one step right. */
export const correctionIn =
  (world: World, step: MomentStep) =>
  (id: string, was: Date, shall: Date): CorrectMomentInput => ({
    step,
    id,
    was,
    shall,
    reason: "wrong_day",
    requestKey: world.system.newId(),
  });
/** Every moment that was put right, as the journal has it. */
export const correctionsIn = (db: Database) =>
  db.select().from(journal).where(eq(journal.entity, "moment_correction"));

/** What somebody sends who corrects a count. */
export const corrected = (world: World, was: bigint, shall: bigint) => ({
  was,
  shall,
  reason: "counted_wrong" as const,
  requestKey: world.system.newId(),
});

/** Proposed by the store, agreed to by the city. */
export async function correct(
  world: World,
  team: Team,
  parcelId: string,
  was: bigint,
  shall: bigint,
): Promise<string> {
  const { correctionId } = await proposeCorrection(
    world.as(team.storekeeper),
    parcelId,
    corrected(world, was, shall),
  );
  await decideCorrection(world.as(team.operator), correctionId, "approve");
  return correctionId;
}
