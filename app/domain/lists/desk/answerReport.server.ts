import { eq } from "drizzle-orm";
import type { z } from "zod";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { transition } from "~/domain/kernel/transition.server";
import { itemReports } from "~db/schema/directory";
import { requireListKeeper } from "./listKeeper.server";
import { ITEM_REPORT } from "./machines.server";
import type { AnswerReportInput } from "./reportSchemas";

/**
 * Ends a report: the item was put right, or was right as it stood. Its words have then done their work and
 * are gone.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND, WRONG_STATE or CHANGED_MEANWHILE when somebody settled it
 *   already
 */
export async function answerReport(
  ctx: UseCaseContext,
  { reportId, outcome }: z.infer<typeof AnswerReportInput>,
): Promise<void> {
  const { userId } = requireListKeeper(ctx);

  await inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(itemReports).where(eq(itemReports.id, reportId));
    if (!row) throw new DomainError("NOT_FOUND");
    await transition(tx, ctx, ITEM_REPORT, row, outcome, {
      by: "operator",
      data: { item: row.itemCode, kind: row.kind },
      set: { wordsSealed: null, dueAt: null, settledBy: userId, settledAt: ctx.now() },
    });
  });
}
