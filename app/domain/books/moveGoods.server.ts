import { and, eq, gte, sql } from "drizzle-orm";
import { actorId } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { shanghaiDay } from "~/domain/kernel/time";
import { goodsMoves, lotStock, type PlaceKind } from "~db/schema/books";

/** A place of the goods book. Points and couriers have an id; the ends of the world have none. */
export type Place = Readonly<{ kind: "point" | "courier"; id: string } | { kind: Exclude<PlaceKind, "point" | "courier"> }>;

export const placeCode = (place: Place): string => ("id" in place ? `${place.kind}:${place.id}` : place.kind);

/** Places that can be empty but never below; donors and suppliers are where goods come from, and are not counted down. */
const isCounted = (place: Place): boolean => place.kind !== "donor" && place.kind !== "supplier";

export type GoodsEvent = Readonly<{
  lotId: string;
  from: Place;
  to: Place;
  quantity: bigint;
  /** What caused it; the same source moves the same lot between the same places once. */
  source: Readonly<{ type: string; id: string }>;
  reason?: string;
  occurredAt?: Date;
}>;

/**
 * Writes one move of a lot into the goods book, and brings the stock of both places along by conditional UPDATE.
 * @returns false when this source moved it already
 * @throws {DomainError} NOT_ENOUGH_LEFT when the place has fewer (I17)
 */
export async function moveGoods(tx: Transaction, ctx: UseCaseContext, event: GoodsEvent): Promise<boolean> {
  const from = placeCode(event.from);
  const to = placeCode(event.to);
  const occurredAt = event.occurredAt ?? ctx.now();
  const written = await tx
    .insert(goodsMoves)
    .values({
      id: ctx.newId(),
      lotId: event.lotId,
      fromKind: event.from.kind,
      fromPlace: from,
      toKind: event.to.kind,
      toPlace: to,
      quantity: event.quantity,
      sourceType: event.source.type,
      sourceId: event.source.id,
      reason: event.reason ?? null,
      actorId: actorId(ctx.actor),
      accountingDate: shanghaiDay(occurredAt),
      occurredAt,
      recordedAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning({ id: goodsMoves.id });
  if (written.length === 0) return false;

  if (isCounted(event.from)) {
    const taken = await tx
      .update(lotStock)
      .set({ quantity: sql`${lotStock.quantity} - ${event.quantity}`, version: sql`${lotStock.version} + 1` })
      .where(and(eq(lotStock.lotId, event.lotId), eq(lotStock.place, from), gte(lotStock.quantity, event.quantity)))
      .returning({ place: lotStock.place });
    if (taken.length === 0) throw new DomainError("NOT_ENOUGH_LEFT", { left: 0 });
  }
  await tx
    .insert(lotStock)
    .values({ lotId: event.lotId, place: to, quantity: event.quantity })
    .onConflictDoUpdate({ target: [lotStock.lotId, lotStock.place], set: { quantity: sql`${lotStock.quantity} + ${event.quantity}`, version: sql`${lotStock.version} + 1` } });
  return true;
}
