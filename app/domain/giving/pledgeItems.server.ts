import { type MovedUnits, moveUnits } from "~/domain/books/moveUnits.server";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { plusHours } from "~/domain/kernel/time";
import { recordBirths } from "~/domain/kernel/transition.server";
import { pledges } from "~db/schema/giving";
import { createGift } from "./gift.server";
import { requireRoomForHolds } from "./holds.server";
import { PLEDGE } from "./machine.server";
import type { PledgeItemsInput } from "./schemas";

export type PledgeAnswer = Readonly<{
  giftCode: string;
  held: number;
  gone: readonly { lineId: string; left: number }[];
}>;

/**
 * Holds what is in the basket for the donor until they confirm (`holdHours`): one gift with one code, one
 * pledge a line.
 *
 * Lines are taken in id order in one transaction, each by one conditional UPDATE: safe to race, nothing is
 * promised twice, and two baskets with the same lines cannot block each other. What is gone is named in the
 * answer and left out; the rest is held. Copies the unit price (fen) onto the pledge. Safe to repeat by
 * request key.
 *
 * @throws {DomainError} OTHER_LINE for a line of money, which is paid and not brought, NOT_ENOUGH_LEFT when
 *   nothing of it is left, TOO_MANY_HOLDS over a person's live units, REQUEST_KEY_REUSED, SIGN_IN_NEEDED
 */
export async function pledgeItems(ctx: UseCaseContext, input: PledgeItemsInput): Promise<PledgeAnswer> {
  const donor = requireUser(ctx.actor);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "pledgeItems", input, async () => {
      const wanted = mergeSameLines(input.lines);

      await requireRoomForHolds(tx, ctx, donor.userId, {
        units: wanted.reduce((sum, line) => sum + line.quantity, 0n),
      });

      const { giftId, giftCode } = await createGift(tx, ctx, { donorId: donor.userId, kind: "goods" });
      const holdUntil = plusHours(ctx.now(), await limit(tx, ctx, "holdHours"));

      const gone: { lineId: string; left: number }[] = [];
      const taken: MovedUnits[] = [];

      for (const { lineId, quantity } of wanted) {
        const units = await takeOpen(tx, lineId, quantity);
        if (typeof units === "number") gone.push({ lineId, left: units });
        else taken.push(units);
      }

      if (taken.length === 0) throw new DomainError("NOT_ENOUGH_LEFT", { left: gone[0]?.left ?? 0 });
      await writePledges(tx, ctx, { giftId, donorId: donor.userId, holdUntil }, taken);
      return { giftCode, held: taken.length, gone };
    }),
  );
}

function mergeSameLines(lines: PledgeItemsInput["lines"]): { lineId: string; quantity: bigint }[] {
  const byLine = new Map<string, bigint>();
  for (const { lineId, quantity } of lines) byLine.set(lineId, (byLine.get(lineId) ?? 0n) + quantity);
  return [...byLine]
    .map(([lineId, quantity]) => ({ lineId, quantity }))
    .sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
}

/** The units taken, or how many are left when there are not enough. */
async function takeOpen(tx: Transaction, lineId: string, quantity: bigint): Promise<MovedUnits | number> {
  try {
    return await moveUnits(tx, lineId, "open", "held", quantity);
  } catch (error) {
    // The UPDATE matched no row, so the transaction is whole and goes on with the next line.
    if (error instanceof DomainError && error.code === "NOT_ENOUGH_LEFT")
      return Number(error.params["left"] ?? 0);
    throw error;
  }
}

/**
 * One promise for each line that was taken: all in one statement, and their journal rows in another, however
 * many there are.
 */
async function writePledges(
  tx: Transaction,
  ctx: UseCaseContext,
  gift: { giftId: string; donorId: string; holdUntil: Date },
  taken: readonly MovedUnits[],
): Promise<void> {
  const held = taken.map(({ line, ...units }) => {
    const { needId, kind, unitPriceFen } = line;
    if (kind === "money") throw new DomainError("OTHER_LINE");
    const { lineId, quantity } = units;
    return {
      row: {
        ...gift,
        id: ctx.newId(),
        state: "promised" as const,
        needId,
        lineId,
        kind,
        quantity,
        unitPriceFen,
        createdAt: ctx.now(),
      },
      units,
    };
  });
  await tx.insert(pledges).values(held.map(({ row }) => row));
  const births = held.map(({ row, units }) => ({
    row,
    facts: { by: "donor" as const, needId: row.needId, giftId: gift.giftId, units },
  }));
  await recordBirths(tx, ctx, PLEDGE, "hold", births);
}
