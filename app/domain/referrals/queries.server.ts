import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { householdKey } from "~/domain/households/dataKey.server";
import { readOpened } from "~/domain/households/openRecord.server";
import { holds, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { readData } from "~/domain/kernel/journal/eventData";
import { correctionsOf } from "~/domain/kernel/moments/entries.server";
import { unsealUnder } from "~/domain/kernel/sealing.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { firstOfTowns, waitingOf } from "~/domain/kernel/waiting.server";
import { itemName } from "~/domain/lists/items.server";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { appUsers } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { towns } from "~db/schema/reference";
import { followUps, referralOwners, referrals } from "~db/schema/referrals";
import { placeOfAsked } from "./createReferral.server";
import { ownersOf, recorderOf, type Referral } from "./machine.server";
import { momentOfFollowUp, momentsOfReferral } from "./moments.server";

/** A referral as those who look after it read it; what it asks for stays sealed beside it. */
const REFERRAL_SHOWN = {
  id: referrals.id,
  code: referrals.code,
  householdId: referrals.householdId,
  itemCode: referrals.itemCode,
  townCode: referrals.townCode,
  state: referrals.state,
  version: referrals.version,
  dueAt: referrals.dueAt,
  escalatedAt: referrals.escalatedAt,
  tries: referrals.tries,
  closedReason: referrals.closedReason,
  nextReferralId: referrals.nextReferralId,
  withoutReason: referrals.withoutReason,
} as const;

/** What is owed to a household that was not helped, and what came of it. */
const OWED = {
  id: followUps.id,
  version: followUps.version,
  dueAt: followUps.dueAt,
  reason: followUps.reason,
  outcome: followUps.outcome,
} as const;

const say = (ctx: UseCaseContext, department: string): string =>
  ctx.locale === "zh-Hant" ? traditional(department) : department;

/**
 * Everything about one referral for those who look after it: its way, its departments, what may be done, and
 * the words only while the household's record is opened.
 * @throws {DomainError} NOT_FOUND for everybody but caseworkers of the town, its reviewer once it was
 *   escalated, and operators
 */
export async function referralPage(ctx: UseCaseContext, referralId: string) {
  requireUser(ctx.actor);
  const [row] = await ctx.db
    .select({
      referral: REFERRAL_SHOWN,
      askedSealed: referrals.askedSealed,
      household: { id: households.id, code: households.code },
      town: towns,
      item: listItems,
    })
    .from(referrals)
    .innerJoin(households, eq(households.id, referrals.householdId))
    .innerJoin(towns, eq(towns.code, referrals.townCode))
    .leftJoin(listItems, eq(listItems.code, referrals.itemCode))
    .where(eq(referrals.id, referralId));
  if (!row) throw new DomainError("NOT_FOUND");
  const { referral, askedSealed } = row;
  const steps = await ctx.db
    .select({
      id: journal.id,
      event: journal.event,
      at: journal.occurredAt,
      role: journal.actorRole,
      reason: journal.reason,
      data: journal.data,
      actorId: journal.actorId,
      who: appUsers.displayName,
    })
    .from(journal)
    .leftJoin(appUsers, eq(appUsers.id, journal.actorId))
    .where(and(eq(journal.entity, "referral"), eq(journal.entityId, referralId)))
    .orderBy(asc(journal.entityVersion));
  const wasEscalated = steps.some((step) => step.event === "referral.escalate");
  const sees =
    holds(ctx.actor, "operator") ||
    recorderOf(ctx, referral) ||
    (wasEscalated && holds(ctx.actor, "town_reviewer", { kind: "town", id: referral.townCode }));
  if (!sees) throw new DomainError("NOT_FOUND");
  const [owners, all, followUp, next, opened] = await Promise.all([
    ownersOf(ctx.db, referralId),
    ctx.db
      .select({ id: referralOwners.id, department: referralOwners.department })
      .from(referralOwners)
      .where(eq(referralOwners.referralId, referralId)),
    ctx.db
      .select(OWED)
      .from(followUps)
      .where(eq(followUps.referralId, referralId))
      .then((rows) => rows[0] ?? null),
    ctx.db
      .select({ id: referrals.id, code: referrals.code })
      .from(referrals)
      .where(eq(referrals.id, referral.nextReferralId ?? referralId))
      .then((rows) => (referral.nextReferralId === null ? null : (rows[0] ?? null))),
    readOpened(ctx, referral.householdId),
  ]);
  const [ofSteps, ofFollowUp, followedUp] = await Promise.all([
    correctionsOf(ctx.db, "referral", [referralId]),
    correctionsOf(ctx.db, "follow_up", followUp ? [followUp.id] : []),
    followUp ? momentOfFollowUp(ctx, followUp.id) : [],
  ]);
  const named = new Map(all.map((owner) => [owner.id, say(ctx, owner.department)]));
  return {
    referral,
    household: row.household,
    town: row.town,
    item: row.item && { code: row.item.code, list: row.item.list, name: itemName(ctx.locale, row.item) },
    owners: owners.map(({ id, department, isLead, answer, cannotReason }) => ({
      id,
      department: say(ctx, department),
      isLead,
      answer,
      cannotReason,
    })),
    steps: steps.map(({ data, actorId: _who, ...step }) => {
      // Whoever is added, removed or named leads no answer yet; all of them name the owner in one way.
      const { ownerId, answer } = readData("referral.hear_owner", data);
      return { ...step, department: named.get(ownerId ?? "") ?? null, answer: answer ?? null };
    }),
    followUp,
    corrections: [...ofSteps, ...ofFollowUp],
    moments: [...momentsOfReferral(ctx, referral, steps, ofSteps), ...followedUp],
    next,
    hasAsked: askedSealed !== null,
    opened: opened
      ? {
          until: opened.until,
          asked: askedSealed === null ? null : await readAsked(ctx, referral, askedSealed),
        }
      : null,
    may: {
      record: recorderOf(ctx, referral) !== undefined,
      lead: referral.itemCode === null && holds(ctx.actor, "operator"),
      followUp: isTown(ctx, referral.townCode),
    },
  };
}

const isTown = (ctx: UseCaseContext, townCode: string): boolean =>
  holds(ctx.actor, "caseworker", { kind: "town", id: townCode });

const readAsked = (
  ctx: UseCaseContext,
  referral: Pick<Referral, "id" | "householdId">,
  sealed: string,
): Promise<string | null> =>
  inTransaction(ctx, async (tx) => {
    const key = await householdKey(tx, ctx, referral.householdId);
    return key ? unsealUnder(key, placeOfAsked(referral.id), sealed) : null;
  });

/**
 * What the form of a new referral starts from: the household, the items that can be asked for, and what is
 * open already.
 * @throws {DomainError} NOT_FOUND outside the caseworker's towns, for a group and for an erased household
 */
export async function newReferralPage(
  ctx: UseCaseContext,
  householdId: string | undefined,
  insteadOf: string | undefined,
) {
  requireUser(ctx.actor);
  if (!holds(ctx.actor, "caseworker")) throw new DomainError("NOT_ALLOWED");
  if (householdId === undefined) return undefined;
  const [household] = await ctx.db
    .select({ id: households.id, code: households.code, townCode: households.townCode })
    .from(households)
    .where(
      and(eq(households.id, householdId), eq(households.kind, "household"), isNull(households.erasedAt)),
    );
  if (!household || !isTown(ctx, household.townCode)) throw new DomainError("NOT_FOUND");
  const [items, open, old] = await Promise.all([
    ctx.db.select().from(listItems).where(eq(listItems.state, "published")).orderBy(asc(listItems.sort)),
    ctx.db
      .select({ id: referrals.id, code: referrals.code, itemCode: referrals.itemCode })
      .from(referrals)
      .where(
        and(
          eq(referrals.householdId, householdId),
          isNotNull(referrals.dueAt),
          insteadOf === undefined ? undefined : ne(referrals.id, insteadOf),
        ),
      ),
    insteadOf === undefined
      ? []
      : ctx.db
          .select({ id: referrals.id, code: referrals.code })
          .from(referrals)
          .where(
            and(
              eq(referrals.id, insteadOf),
              eq(referrals.householdId, householdId),
              isNotNull(referrals.dueAt),
            ),
          ),
  ]);
  return {
    household,
    items: items.map((item) => ({
      code: item.code,
      name: itemName(ctx.locale, item),
      provider: say(ctx, item.provider),
    })),
    open,
    insteadOf: old[0] ?? null,
  };
}

const FOLLOW_UPS_SHOWN = 20;
const DUE_FIRST = [asc(followUps.dueAt), asc(followUps.id)];
const ENDED_SHOWN = 20;

/**
 * Follow-ups that wait for the caseworker's towns, the one due first at the top, and how many there are, as
 * far as `MOST_WAITING`.
 */
export async function openFollowUps(ctx: UseCaseContext, townCodes: readonly string[]) {
  if (townCodes.length === 0) return { rows: [], count: 0 };
  // First which, then what is shown of them.
  const first = firstOfTowns({
    ofTown: sql`select f.id, f.due_at from ${followUps} f where f.town_code = town.code and f.state = 'open'`,
    order: sql`due_at, id`,
    most: FOLLOW_UPS_SHOWN,
    townCodes,
  });
  const [rows, [total]] = await Promise.all([
    ctx.db
      .select({ followUp: followUps, household: households.code, item: listItems })
      .from(followUps)
      .innerJoin(households, eq(households.id, followUps.householdId))
      .innerJoin(referrals, eq(referrals.id, followUps.referralId))
      .leftJoin(listItems, eq(listItems.code, referrals.itemCode))
      .where(inArray(followUps.id, first))
      .orderBy(...DUE_FIRST),
    ctx.db.execute<{ n: number }>(
      sql`select ${waitingOf(sql`select from ${followUps} f where f.state = 'open' and f.town_code in ${townCodes}`)} as n`,
    ),
  ]);
  return {
    rows: rows.map(({ followUp, household, item }) => ({
      referralId: followUp.referralId,
      dueAt: followUp.dueAt,
      isLate: followUp.dueAt < ctx.now(),
      reason: followUp.reason,
      household,
      item: item && itemName(ctx.locale, item),
    })),
    count: total?.n ?? 0,
  };
}

/** Referrals of these towns that ended, the latest first. */
export async function endedReferrals(ctx: UseCaseContext, townCodes: readonly string[]) {
  if (townCodes.length === 0) return [];
  const latest = ctx.db
    .select({ id: referrals.id })
    .from(referrals)
    .where(and(inArray(referrals.townCode, [...townCodes]), isNotNull(referrals.closedAt)))
    .orderBy(desc(referrals.closedAt), desc(referrals.id))
    .limit(ENDED_SHOWN);
  const rows = await ctx.db
    .select({
      id: referrals.id,
      code: referrals.code,
      state: referrals.state,
      closedReason: referrals.closedReason,
      closedAt: referrals.closedAt,
      household: households.code,
      item: listItems,
    })
    .from(referrals)
    .innerJoin(households, eq(households.id, referrals.householdId))
    .leftJoin(listItems, eq(listItems.code, referrals.itemCode))
    .where(inArray(referrals.id, latest))
    .orderBy(desc(referrals.closedAt), desc(referrals.id));
  return rows.map(({ item, ...row }) => ({ ...row, item: item && itemName(ctx.locale, item) }));
}
