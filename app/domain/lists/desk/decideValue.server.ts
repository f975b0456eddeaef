import { eq } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { transition } from "~/domain/kernel/transition.server";
import { listParameters } from "~db/schema/directory";
import { requireListKeeper } from "./listKeeper.server";
import { LIST_PARAMETER } from "./machines.server";

async function proposalById(tx: Transaction, id: string) {
  const [row] = await tx.select().from(listParameters).where(eq(listParameters.id, id));
  if (!row) throw new DomainError("NOT_FOUND");
  return row;
}

/**
 * A second person approves a proposed value: it holds from its day on. Of two who do so at once, one is told.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND, FOUR_EYES for who proposed it, VALUE_DATED_ALREADY,
 *   WRONG_STATE, CHANGED_MEANWHILE
 */
export async function approveValue(ctx: UseCaseContext, id: string): Promise<void> {
  const { userId } = requireListKeeper(ctx);

  await inTransaction(ctx, async (tx) => {
    const row = await proposalById(tx, id);
    if (row.proposedBy === userId) throw new DomainError("FOUR_EYES");
    await transition(tx, ctx, LIST_PARAMETER, row, "approve", {
      by: "operator",
      data: { code: row.code, value: row.value },
      set: { approvedBy: userId },
    });
  });
}

/**
 * Takes a proposal back, one's own or another's. @throws {DomainError} NOT_ALLOWED, NOT_FOUND, WRONG_STATE,
 * CHANGED_MEANWHILE
 */
export async function withdrawValue(ctx: UseCaseContext, id: string): Promise<void> {
  requireListKeeper(ctx);
  await inTransaction(ctx, async (tx) => {
    const row = await proposalById(tx, id);
    await transition(tx, ctx, LIST_PARAMETER, row, "withdraw", { by: "operator", data: { code: row.code } });
  });
}
