import { and, eq } from "drizzle-orm";
import { answerBy } from "~/domain/kernel/answerBy.server";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { countTry, networkOf } from "~/domain/kernel/rate.server";
import { keyedHashes, seal } from "~/domain/kernel/sealing.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { itemReports, listItems } from "~db/schema/directory";
import { ITEM_REPORT } from "./machines.server";
import type { ReportInput } from "./reportSchemas";

export const wordsPlace = (reportId: string): string => `item_report.words:${reportId}`;

/**
 * Anybody says that something about a published item is wrong. Words are sealed: people write their own
 * troubles into such forms. Has its day (answerWorkingDays, R-037). Safe to repeat with the same request key.
 * @param clientAddress counted, as a keyed hash only, so that nobody floods the queue
 * @throws {DomainError} NOT_FOUND, TOO_MANY_REQUESTS past reportsPerHour from one address
 */
export async function reportItem(
  ctx: UseCaseContext,
  {
    itemCode,
    clientAddress,
    kind,
    words,
    requestKey,
  }: ReportInput & { itemCode: string; clientAddress: string },
): Promise<void> {
  const [known] = await ctx.db
    .select({ code: listItems.code })
    .from(listItems)
    .where(and(eq(listItems.code, itemCode), eq(listItems.state, "published")));
  if (!known) throw new DomainError("NOT_FOUND");
  const [earlier] = await ctx.db
    .select({ id: itemReports.id })
    .from(itemReports)
    .where(eq(itemReports.id, requestKey));
  if (earlier) return;
  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "item-report", networkOf(clientAddress)),
    windowMinutes: 60,
    most: await limit(ctx.db, ctx, "reportsPerHour"),
  });

  await inTransaction(ctx, async (tx) => {
    const report = { id: requestKey, state: "open" as const };
    const added = await tx
      .insert(itemReports)
      .values({
        ...report,
        itemCode,
        kind,
        wordsSealed: words === undefined ? null : seal(ctx.keys, wordsPlace(report.id), words),
        createdAt: ctx.now(),
        dueAt: await answerBy(tx, ctx),
      })
      .onConflictDoNothing()
      .returning({ id: itemReports.id });
    if (added.length > 0)
      await recordBirth(tx, ctx, ITEM_REPORT, report, "report", {
        by: "visitor",
        data: { item: itemCode, kind },
      });
  });
}
