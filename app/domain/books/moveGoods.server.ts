import { and, eq, gte, sql } from "drizzle-orm";
import { actorId } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { shanghaiDay } from "~/domain/kernel/time";
import { goodsMoves, lotStock, type PlaceKind } from "~db/schema/books";

/**
 * A place of the goods book. Points and couriers have an id (a courier's place is the delivery they carry);
 * the ends of the world have none.
 */
export type GoodsPlace = Readonly<
  { kind: "point" | "courier"; id: string } | { kind: Exclude<PlaceKind, "point" | "courier"> }
>;

export const placeCode = (place: GoodsPlace): string =>
  "id" in place ? `${place.kind}:${place.id}` : place.kind;

/** Where goods come from; everywhere else a lot can only leave what it brought there. */
const ORIGINS: ReadonlySet<PlaceKind> = new Set(["donor", "supplier", "split"]);

export type GoodsEvent = Readonly<{
  lotId: string;
  from: GoodsPlace;
  to: GoodsPlace;
  quantity: bigint;
  /** What caused it; the same source moves the same lot between the same places once. */
  source: Readonly<{ type: string; id: string }>;
  /** A coded reason, never words of a person. */
  reason?: string | undefined;
  occurredAt?: Date | undefined;
}>;

/**
 * Writes one move of a lot into the goods book, and brings the stock of both places along: the place it
 * leaves by one conditional UPDATE, so that no place ever holds less than nothing, with any number of movers
 * at once.
 *
 * Safe to repeat: the same source moves the same lot between the same places once.
 *
 * What a proposal keeps (`reserved`) is not free to leave. Where goods go back to where lots come from, by a
 * counter-entry, the world has them: no stock is kept there.
 *
 * @returns false when this source moved it already: nothing was written, and that is no fault
 * @throws {DomainError} NOT_ENOUGH_LEFT with `left`, the units that the place still has free
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
    .onConflictDoNothing({
      target: [
        goodsMoves.sourceType,
        goodsMoves.sourceId,
        goodsMoves.lotId,
        goodsMoves.fromPlace,
        goodsMoves.toPlace,
      ],
    })
    .returning({ id: goodsMoves.id });

  if (written.length === 0) {
    await requireSameMove(tx, event, { from, to });
    return false;
  }

  if (!ORIGINS.has(event.from.kind)) await take(tx, event.lotId, from, event.quantity);
  if (event.to.kind === "donor" || event.to.kind === "supplier") return true;
  await tx
    .insert(lotStock)
    .values({ lotId: event.lotId, place: to, quantity: event.quantity })
    .onConflictDoUpdate({
      target: [lotStock.lotId, lotStock.place],
      set: { quantity: sql`${lotStock.quantity} + ${event.quantity}`, version: sql`${lotStock.version} + 1` },
    });

  return true;
}

async function take(tx: Transaction, lotId: string, place: string, quantity: bigint): Promise<void> {
  const here = and(eq(lotStock.lotId, lotId), eq(lotStock.place, place));
  const taken = await tx
    .update(lotStock)
    .set({ quantity: sql`${lotStock.quantity} - ${quantity}`, version: sql`${lotStock.version} + 1` })
    .where(and(here, gte(sql`${lotStock.quantity} - ${lotStock.reserved}`, quantity)))
    .returning({ place: lotStock.place });
  if (taken.length > 0) return;
  const [row] = await tx
    .select({ quantity: lotStock.quantity, reserved: lotStock.reserved })
    .from(lotStock)
    .where(here);
  throw new DomainError("NOT_ENOUGH_LEFT", { left: Number((row?.quantity ?? 0n) - (row?.reserved ?? 0n)) });
}

/** One source that says two different quantities is a bug of ours, never an answer. */
async function requireSameMove(
  tx: Transaction,
  event: GoodsEvent,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const [earlier] = await tx
    .select({ quantity: goodsMoves.quantity })
    .from(goodsMoves)
    .where(
      and(
        eq(goodsMoves.sourceType, event.source.type),
        eq(goodsMoves.sourceId, event.source.id),
        eq(goodsMoves.lotId, event.lotId),
        eq(goodsMoves.fromPlace, from),
        eq(goodsMoves.toPlace, to),
      ),
    );
  if (earlier?.quantity !== event.quantity)
    throw new Error(
      `goods book: ${event.source.type} ${event.source.id} moved lot ${event.lotId} before with another quantity`,
    );
}
