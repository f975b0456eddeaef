import { and, eq, inArray } from "drizzle-orm";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { storedJointDay } from "~/domain/giving/proposeJointDay.server";
import type { UserActor } from "~/domain/kernel/actor";
import { gifts, jointDays, pledges } from "~db/schema/giving";
import type { World } from "../support/world";

export const aPledgeOf = (world: World, lineId: string, quantity = 1n) => ({
  lines: [{ lineId, quantity }],
  requestKey: world.system.newId(),
});

export const choices = (world: World) =>
  ({
    arrivalWay: "drop_off",
    displayChoice: "kind_person",
    ifGone: "ask_me",
    notRelative: "yes",
    requestKey: world.system.newId(),
  }) as const;

/** What the form for a gift's joint day is opened on now. */
export async function openedJointDay({ db }: Pick<World, "db">, giftCode: string) {
  const [row] = await db
    .select({ jointDay: jointDays })
    .from(jointDays)
    .innerJoin(gifts, eq(gifts.id, jointDays.giftId))
    .where(and(eq(gifts.code, giftCode), inArray(jointDays.state, ["proposed", "agreed"])));
  return storedJointDay(row?.jointDay, undefined).opened;
}

/** A confirmed promise of so many units. */
export async function aConfirmedGift(world: World, donor: UserActor, lineId: string, quantity = 1n) {
  const { giftCode } = await pledgeItems(world.as(donor), aPledgeOf(world, lineId, quantity));
  const { trackToken } = await confirmGift(world.as(donor), giftCode, choices(world));
  const [row] = await world.db
    .select({ pledge: pledges })
    .from(pledges)
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .where(and(eq(gifts.code, giftCode), eq(pledges.lineId, lineId)));
  if (!row) throw new Error("no pledge");
  return { giftCode, trackToken, pledge: row.pledge };
}
