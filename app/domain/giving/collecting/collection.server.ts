import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { ActingRole } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { seal, unseal } from "~/domain/kernel/sealing.server";
import { dayPlus, endOfDay, plusDays, shanghaiDay } from "~/domain/kernel/time";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import type { Database } from "~db/client";
import { collections, gifts, type MissedWhy, pledges } from "~db/schema/giving";
import { COLLECTION, type Collection, PLEDGE } from "../machine.server";
import type { CollectInput } from "../schemas";

const Where = z.object({ address: z.string(), phone: z.string() });
export type Where = z.infer<typeof Where>;

const placeOf = (collectionId: string): string => `collection.where:${collectionId}`;

/** The donor's address and phone; undefined once the collection has ended. */
export const whereOf = (
  ctx: UseCaseContext,
  { id, whereSealed }: Pick<Collection, "id" | "whereSealed">,
): Where | undefined =>
  whereSealed === null ? undefined : Where.parse(JSON.parse(unseal(ctx.keys, placeOf(id), whereSealed)));

const sealWhere = (ctx: UseCaseContext, id: string, { address, phone }: CollectInput): string =>
  seal(ctx.keys, placeOf(id), JSON.stringify({ address, phone }));

/** The goods of a gift that its donor still has at home, neither sent nor brought. */
export const stillAtHome = and(
  eq(pledges.kind, "goods"),
  eq(pledges.state, "confirmed"),
  sql`${pledges.sentAt} is null and ${pledges.quantity} > ${pledges.settled} + ${pledges.givenBack}`,
);

/** From which to which day something can be collected. */
export async function daysToCollect(
  db: Transaction | Database,
  ctx: UseCaseContext,
): Promise<{ first: string; last: string }> {
  const today = shanghaiDay(ctx.now());
  return {
    first: dayPlus(today, await limit(db, ctx, "collectNoticeDays")),
    last: dayPlus(today, await limit(db, ctx, "collectWithinDays")),
  };
}

async function requireDay(tx: Transaction, ctx: UseCaseContext, day: string): Promise<void> {
  const { first, last } = await daysToCollect(tx, ctx);
  if (day < first || day > last) throw new DomainError("DAY_NOT_OFFERED", { first, last });
}

/** The gift's collection, locked. */
export async function lockCollection(tx: Transaction, giftId: string): Promise<Collection | undefined> {
  const [row] = await tx.select().from(collections).where(eq(collections.giftId, giftId)).for("update");
  return row;
}

/** What is to come of a gift may take until the end of that day; later days stay. */
async function postpone(
  tx: Transaction,
  ctx: UseCaseContext,
  giftId: string,
  until: Date,
  by: ActingRole,
): Promise<void> {
  const toCome = await tx
    .select()
    .from(pledges)
    .where(and(eq(pledges.giftId, giftId), stillAtHome))
    .orderBy(pledges.lineId)
    .for("update");
  if (toCome.length === 0) throw new DomainError("WRONG_STATE");
  for (const pledge of toCome.filter((one) => one.dueAt !== null && one.dueAt < until))
    await transition(tx, ctx, PLEDGE, pledge, "postpone", {
      by,
      needId: pledge.needId,
      giftId,
      data: { day: shanghaiDay(until) },
      set: { dueAt: until, remindedAt: null },
    });
}

/**
 * The donor says where and when their gift can be collected, at confirmation or anew after it was missed.
 * @throws {DomainError} DAY_NOT_OFFERED with `first` and `last`, WRONG_STATE when it has ended or nothing
 *   of the gift is at home any more
 */
export async function ask(
  tx: Transaction,
  ctx: UseCaseContext,
  gift: { id: string; pointId: string },
  input: CollectInput,
): Promise<void> {
  await requireDay(tx, ctx, input.day);
  const { day, part } = input;
  const known = await lockCollection(tx, gift.id);
  const facts = { by: "donor", giftId: gift.id, data: { day, part } } as const;

  if (known) {
    const set = {
      day,
      part,
      pointId: gift.pointId,
      missedWhy: null,
      whereSealed: sealWhere(ctx, known.id, input),
    };
    await transition(tx, ctx, COLLECTION, known, "ask", { ...facts, set });
  } else {
    const born = { id: ctx.newId(), state: "asked" as const };

    await tx.insert(collections).values({
      ...born,
      giftId: gift.id,
      pointId: gift.pointId,
      day,
      part,
      whereSealed: sealWhere(ctx, born.id, input),
      createdAt: ctx.now(),
    });

    await recordBirth(tx, ctx, COLLECTION, born, "ask", facts);
  }

  await postpone(tx, ctx, gift.id, endOfDay(day), "donor");
}

/**
 * It ended without being collected: its donor brings it after all, or nothing of it is to come. The address
 * goes with it.
 */
export async function end(
  tx: Transaction,
  ctx: UseCaseContext,
  row: Collection,
  event: "bring" | "end",
  by: ActingRole,
): Promise<void> {
  await transition(tx, ctx, COLLECTION, row, event, {
    by,
    giftId: row.giftId,
    set: { whereSealed: null, missedWhy: null },
  });

  if (event === "bring")
    await tx.update(gifts).set({ arrivalWay: "drop_off" }).where(eq(gifts.id, row.giftId));
}

/**
 * It was not collected on its day. Its donor hears why and has some days to say what next before anything
 * counts as overdue: it was not they who did not come.
 */
export async function miss(
  tx: Transaction,
  ctx: UseCaseContext,
  row: Collection,
  why: MissedWhy,
  by: ActingRole,
): Promise<void> {
  await transition(tx, ctx, COLLECTION, row, why === "nobody_came" ? "overdue" : why, {
    by,
    giftId: row.giftId,
    data: { day: row.day },
    set: { missedWhy: why },
  });

  await postpone(tx, ctx, row.giftId, plusDays(ctx.now(), await limit(tx, ctx, "revokeDaysAfterDue")), by);
}

/** The point fetched it: what was at home is on its way, and no clock takes it back. */
export async function collect(tx: Transaction, ctx: UseCaseContext, row: Collection): Promise<void> {
  await transition(tx, ctx, COLLECTION, row, "collect", {
    by: "storekeeper",
    giftId: row.giftId,
    set: { whereSealed: null, missedWhy: null },
  });

  const fetched = await tx
    .select()
    .from(pledges)
    .where(and(eq(pledges.giftId, row.giftId), stillAtHome))
    .orderBy(pledges.lineId)
    .for("update");
  if (fetched.length === 0) throw new DomainError("WRONG_STATE");
  for (const pledge of fetched)
    await transition(tx, ctx, PLEDGE, pledge, "collect", {
      by: "storekeeper",
      needId: pledge.needId,
      giftId: row.giftId,
      set: { sentAt: ctx.now() },
    });
}

/** Something of the gift came to a counter: then it need not be collected. Safe to repeat. */
export async function endByArrival(tx: Transaction, ctx: UseCaseContext, giftId: string): Promise<void> {
  const [row] = await tx
    .select()
    .from(collections)
    .where(and(eq(collections.giftId, giftId), inArray(collections.state, ["asked", "missed"])))
    .for("update");
  if (row) await end(tx, ctx, row, "bring", "storekeeper");
}
