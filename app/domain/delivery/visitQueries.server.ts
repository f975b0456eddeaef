import { and, asc, desc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import { unsealText } from "~/domain/households/sealedText.server";
import { requireRole, requireUser, scopeIds } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { correctionsOf } from "~/domain/kernel/moments/entries.server";
import { openedOn } from "~/domain/kernel/opened";
import { pageOf } from "~/domain/kernel/page";
import { feedbacks, serviceVisits } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { towns, unitsOfMeasure } from "~db/schema/reference";
import { placeOfWords } from "./feedback.server";

const A_LIST = 100;
/** How many past visits are shown, for whoever finds out late that a moment was written down wrong. */
const LAST_DONE = 20;

/** A promised service that is to be done. */
const TO_DO = {
  id: pledges.id,
  quantity: pledges.quantity,
  settled: pledges.settled,
  givenBack: pledges.givenBack,
  dueAt: pledges.dueAt,
  arrangedFor: pledges.arrangedFor,
} as const;

/** A service that was done. */
const VISIT = {
  id: serviceVisits.id,
  state: serviceVisits.state,
  quantity: serviceVisits.quantity,
  doneOn: serviceVisits.doneOn,
  providerName: serviceVisits.providerName,
  occurredAt: serviceVisits.occurredAt,
} as const;

/**
 * Promised services of the caller's towns: what is to be done, due first in front; what waits for the
 * recipient's word; and what had it last.
 */
export async function servicesPage(ctx: UseCaseContext) {
  const { userId } = requireUser(ctx.actor);
  const townCodes = [...scopeIds(ctx.actor, "caseworker"), ...scopeIds(ctx.actor, "town_reviewer")];
  if (townCodes.length === 0) throw new DomainError("NOT_ALLOWED");
  const fields = {
    itemHans: needLines.itemHans,
    itemHant: needLines.itemHant,
    unit: unitsOfMeasure,
    needCode: needs.code,
  };
  const visits = () =>
    ctx.db
      .select({ visit: VISIT, recordedBy: serviceVisits.recordedBy, donorId: pledges.donorId, ...fields })
      .from(serviceVisits)
      .innerJoin(pledges, eq(pledges.id, serviceVisits.pledgeId))
      .innerJoin(needLines, eq(needLines.id, serviceVisits.lineId))
      .innerJoin(needs, eq(needs.id, needLines.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode));
  const [toDo, toAccept, over] = await Promise.all([
    ctx.db
      .select({ pledge: TO_DO, ...fields })
      .from(pledges)
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .where(
        and(
          eq(pledges.kind, "service"),
          eq(pledges.state, "confirmed"),
          inArray(needs.townCode, townCodes),
          sql`${pledges.settled} + ${pledges.givenBack} < ${pledges.quantity}`,
        ),
      )
      .orderBy(asc(pledges.dueAt), asc(pledges.id))
      .limit(A_LIST),
    visits()
      .where(and(eq(serviceVisits.state, "done"), inArray(needs.townCode, townCodes)))
      .orderBy(asc(serviceVisits.id))
      .limit(A_LIST),
    visits()
      .where(and(ne(serviceVisits.state, "done"), inArray(needs.townCode, townCodes)))
      .orderBy(desc(serviceVisits.id))
      .limit(LAST_DONE),
  ]);
  const corrections = await correctionsOf(
    ctx.db,
    "service_visit",
    [...toAccept, ...over].map(({ visit }) => visit.id),
  );
  const withCorrections = ({ donorId, recordedBy, ...row }: (typeof over)[number]) => ({
    ...row,
    mine: recordedBy === userId || donorId === userId,
    corrections: corrections.filter(({ of }) => of === row.visit.id),
  });
  return { toDo, toAccept: toAccept.map(withCorrections), over: over.map(withCorrections) };
}

const FEEDBACK_A_PAGE = 50;

/**
 * Feedback that waits to be read by a second person, with its words in the clear for that person: oldest
 * first, by key, of one town or of the wish of a code where asked so.
 */
export async function feedbackQueue(
  ctx: UseCaseContext,
  {
    code,
    town,
    after,
  }: Readonly<{ code?: string | undefined; town?: string | undefined; after?: string | undefined }> = {},
) {
  const { userId } = requireRole(ctx.actor, "operator");
  const found = await ctx.db
    .select({
      feedback: feedbacks,
      need: { id: needs.id, householdId: needs.householdId, code: needs.code },
      town: { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
    })
    .from(feedbacks)
    .innerJoin(needs, eq(needs.id, feedbacks.needId))
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .where(
      and(
        eq(feedbacks.state, "heard"),
        code === undefined ? undefined : eq(needs.code, code),
        town === undefined ? undefined : eq(needs.townCode, town),
        after === undefined ? undefined : gt(feedbacks.id, after),
      ),
    )
    .orderBy(asc(feedbacks.id))
    .limit(FEEDBACK_A_PAGE + 1);
  const { rows, next } = pageOf(found, FEEDBACK_A_PAGE, (last) => last.feedback.id);
  const read = await inTransaction(ctx, (tx) =>
    Promise.all(
      rows.map(async ({ feedback, need, town: ofTown }) => {
        const words =
          feedback.wordsSealed === null
            ? undefined
            : await unsealText(tx, ctx, need, placeOfWords(feedback.id), feedback.wordsSealed);
        const stored = {
          values: { feedbackId: feedback.id, publicWords: words ?? "" },
          opened: openedOn(feedback.version),
        };
        return {
          id: feedback.id,
          stored,
          rating: feedback.rating,
          at: feedback.occurredAt,
          needCode: need.code,
          town: ofTown,
          words,
          mine: feedback.recordedBy === userId,
        };
      }),
    ),
  );
  return { rows: read, next };
}
