import { and, asc, eq, inArray } from "drizzle-orm";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { giveBack } from "~/domain/giving/giveBack.server";
import { standing } from "~/domain/giving/states";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { transition } from "~/domain/kernel/transition.server";
import { namedFindings } from "~/domain/needs/guard/findings";
import { NEED } from "~/domain/needs/machine.server";
import { findNeed, linesOf } from "~/domain/needs/need.server";
import type { CloseOrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { closeLines, findingsIn, publishReport } from "~/domain/needs/publishNeed.server";
import { boundFen } from "~/domain/payments/spendings.server";
import { openTargetGone } from "~/domain/payments/tasks.server";
import { pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";

/**
 * An operator ends an organisation's need with a report that everybody reads. What was paid and not spent
 * stays with the charity until its donors say what becomes of it (a task for finance each); what nobody gave
 * is asked for no longer. Nothing may be under way: things that were promised or stand in the store, payment
 * pages, spendings that wait for a second person.
 *
 * @throws {DomainError} NOT_FOUND for a wish, NOT_ALLOWED, STILL_ON_ITS_WAY with `n` lines, PUBLISH_GUARD,
 *   WRONG_STATE
 */
export async function closeOrganisationNeed(
  ctx: UseCaseContext,
  needId: string,
  { report }: CloseOrganisationNeedInput,
): Promise<void> {
  requireRole(ctx.actor, "operator");
  await inTransaction(ctx, async (tx) => {
    // Closing the lines first queues this behind every pledge that is being made, and turns away those that
    // come after.
    await closeLines(tx, needId);
    const need = await findNeed(tx, needId);
    if (need.kind !== "organisation_need") throw new DomainError("NOT_FOUND");
    const findings = await findingsIn(tx, ctx, need, { title: "", story: report, pseudonym: undefined });
    if (findings.length > 0) throw new DomainError("PUBLISH_GUARD", namedFindings(findings));
    const paid = await tx
      .select()
      .from(pledges)
      .where(
        and(
          inArray(pledges.lineId, linesOf(tx, needId)),
          eq(pledges.kind, "money"),
          inArray(pledges.state, ["paid"]),
        ),
      )
      .orderBy(asc(pledges.lineId), asc(pledges.id))
      .for("update");
    const before = await tx
      .select()
      .from(needLines)
      .where(eq(needLines.needId, needId))
      .orderBy(asc(needLines.id));
    const moneyLines = new Set(before.filter((line) => line.kind === "money").map((line) => line.id));
    const bound = await Promise.all(paid.map((pledge) => boundFen(tx, pledge.id)));
    const underWay = before.filter(
      (line) => line.held > 0n || (!moneyLines.has(line.id) && line.pledged + line.inHub > 0n),
    ).length;
    if (underWay > 0 || bound.some((fen) => fen > 0n))
      throw new DomainError("STILL_ON_ITS_WAY", { n: Math.max(underWay, 1) });
    for (const pledge of paid.filter((one) => moneyLines.has(one.lineId) && standing(one) > 0n)) {
      await giveBack(tx, ctx, pledge, {
        event: "return_part",
        by: "operator",
        quantity: standing(pledge),
        reason: "target_gone",
      });

      await openTargetGone(tx, ctx, pledge.id);
    }

    const lines = await tx
      .select()
      .from(needLines)
      .where(eq(needLines.needId, needId))
      .orderBy(asc(needLines.id));

    for (const line of lines.filter((one) => one.open > 0n)) {
      const units = await moveUnits(tx, line.id, "open", "waived", line.open, { evenIfClosed: true });

      await recordEvent(tx, ctx, {
        entity: "need_line",
        entityId: line.id,
        entityVersion: 1,
        event: "need.waive",
        fromState: null,
        toState: null,
        by: "operator",
        needId,
        units,
      });
    }

    await transition(tx, ctx, NEED, need, "close", { by: "operator", needId });
    await publishReport(tx, needId, report);
  });
}
