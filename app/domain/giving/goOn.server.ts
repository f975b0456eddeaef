import { and, asc, eq, gte, ne, sql } from "drizzle-orm";
import { moveUnits } from "~/domain/books/moveUnits.server";
import type { ActingRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { recordBirth } from "~/domain/kernel/transition.server";
import { gifts, pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { ownGift } from "./confirmGift.server";
import { PLEDGE, type Pledge } from "./machine.server";

/**
 * After a wish was taken down: what was promised for it goes on to the next oldest wish for the same kind of
 * thing, if its donor chose so at confirmation. Runs after the end of the wish is committed; safe to repeat
 * and to race.
 */
export async function goOnWithNextOldest(
  ctx: UseCaseContext,
  event: Pick<JournalRow, "entityId">,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ pledge: pledges, ifGone: gifts.ifGone })
      .from(pledges)
      .innerJoin(gifts, eq(gifts.id, pledges.giftId))
      .where(eq(pledges.id, event.entityId))
      .for("update", { of: pledges });
    if (row?.ifGone === "next_oldest") await goOn(tx, ctx, row.pledge, "system");
  });
}

/**
 * The same, on the donor's word: they were asked, and let it go on.
 * @throws {DomainError} NOT_FOUND for somebody else's, WRONG_STATE when it went on already or did not end
 *   with its wish, NOTHING_LIKE_IT when no wish waits for this kind of thing
 */
export async function goOnAfterAll(ctx: UseCaseContext, giftCode: string, pledgeId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const gift = await ownGift(tx, ctx, giftCode);
    const [pledge] = await tx
      .select()
      .from(pledges)
      .where(and(eq(pledges.id, pledgeId), eq(pledges.giftId, gift.id)))
      .for("update");
    if (!pledge) throw new DomainError("NOT_FOUND");
    const outcome = await goOn(tx, ctx, pledge, "donor");
    if (outcome === "not gone")
      throw new DomainError("WRONG_STATE", { state: pledge.state, event: "retarget" });
    if (outcome === "nothing like it") throw new DomainError("NOTHING_LIKE_IT");
  });
}

async function goOn(
  tx: Transaction,
  ctx: UseCaseContext,
  pledge: Pledge,
  by: ActingRole,
): Promise<"went on" | "not gone" | "nothing like it"> {
  const left = await unitsLeftOver(tx, pledge);
  if (left === 0n) return "not gone";
  const taken = await takeNextOldest(tx, pledge, left);
  if (!taken) return "nothing like it";
  const { line, units } = taken;
  const soonest = plusDays(ctx.now(), await limit(tx, ctx, "revokeDaysAfterDue"));
  const dueAt = pledge.dueAt !== null && pledge.dueAt > soonest ? pledge.dueAt : soonest;
  const next = { id: ctx.newId(), state: "confirmed" as const };
  const { giftId, donorId, kind, courierName, waybill, sentAt } = pledge;

  await tx.insert(pledges).values({
    ...next,
    ...{ giftId, donorId, kind, courierName, waybill, sentAt, dueAt },
    needId: line.needId,
    lineId: line.id,
    quantity: left,
    unitPriceFen: line.unitPriceFen,
    confirmedAt: ctx.now(),
    createdAt: ctx.now(),
    retargetedFrom: pledge.id,
  });

  await recordBirth(tx, ctx, PLEDGE, next, "retarget", { by, needId: line.needId, giftId, units });
  return "went on";
}

/**
 * The units that fell back when the wish ended; none when the promise ended otherwise, was never confirmed,
 * or went on already.
 */
async function unitsLeftOver(tx: Transaction, pledge: Pledge): Promise<bigint> {
  if (pledge.kind === "money" || pledge.state !== "cancelled" || pledge.confirmedAt === null) return 0n;
  const [gone] = await tx
    .select({ quantity: journal.quantity })
    .from(journal)
    .where(
      and(
        eq(journal.entity, "pledge"),
        eq(journal.entityId, pledge.id),
        eq(journal.event, "pledge.target_gone"),
      ),
    );
  const [already] = await tx
    .select({ id: pledges.id })
    .from(pledges)
    .where(eq(pledges.retargetedFrom, pledge.id));
  return already ? 0n : (gone?.quantity ?? 0n);
}

/** Takes the units; where somebody else was faster, of the next one. */
async function takeNextOldest(tx: Transaction, pledge: Pledge, quantity: bigint) {
  for (;;) {
    const line = await nextOldest(tx, pledge, quantity);
    if (!line) return undefined;
    try {
      return { line, units: await moveUnits(tx, line.id, "open", "pledged", quantity) };
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "NOT_ENOUGH_LEFT")) throw error;
    }
  }
}

/**
 * The wish that waits longest for as many of the same kind of thing; first in the same town, where the things
 * are brought anyway.
 */
async function nextOldest(tx: Transaction, pledge: Pledge, quantity: bigint) {
  const [was] = await tx
    .select({ objectKind: needLines.objectKind, townCode: needs.townCode })
    .from(needLines)
    .innerJoin(needs, eq(needs.id, needLines.needId))
    .where(eq(needLines.id, pledge.lineId));
  if (!was?.objectKind) return undefined;
  const [line] = await tx
    .select({ id: needLines.id, needId: needLines.needId, unitPriceFen: needLines.unitPriceFen })
    .from(publicNeeds)
    .innerJoin(needs, eq(needs.id, publicNeeds.needId))
    .innerJoin(needLines, eq(needLines.needId, needs.id))
    .where(
      and(
        eq(publicNeeds.isOpen, true),
        eq(needs.state, "published"),
        eq(needLines.accepts, true),
        eq(needLines.objectKind, was.objectKind),
        ne(needs.id, pledge.needId),
        gte(needLines.open, quantity),
      ),
    )
    .orderBy(sql`${needs.townCode} <> ${was.townCode}`, asc(publicNeeds.publishedAt), asc(needLines.id))
    .limit(1);
  return line;
}
