import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import { type ActingRole, holds, requireUser } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { dayPlus, endOfDay, shanghaiDay } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { gifts, jointDays, type JointDaySide, pledges } from "~db/schema/giving";
import { JOINT_DAY, type JointDay, PLEDGE } from "./machine.server";
import { standing } from "./states";

/** Somebody at one side of a joint day. */
export type Party = Readonly<{ userId: string; side: JointDaySide }>;

export const LIVE_JOINT_DAY = ["proposed", "agreed"] as const;

/** In which role each side acts, and what its word is called. */
const SIDES = {
  donor: { by: "donor", names: "propose", callsOff: "withdraw" },
  point: { by: "storekeeper", names: "suggest", callsOff: "decline" },
} as const satisfies Record<JointDaySide, { by: ActingRole; names: string; callsOff: string }>;

/** The gift's joint day that is proposed or agreed. */
export async function liveJointDay(tx: Transaction, giftId: string): Promise<JointDay | undefined> {
  const [live] = await tx
    .select()
    .from(jointDays)
    .where(and(eq(jointDays.giftId, giftId), inArray(jointDays.state, [...LIVE_JOINT_DAY])))
    .for("update");
  return live;
}

/**
 * A joint day with the side at which the actor stands: its gift's donor, or a storekeeper of its point.
 * @throws {DomainError} NOT_FOUND for everybody else
 */
export async function asParty(
  tx: Transaction,
  ctx: UseCaseContext,
  jointDayId: string,
): Promise<{ row: JointDay; party: Party }> {
  const { userId } = requireUser(ctx.actor);
  const [found] = await tx
    .select({ row: jointDays, donorId: gifts.donorId })
    .from(jointDays)
    .innerJoin(gifts, eq(gifts.id, jointDays.giftId))
    .where(eq(jointDays.id, jointDayId))
    .for("update");
  if (found?.donorId === userId) return { row: found.row, party: { userId, side: "donor" } };
  if (found && holds(ctx.actor, "storekeeper", { kind: "point", id: found.row.pointId }))
    return { row: found.row, party: { userId, side: "point" } };
  throw new DomainError("NOT_FOUND");
}

/** What of a gift's goods is promised and has neither arrived nor gone back, in line order. */
async function standingGoods(tx: Transaction, giftId: string) {
  const confirmed = await tx
    .select()
    .from(pledges)
    .where(and(eq(pledges.giftId, giftId), eq(pledges.kind, "goods"), eq(pledges.state, "confirmed")))
    .orderBy(asc(pledges.lineId))
    .for("update");
  return confirmed.filter((pledge) => standing(pledge) > 0n);
}

/**
 * A day that leaves the point time to prepare and does not keep what waits for it waiting elsewhere, for a
 * gift of which something is still to come.
 * @throws {DomainError} JOINT_DAY_TOO_SOON, JOINT_DAY_TOO_FAR, WRONG_STATE
 */
export async function requireDayFor(
  tx: Transaction,
  ctx: UseCaseContext,
  giftId: string,
  day: string,
): Promise<void> {
  const today = shanghaiDay(ctx.now());
  const [notice, within] = [
    await limit(tx, ctx, "jointDayNoticeDays"),
    await limit(tx, ctx, "jointDayWithinDays"),
  ];
  if (day < dayPlus(today, notice)) throw new DomainError("JOINT_DAY_TOO_SOON", { days: notice });
  if (day > dayPlus(today, within)) throw new DomainError("JOINT_DAY_TOO_FAR", { days: within });
  if ((await standingGoods(tx, giftId)).length === 0) throw new DomainError("WRONG_STATE");
}

/**
 * Another day, or another point: the other side has to agree to it. The very day that the other side named is
 * an agreement.
 */
export async function nameDay(
  tx: Transaction,
  ctx: UseCaseContext,
  row: JointDay,
  party: Party,
  to: { day: string; pointId: string },
): Promise<void> {
  if (to.day === row.day && to.pointId === row.pointId) {
    if (row.state === "proposed" && row.proposedSide !== party.side) await agree(tx, ctx, row, party);
    return;
  }

  const { by, names } = SIDES[party.side];

  await transition(tx, ctx, JOINT_DAY, row, names, {
    by,
    giftId: row.giftId,
    data: { day: to.day },
    set: { ...to, proposedSide: party.side, proposedBy: party.userId, agreedBy: null },
  });
}

/**
 * Both sides want the day: the gift comes to its point, and what still stands of it may be brought until the
 * end of that day; what is due later stays so.
 * @throws {DomainError} WRONG_STATE for one's own word and when nothing is to come, FOUR_EYES, IN_THE_PAST,
 *   CHANGED_MEANWHILE
 */
export async function agree(
  tx: Transaction,
  ctx: UseCaseContext,
  row: JointDay,
  { side, userId }: Party,
): Promise<void> {
  if (row.proposedSide === side) throw new DomainError("WRONG_STATE");
  if (row.proposedBy === userId) throw new DomainError("FOUR_EYES");
  if (row.day < shanghaiDay(ctx.now())) throw new DomainError("IN_THE_PAST");
  const { by } = SIDES[side];
  const { giftId, pointId, day } = row;

  await transition(tx, ctx, JOINT_DAY, row, "agree", {
    by,
    giftId,
    data: { day },
    set: { agreedBy: userId },
  });

  await tx.update(gifts).set({ pointId }).where(eq(gifts.id, giftId));
  const toCome = await standingGoods(tx, giftId);
  if (toCome.length === 0) throw new DomainError("WRONG_STATE");
  const dueAt = endOfDay(day);

  for (const pledge of toCome.filter((one) => one.dueAt !== null && one.dueAt < dueAt)) {
    await transition(tx, ctx, PLEDGE, pledge, "postpone", {
      by,
      needId: pledge.needId,
      giftId,
      data: { day },
      set: { dueAt, remindedAt: null },
    });
  }
}

/** Either side lets the day go. What is due by then stays due by then. */
export async function callOff(
  tx: Transaction,
  ctx: UseCaseContext,
  row: JointDay,
  { side }: Party,
): Promise<void> {
  const { by, callsOff } = SIDES[side];
  await transition(tx, ctx, JOINT_DAY, row, callsOff, { by, giftId: row.giftId, data: { day: row.day } });
}

/**
 * Joint days that nobody answered before their day was over, and those of gifts of which nothing came and
 * nothing will.
 */
export function overtaken(now: Date) {
  const of = sql`from ${pledges} p where p.gift_id = ${jointDays.giftId}`;
  return and(
    inArray(jointDays.state, [...LIVE_JOINT_DAY]),
    sql`(${and(eq(jointDays.state, "proposed"), lt(jointDays.day, shanghaiDay(now)))}
      or not exists (select 1 ${of} and (p.settled > 0 or p.state = 'confirmed' and p.quantity > p.settled + p.given_back) offset 0))`,
  );
}
