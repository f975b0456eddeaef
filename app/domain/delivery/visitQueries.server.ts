import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { requireRole, requireUser, scopeIds } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { householdKey } from "~/domain/households/registerHousehold.server";
import { unsealUnder } from "~/domain/kernel/sealing.server";
import { feedbacks, serviceVisits } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { unitsOfMeasure } from "~db/schema/reference";

/** Promised services of the caller's towns: what is to be done, and what waits for the recipient's word. */
export async function servicesPage(ctx: UseCaseContext) {
  const { userId } = requireUser(ctx.actor);
  const townCodes = [...scopeIds(ctx.actor, "caseworker"), ...scopeIds(ctx.actor, "town_reviewer")];
  if (townCodes.length === 0) throw new DomainError("NOT_ALLOWED");
  const fields = { itemHans: needLines.itemHans, itemHant: needLines.itemHant, unit: unitsOfMeasure, needCode: needs.code };
  const [toDo, toAccept] = await Promise.all([
    ctx.db
      .select({ pledge: pledges, ...fields })
      .from(pledges)
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .where(
        and(eq(pledges.kind, "service"), eq(pledges.state, "confirmed"), inArray(needs.townCode, townCodes), sql`${pledges.settled} + ${pledges.givenBack} < ${pledges.quantity}`),
      )
      .orderBy(asc(pledges.id)),
    ctx.db
      .select({ visit: serviceVisits, ...fields })
      .from(serviceVisits)
      .innerJoin(needLines, eq(needLines.id, serviceVisits.lineId))
      .innerJoin(needs, eq(needs.id, needLines.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .where(and(eq(serviceVisits.state, "done"), inArray(needs.townCode, townCodes)))
      .orderBy(asc(serviceVisits.id)),
  ]);
  return { toDo, toAccept: toAccept.map((row) => ({ ...row, mine: row.visit.recordedBy === userId })) };
}

/** Feedback that waits to be read by a second person, with its words in the clear for that person. */
export async function feedbackQueue(ctx: UseCaseContext) {
  const { userId } = requireRole(ctx.actor, "operator");
  const rows = await ctx.db
    .select({ feedback: feedbacks, needCode: needs.code, householdId: needs.householdId })
    .from(feedbacks)
    .innerJoin(needs, eq(needs.id, feedbacks.needId))
    .where(eq(feedbacks.state, "heard"))
    .orderBy(asc(feedbacks.id))
    .limit(100);
  return inTransaction(ctx, (tx) =>
    Promise.all(
      rows.map(async ({ feedback, needCode, householdId }) => {
        const key = householdId === null ? undefined : await householdKey(tx, ctx, householdId);
        const words = key && feedback.wordsSealed !== null ? unsealUnder(key, `feedback.words:${feedback.id}`, feedback.wordsSealed) : undefined;
        return { id: feedback.id, rating: feedback.rating, at: feedback.occurredAt, needCode, words, mine: feedback.recordedBy === userId };
      }),
    ),
  );
}
