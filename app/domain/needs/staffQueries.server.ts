import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { scopesHeld } from "~/domain/households/consents.server";
import { unsealWith } from "~/domain/households/sealedText.server";
import { holds, requireUser, scopeIds } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { correctionsOf, type MomentCorrection } from "~/domain/kernel/moments/entries.server";
import { pageOf } from "~/domain/kernel/page";
import { firstOfTowns } from "~/domain/kernel/waiting.server";
import { itemName } from "~/domain/lists/items.server";
import { organisationAt } from "~/domain/register/register.server";
import { aside } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { appUsers } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { needLines, needs } from "~db/schema/needs";
import { WAITS_FOR_CITY, WAITS_FOR_TOWN } from "~db/schema/needWaits";
import { towns, unitsOfMeasure } from "~db/schema/reference";
import { recipientRequests } from "~db/schema/requests";
import { capOf } from "./cap.server";
import { linesShown } from "./lineShown.server";
import { seesNeedsOf } from "./policy";
import { detailsWith, wordsWith } from "./words.server";

const A_PAGE = 50;

/** Which part of a list of work: one code, one town, and what comes behind a row. */
type WorkFilter = Readonly<{
  after?: string | undefined;
  town?: string | undefined;
  code?: string | undefined;
}>;

const OVER_CAP_APPROVED = sql<boolean>`${needs.overCapApprovedBy} is not null`;

/** A need as the lists of those who work on them name it. */
const summary = {
  id: needs.id,
  code: needs.code,
  kind: needs.kind,
  state: needs.state,
  townCode: needs.townCode,
  filedAt: needs.filedAt,
  reviewDueAt: needs.reviewDueAt,
  escalatedAt: needs.escalatedAt,
  wantedBy: needs.wantedBy,
  overCapReason: needs.overCapReason,
  overCapApproved: OVER_CAP_APPROVED,
  createdAt: needs.createdAt,
  item: needLines.itemHans,
  quantity: needLines.requested,
  lineKind: needLines.kind,
  unit: unitsOfMeasure.nameHans,
  town: towns,
};

const summaries = (ctx: UseCaseContext) =>
  ctx.db
    .select({ ...summary, mine: sql<boolean>`${needs.filedBy} = ${requireUser(ctx.actor).userId}` })
    .from(needs)
    .innerJoin(needLines, and(eq(needLines.needId, needs.id), eq(needLines.position, 1)))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .innerJoin(towns, eq(towns.code, needs.townCode));

const paged = <Row extends Readonly<{ id: string }>>(rows: readonly Row[]) =>
  pageOf(rows, A_PAGE, (last) => last.id);

/** What a caseworker filed, newest first, by key; only in the towns where they are one. */
export async function myFiledWishes(ctx: UseCaseContext, before?: string) {
  const { userId } = requireUser(ctx.actor);
  const townCodes = scopeIds(ctx.actor, "caseworker");
  if (townCodes.length === 0) throw new DomainError("NOT_ALLOWED");
  const rows = await summaries(ctx)
    .where(
      and(
        eq(needs.filedBy, userId),
        inArray(needs.townCode, townCodes),
        before === undefined ? undefined : lt(needs.id, before),
      ),
    )
    .orderBy(desc(needs.id))
    .limit(A_PAGE + 1);
  return paged(rows);
}

/**
 * What waits for a second and third person, what is due first in front, by key: for reviewers their town's
 * wishes, for the city what is verified, organisations' needs, and what a town left lying past its day.
 */
export async function reviewQueue(ctx: UseCaseContext, { after, town, code }: WorkFilter = {}) {
  const held = scopeIds(ctx.actor, "town_reviewer");
  const townCodes = town === undefined ? held : held.filter((own) => own === town);
  const isOperator = holds(ctx.actor, "operator");
  if (held.length === 0 && !isOperator) throw new DomainError("NOT_ALLOWED");
  const only = and(
    code === undefined ? undefined : sql`code = ${code}`,
    town === undefined ? undefined : sql`town_code = ${town}`,
  );
  const narrowed = only ? sql`and ${only}` : sql``;
  const beyond =
    after === undefined
      ? sql``
      : sql`and (review_due_at, id) > (select last.review_due_at, last.id from ${needs} last where last.id = ${after})`;
  const order = sql`review_due_at, id`;
  const most = A_PAGE + 1;
  const ofTowns = firstOfTowns({
    ofTown: sql`select id, review_due_at from ${needs} where town_code = town.code and ${WAITS_FOR_TOWN} ${narrowed} ${beyond}`,
    order,
    most,
    townCodes,
  });
  const ofCity = sql`(select id from ${needs} where ${WAITS_FOR_CITY} ${narrowed} ${beyond} order by ${order} limit ${most})`;
  const mine = [...(townCodes.length > 0 ? [ofTowns] : []), ...(isOperator ? [ofCity] : [])];
  if (mine.length === 0) return paged([]);
  return paged(
    await summaries(ctx)
      .where(inArray(needs.id, sql`(${sql.join(mine, sql` union `)})`))
      .orderBy(asc(needs.reviewDueAt), asc(needs.id))
      .limit(A_PAGE + 1),
  );
}

/**
 * Organisations' needs that are published and not closed, with what was paid and spent of their money: for
 * operators, who close them.
 */
export async function runningOrganisationNeeds(ctx: UseCaseContext) {
  if (!holds(ctx.actor, "operator")) return [];
  return ctx.db
    .select({
      id: needs.id,
      code: needs.code,
      item: needLines.itemHans,
      paid: sql<bigint>`${needLines.pledged} + ${needLines.delivered}`.mapWith(needLines.requested),
      spent: needLines.delivered,
    })
    .from(needs)
    .innerJoin(needLines, and(eq(needLines.needId, needs.id), eq(needLines.position, 1)))
    .where(and(eq(needs.kind, "organisation_need"), eq(needs.state, "published")))
    .orderBy(asc(needs.publishedAt), asc(needs.id))
    .limit(A_PAGE);
}

/**
 * The steps of a need, with who took each, and when as far as it was put right since: for those who work on
 * it. `other` is the need it was merged into, or that was merged into it.
 */
async function stepsOf(ctx: UseCaseContext, needId: string, corrections: readonly MomentCorrection[]) {
  const rows = await ctx.db
    .select({
      id: journal.id,
      event: journal.event,
      occurredAt: journal.occurredAt,
      recordedAt: journal.recordedAt,
      role: journal.actorRole,
      reason: journal.reason,
      who: appUsers.displayName,
      mine: sql<boolean>`${journal.actorId} is not distinct from ${requireUser(ctx.actor).userId}`,
      otherCode: sql<string | null>`coalesce(${journal.data} ->> 'into', ${journal.data} ->> 'merged')`,
    })
    .from(journal)
    .leftJoin(appUsers, eq(appUsers.id, journal.actorId))
    .where(and(eq(journal.entity, "need"), eq(journal.entityId, needId)))
    .orderBy(asc(journal.entityVersion));
  const codes = rows.flatMap((row) => row.otherCode ?? []);
  const others =
    codes.length === 0
      ? []
      : await ctx.db.select({ id: needs.id, code: needs.code }).from(needs).where(inArray(needs.code, codes));
  const stands = (entryId: string) =>
    corrections.findLast((correction) => correction.entryId === entryId)?.shall;
  return rows.map(({ otherCode, ...step }) => ({
    ...step,
    occurredAt: stands(step.id) ?? step.occurredAt,
    other: others.find((need) => need.code === otherCode),
  }));
}

/** Whether a draft is whole enough to be a need. */
export async function isNeed(ctx: UseCaseContext, id: string): Promise<boolean> {
  return (await ctx.db.select({ id: needs.id }).from(needs).where(eq(needs.id, id))).length > 0;
}

/** A need as those who work on it read it; what its words are sealed with stays with whoever unseals them. */
const NEED = {
  id: needs.id,
  code: needs.code,
  kind: needs.kind,
  state: needs.state,
  townCode: needs.townCode,
  householdId: needs.householdId,
  organisationId: needs.organisationId,
  entitlementsCheckedAt: needs.entitlementsCheckedAt,
  entitlementGap: needs.entitlementGap,
  overCapReason: needs.overCapReason,
  overCapApproved: OVER_CAP_APPROVED,
  filedAt: needs.filedAt,
  wantedBy: needs.wantedBy,
  reviewDueAt: needs.reviewDueAt,
  escalatedAt: needs.escalatedAt,
} as const;

/** What a household is owed and does not get: the lists' items that its need names, each with its names. */
const GAP_ITEMS = sql<
  readonly Readonly<{ code: string; name: string; nameHant: string; nameEn: string }>[]
>`(select coalesce(json_agg(json_build_object('code', code, 'name', name, 'nameHant', name_hant, 'nameEn', name_en)), '[]')
  from ${listItems} where code in (select jsonb_array_elements_text(${needs.entitlementGap} -> 'items')))`;

/** A household as those who work on its need name it: nothing of what is sealed. */
const HOUSEHOLD = {
  id: households.id,
  code: households.code,
  kind: households.kind,
  heads: households.heads,
  groupCode: households.groupCode,
  publicGroup: households.publicGroup,
  ageBand: households.ageBand,
  townCode: households.townCode,
  erasedAt: households.erasedAt,
};

/**
 * A need as its town and the city see it: full words, lines with details, household code, consents, who
 * checked the entitlements, what the recipient asked about it, and its way so far. Locks nothing.
 */
export async function staffNeed(ctx: UseCaseContext, id: string) {
  const [row] = await ctx.db
    .select({
      need: NEED,
      gapItems: GAP_ITEMS,
      filedBy: needs.filedBy,
      wordsSealed: needs.wordsSealed,
      town: towns,
      checkedBy: appUsers.displayName,
      household: HOUSEHOLD,
      record: households,
      consents: scopesHeld(needs.householdId),
    })
    .from(needs)
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .leftJoin(appUsers, eq(appUsers.id, needs.entitlementsCheckedBy))
    .leftJoin(households, eq(households.id, needs.householdId))
    .where(eq(needs.id, id));
  if (!row || !seesNeedsOf(ctx.actor, row.need.townCode)) throw new DomainError("NOT_FOUND");
  const { need, record } = row;
  const unsealed = unsealWith(ctx, record);
  const corrections = await correctionsOf(ctx.db, "need", [id]);
  const steps = await stepsOf(ctx, id, corrections);
  return inTransaction(ctx, async (tx) => {
    const lines = await linesShown(tx, id);
    const organisation =
      need.organisationId === null ? undefined : await organisationAt(tx, ctx.now(), need.organisationId);
    return {
      need,
      /** What the household is owed and does not get, by name and code. */
      gapItems: itemsNamed(ctx.locale, need.entitlementGap?.items ?? [], row.gapItems),
      filedByMe: row.filedBy === requireUser(ctx.actor).userId,
      entitlements:
        need.entitlementsCheckedAt && row.checkedBy !== null
          ? { at: need.entitlementsCheckedAt, by: row.checkedBy }
          : undefined,
      town: row.town,
      words: wordsWith(unsealed, { id, wordsSealed: row.wordsSealed }),
      lines: lines.map(({ line, detailsSealed, unit }) => ({
        ...line,
        unit,
        details: detailsWith(unsealed, { id: line.id, detailsSealed }),
      })),
      household: row.household ?? undefined,
      consents: row.consents,
      cap: record === null ? undefined : await capOf(tx, ctx, { id, householdId: record.id }, record),
      requests: record === null ? [] : await requestsAbout(tx, id),
      organisation,
      steps,
      corrections,
    };
  });
}

/** These items by name and code, in the order of the codes; one that the lists do not have by its code. */
const itemsNamed = (
  locale: Locale,
  codes: readonly string[],
  items: readonly (Parameters<typeof itemName>[1] & Readonly<{ code: string }>)[],
): string[] =>
  codes.map((code) => {
    const item = items.find((one) => one.code === code);
    return item ? itemName(locale, item) + aside(locale, code) : code;
  });

/** What was asked about one wish, newest first, without words: for those who see the wish as it was filed. */
const requestsAbout = (tx: Transaction, needId: string) =>
  tx
    .select({
      id: recipientRequests.id,
      kind: recipientRequests.kind,
      state: recipientRequests.state,
      outcome: recipientRequests.outcome,
      occurredAt: recipientRequests.occurredAt,
    })
    .from(recipientRequests)
    .where(eq(recipientRequests.needId, needId))
    .orderBy(desc(recipientRequests.id));
