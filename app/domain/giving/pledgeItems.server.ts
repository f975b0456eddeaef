import { and, eq, inArray, sql } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { plusHours } from "~/domain/kernel/time";
import { recordBirth } from "~/domain/kernel/transition.server";
import { moveUnits } from "~/domain/needs/moveUnits.server";
import { gifts, pledges } from "~db/schema/giving";
import { donorProfiles } from "~db/schema/identity";
import { needLines } from "~db/schema/needs";
import { PLEDGE } from "./machine.server";
import type { PledgeItemsInput } from "./schemas";

export type PledgeAnswer = Readonly<{ giftCode: string; held: number; gone: readonly { lineId: string; left: number }[] }>;

/**
 * Holds what is in the basket for the donor until they confirm (24 hours): one gift with one code, one pledge a line.
 *
 * Lines are taken in id order in one transaction, each by one conditional UPDATE: safe to race, nothing is promised twice, and
 * two baskets with the same lines cannot block each other. What is gone is named in the answer and left out; the rest is held.
 * Copies the unit price (fen) onto the pledge. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ENOUGH_LEFT when nothing of it is left, TOO_MANY_HOLDS over a person's live units,
 *   REQUEST_KEY_REUSED, SIGN_IN_NEEDED
 */
export async function pledgeItems(ctx: UseCaseContext, input: PledgeItemsInput): Promise<PledgeAnswer> {
  const donor = requireUser(ctx.actor);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "pledgeItems", input, async () => {
      const wanted = mergeSameLines(input.lines);
      await requireRoomForHolds(
        tx,
        ctx,
        donor.userId,
        wanted.reduce((sum, line) => sum + line.quantity, 0n),
      );
      const giftId = ctx.newId();
      const giftCode = makeCode("G", ctx.randomBytes(6));
      await tx.insert(gifts).values({ id: giftId, code: giftCode, donorId: donor.userId, kind: "goods", createdAt: ctx.now() });
      const holdUntil = plusHours(ctx.now(), await limit(tx, ctx, "holdHours"));

      const gone: { lineId: string; left: number }[] = [];
      let held = 0;
      for (const { lineId, quantity } of wanted) {
        const left = await hold(tx, ctx, { giftId, donorId: donor.userId, lineId, quantity, holdUntil });
        if (left === undefined) held += 1;
        else gone.push({ lineId, left });
      }
      if (held === 0) throw new DomainError("NOT_ENOUGH_LEFT", { left: gone[0]?.left ?? 0 });
      return { giftCode, held, gone };
    }),
  );
}

function mergeSameLines(lines: PledgeItemsInput["lines"]): { lineId: string; quantity: bigint }[] {
  const byLine = new Map<string, bigint>();
  for (const { lineId, quantity } of lines) byLine.set(lineId, (byLine.get(lineId) ?? 0n) + quantity);
  return [...byLine].map(([lineId, quantity]) => ({ lineId, quantity })).sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
}

/** Takes the units and writes the pledge; answers with what is left when there are not enough. */
async function hold(
  tx: Transaction,
  ctx: UseCaseContext,
  wanted: { giftId: string; donorId: string; lineId: string; quantity: bigint; holdUntil: Date },
): Promise<number | undefined> {
  const [line] = await tx.select({ needId: needLines.needId, kind: needLines.kind, unitPriceFen: needLines.unitPriceFen }).from(needLines).where(eq(needLines.id, wanted.lineId));
  if (!line || line.kind === "money") throw new DomainError("NOT_FOUND");
  try {
    const units = await moveUnits(tx, wanted.lineId, "open", "held", wanted.quantity);
    const pledge = { id: ctx.newId(), state: "promised" as const };
    await tx.insert(pledges).values({ ...pledge, ...wanted, needId: line.needId, kind: line.kind, unitPriceFen: line.unitPriceFen, createdAt: ctx.now() });
    await recordBirth(tx, ctx, PLEDGE, pledge, "hold", { by: "donor", needId: line.needId, giftId: wanted.giftId, units });
    return undefined;
  } catch (error) {
    // The UPDATE matched no row, so the transaction is whole and goes on with the next line.
    if (error instanceof DomainError && error.code === "NOT_ENOUGH_LEFT") return Number(error.params["left"] ?? 0);
    throw error;
  }
}

/** A person may hold so many units at a time; a verified company any number. One donor's baskets queue here, so two tabs cannot both slip under the limit. */
async function requireRoomForHolds(tx: Transaction, ctx: UseCaseContext, donorId: string, wanted: bigint): Promise<void> {
  const [profile] = await tx.select().from(donorProfiles).where(eq(donorProfiles.userId, donorId)).for("update");
  if (profile?.companyVerifiedAt != null) return;
  const max = BigInt(await limit(tx, ctx, "liveHoldUnits"));
  const [row] = await tx
    .select({ held: sql<string>`coalesce(sum(${pledges.quantity}), 0)` })
    .from(pledges)
    .where(and(eq(pledges.donorId, donorId), inArray(pledges.state, ["promised"])));
  if (BigInt(row?.held ?? 0) + wanted > max) throw new DomainError("TOO_MANY_HOLDS", { max: Number(max) });
}
