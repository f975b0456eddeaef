import { and, eq } from "drizzle-orm";
import { requireRole, requireUser, type ActingRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { seal } from "~/domain/kernel/sealing.server";
import { occurred } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { moveGoods, type Place } from "~/domain/books/moveGoods.server";
import { moveUnits } from "~/domain/needs/moveUnits.server";
import { recordEvent } from "~/journal/recordEvent.server";
import { lots } from "~db/schema/books";
import { deliveryItems, handovers } from "~db/schema/delivery";
import { needs } from "~db/schema/needs";
import { pledges } from "~db/schema/giving";
import { DELIVERY, type Delivery } from "./machine.server";
import { acknowledgeBy, findDelivery, itemsOf, remaining } from "./packDelivery.server";
import type { HandOverInput } from "./schemas";
import { secretHash } from "./showSecret.server";

type Item = typeof deliveryItems.$inferSelect;

/**
 * What happened at the door, written down by the assigned deliverer. Handed over: proven by the recipient's secret (QR or four
 * digits, five tries), by two witnesses, by a photo without faces, or for a group by its signed list; whole or part. Where the
 * deliverer also filed the wish, a second witness signs. Anything else (refused, not at home, damaged, died or moved) is a
 * normal outcome: the goods stay with the deliverer until they are brought back.
 *
 * @throws {DomainError} NOT_FOUND unless the assigned deliverer, SECRET_WRONG (the try is counted), SECRET_LOCKED,
 *   SECOND_WITNESS_NEEDED, PROOF_MISSING
 */
export async function handOver(ctx: UseCaseContext, deliveryId: string, input: HandOverInput): Promise<void> {
  const refusal = await inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    const { userId } = requireUser(ctx.actor);
    if (delivery.courierId !== userId) throw new DomainError("NOT_FOUND");
    if (delivery.state !== "dispatched") throw new DomainError("WRONG_STATE");
    const occurredAt = occurred(ctx.now(), input.occurredAt);
    if (input.outcome !== "handed_over") {
      await transition(tx, ctx, DELIVERY, delivery, "fail", { by: "courier", needId: delivery.needId, occurredAt, reason: input.outcome });
      await writeHandover(tx, ctx, delivery, input, occurredAt);
      return undefined;
    }
    const wrong = await wrongProof(tx, ctx, delivery, input);
    if (wrong) return wrong;
    await transition(tx, ctx, DELIVERY, delivery, "hand_over", { by: "courier", needId: delivery.needId, occurredAt, data: { proof: input.proof ?? null }, set: { confirmBy: await acknowledgeBy(tx, ctx) } });
    const handoverId = await writeHandover(tx, ctx, delivery, input, occurredAt);
    for (const item of await itemsOf(tx, deliveryId)) {
      const named = input.items.find((part) => part.itemId === item.id);
      await deliverItem(tx, ctx, { delivery, item, quantity: named?.quantity ?? remaining(item), handoverId, occurredAt });
    }
    return undefined;
  });
  // Thrown after the commit, so that the counted try is kept.
  if (refusal) throw refusal;
}

/** Undefined when the proof holds; a wrong secret costs a try that survives the refusal. */
async function wrongProof(tx: Transaction, ctx: UseCaseContext, delivery: Delivery, input: HandOverInput): Promise<DomainError | undefined> {
  await requireSecondWitness(tx, ctx, delivery, input);
  if (input.proof === "two_witnesses" && (input.witnessId === undefined || input.secondWitness === undefined)) throw new DomainError("PROOF_MISSING");
  if (input.proof === "photo" && input.fileId === undefined) throw new DomainError("PROOF_MISSING");
  if (input.proof === "signed_list" && input.secondWitness === undefined) throw new DomainError("PROOF_MISSING");
  if (input.proof === undefined) throw new DomainError("PROOF_MISSING");
  if (input.proof !== "secret") return undefined;

  const tries = await limit(tx, ctx, "secretTries");
  if (delivery.secretTries >= tries) throw new DomainError("SECRET_LOCKED");
  const given = secretHash(ctx, delivery.id, (input.secret ?? "").trim());
  if (delivery.secretHash !== null && (given === delivery.secretHash || given === delivery.digitsHash)) return undefined;
  await transition(tx, ctx, DELIVERY, delivery, "wrong_secret", { by: "courier", needId: delivery.needId, set: { secretTries: delivery.secretTries + 1 } });
  const left = tries - delivery.secretTries - 1;
  return left > 0 ? new DomainError("SECRET_WRONG", { left }) : new DomainError("SECRET_LOCKED");
}

/** Nobody proves alone the delivery of a wish that they filed themselves. */
async function requireSecondWitness(tx: Transaction, ctx: UseCaseContext, delivery: Delivery, input: HandOverInput): Promise<void> {
  const [need] = await tx.select({ filedBy: needs.filedBy }).from(needs).where(eq(needs.id, delivery.needId));
  const { userId } = requireUser(ctx.actor);
  if (input.witnessId === userId) throw new DomainError("SECOND_WITNESS_NEEDED");
  if (need?.filedBy === userId && input.witnessId === undefined) throw new DomainError("SECOND_WITNESS_NEEDED");
}

async function writeHandover(tx: Transaction, ctx: UseCaseContext, delivery: Delivery, input: HandOverInput, occurredAt: Date): Promise<string> {
  const id = ctx.newId();
  const done = input.outcome === "handed_over";
  await tx.insert(handovers).values({
    id,
    deliveryId: delivery.id,
    outcome: input.outcome,
    proof: done ? (input.proof ?? null) : null,
    deliveredBy: requireUser(ctx.actor).userId,
    witnessedBy: done ? (input.witnessId ?? null) : null,
    secondWitnessSealed: input.secondWitness === undefined ? null : seal(ctx.keys, `handover.second_witness:${id}`, input.secondWitness),
    fileId: input.fileId ?? null,
    occurredAt,
    createdAt: ctx.now(),
  });
  return id;
}

type Step = Readonly<{ delivery: Delivery; item: Item; quantity: bigint; occurredAt?: Date }>;

async function deliverItem(tx: Transaction, ctx: UseCaseContext, { delivery, item, quantity, handoverId, occurredAt }: Step & { handoverId: string; occurredAt: Date }): Promise<void> {
  if (quantity > remaining(item)) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(remaining(item)) });
  if (quantity === 0n) return;
  await moveGoods(tx, ctx, { lotId: item.lotId, from: { kind: "courier", id: delivery.id }, to: { kind: "recipient" }, quantity, source: { type: "handover", id: handoverId }, occurredAt });
  const units = await moveUnits(tx, item.lineId, "in_hub", "delivered", quantity);
  await stepItem(tx, ctx, { delivery, item, event: "hand_over", by: "courier", units, occurredAt, set: { deliveredQuantity: item.deliveredQuantity + quantity } });
}

/** Writes an item's counts and its journal row, compare-and-set on its version. */
async function stepItem(
  tx: Transaction,
  ctx: UseCaseContext,
  { delivery, item, event, by, units, occurredAt, reason, set }: { delivery: Delivery; item: Item; event: string; by: ActingRole; units?: Awaited<ReturnType<typeof moveUnits>>; occurredAt?: Date; reason?: string; set: Partial<Item> },
): Promise<void> {
  const version = item.version + 1;
  const moved = await tx
    .update(deliveryItems)
    .set({ ...set, version })
    .where(and(eq(deliveryItems.id, item.id), eq(deliveryItems.version, item.version)))
    .returning({ id: deliveryItems.id });
  if (moved.length === 0) throw new DomainError("CHANGED_MEANWHILE");
  await recordEvent(tx, ctx, {
    entity: "delivery_item",
    entityId: item.id,
    entityVersion: version,
    event: `delivery_item.${event}`,
    fromState: null,
    toState: null,
    by,
    needId: delivery.needId,
    ...(await giftOf(tx, item)),
    ...(units ? { units } : {}),
    ...(occurredAt ? { occurredAt } : {}),
    ...(reason ? { reason } : {}),
  });
}

async function giftOf(tx: Transaction, item: Item): Promise<{ giftId?: string }> {
  const [row] = await tx.select({ giftId: pledges.giftId }).from(lots).innerJoin(pledges, eq(pledges.id, lots.pledgeId)).where(eq(lots.id, item.lotId));
  return row ? { giftId: row.giftId } : {};
}

/**
 * What the deliverer still has comes back to the point or is gone, after a failed attempt or a part handover. Brought back, the
 * goods stand in the store for the same line, ready to be packed again; lost, they leave the books for `lost`, the line is open
 * again and its donors are told.
 */
export async function endAttempt(ctx: UseCaseContext, deliveryId: string, how: "bring_back" | "lose", reason?: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    const by = endingRole(ctx, delivery, how);
    const leftover = delivery.state === "handed_over" || delivery.state === "confirmed";
    const journalId = leftover ? ctx.newId() : (await transition(tx, ctx, DELIVERY, delivery, how, { by, needId: delivery.needId, ...(reason ? { reason } : {}) })).journalId;
    const to: Place = how === "lose" ? { kind: "lost" } : { kind: "point", id: delivery.pointId };
    for (const item of await itemsOf(tx, deliveryId)) {
      const quantity = remaining(item);
      if (quantity === 0n) continue;
      await moveGoods(tx, ctx, { lotId: item.lotId, from: { kind: "courier", id: delivery.id }, to, quantity, source: { type: how, id: journalId }, ...(reason ? { reason } : {}) });
      const units = how === "lose" ? await moveUnits(tx, item.lineId, "in_hub", "open", quantity) : undefined;
      const set = how === "lose" ? { lostQuantity: item.lostQuantity + quantity } : { returnedQuantity: item.returnedQuantity + quantity };
      await stepItem(tx, ctx, { delivery, item, event: how, by, set, ...(units ? { units } : {}), ...(reason ? { reason } : {}) });
    }
  });
}

function endingRole(ctx: UseCaseContext, delivery: Delivery, how: "bring_back" | "lose"): ActingRole {
  const role = how === "lose" ? "operator" : "storekeeper";
  requireRole(ctx.actor, role, how === "lose" ? undefined : { kind: "point", id: delivery.pointId });
  return role;
}
