import { and, asc, eq } from "drizzle-orm";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { proposeJointDay } from "~/domain/giving/proposeJointDay.server";
import type { UserActor } from "~/domain/kernel/actor";
import { dayPlus, shanghaiDay } from "~/domain/kernel/time";
import type { Database } from "~db/client";
import { gifts, jointDays, pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { aWorld, type World } from "../support/world";
import { choices, openedJointDay } from "./giving";
import { aPublishedWish } from "./needs";
import { aCompany, aTeam, type Team } from "./people";

/** A company's confirmed gift of three bags and two lamps. */
export async function aCompanyGift(db: Database, donorOf?: (world: World, team: Team) => Promise<UserActor>) {
  const world = aWorld(db);
  const team = await aTeam(world);
  const company = await (donorOf ?? ((_world: World, { operator }: Team) => aCompany(world, operator)))(
    world,
    team,
  );
  const bags = await aPublishedWish(world, team, { lines: [{ quantity: 3n }] });
  const lamps = await aPublishedWish(world, team, {
    lines: [{ objectKind: "lamp", item: "台灯", quantity: 2n }],
  });
  const lines = [
    { lineId: bags.line.id, quantity: 3n },
    { lineId: lamps.line.id, quantity: 2n },
  ];
  const { giftCode } = await pledgeItems(world.as(company), { lines, requestKey: world.system.newId() });
  const { trackToken } = await confirmGift(world.as(company), giftCode, {
    ...choices(world),
    displayChoice: "name",
    displayName: "演示五金厂",
  });
  const [gift] = await db.select().from(gifts).where(eq(gifts.code, giftCode));
  if (!gift) throw new Error("no gift");
  return { world, team, company, giftCode, giftId: gift.id, trackToken };
}

/** The calendar day that is so many days from now. */
export const ahead = (world: World, days: number) => dayPlus(shanghaiDay(world.clock.now()), days);
/** What a donor asks for: that day, at the team's point. */
export const aDayIn = (world: World, team: Team, days: number) => ({
  day: ahead(world, days),
  pointId: team.point.id,
  requestKey: world.system.newId(),
});
/** A donor names a day, on the page as it stands. */
export const nameDay = async (
  world: World,
  who: Parameters<World["as"]>[0],
  giftCode: string,
  input: ReturnType<typeof aDayIn>,
) => proposeJointDay(world.as(who), giftCode, { ...input, version: await openedJointDay(world, giftCode) });
/** What a point suggests instead. */
export const anotherDay = (world: World, days: number) => ({
  day: ahead(world, days),
  requestKey: world.system.newId(),
});
/** The first joint day of a gift, as it is stored. */
export const rowOf = async (db: Database, giftId: string) => {
  const [row] = await db
    .select()
    .from(jointDays)
    .where(eq(jointDays.giftId, giftId))
    .orderBy(asc(jointDays.id));
  if (!row) throw new Error("no joint day");
  return row;
};

/** What whoever answers sends, having read the joint day as it stands. */
export const answerTo = async (db: Database, giftId: string) => {
  const { id, version } = await rowOf(db, giftId);
  return { jointDayId: id, version };
};

/** When each promise of a gift is due, in milliseconds. */
export const duesOf = async (db: Database, giftId: string) =>
  (await db.select({ dueAt: pledges.dueAt }).from(pledges).where(eq(pledges.giftId, giftId))).map((row) =>
    row.dueAt?.getTime(),
  );
/** What was done about the joint days of a gift and in which role, oldest first. */
export const eventsOf = async (db: Database, giftId: string) =>
  (
    await db
      .select({ event: journal.event, role: journal.actorRole })
      .from(journal)
      .where(and(eq(journal.giftId, giftId), eq(journal.entity, "joint_day")))
      .orderBy(asc(journal.id))
  ).map(({ event, role }) => `${event.replace("joint_day.", "")} by ${role}`);
