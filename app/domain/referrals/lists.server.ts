import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { holds, requireUser, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { pageOf } from "~/domain/kernel/page";
import { itemName } from "~/domain/lists/items.server";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { towns } from "~db/schema/reference";
import { referralOwners, referrals } from "~db/schema/referrals";
import { pushes } from "~db/schema/screening";
import { endedReferrals, openFollowUps } from "./queries.server";

const PAGE = 50;

/** Where a page of open referrals ended: escalated first, then by the day that is due. */
const KEY = /^([01])_(\d{1,16})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * Open referrals that `where` lets through, those before the reviewer first, then by when the next word is
 * due.
 */
async function openReferrals(ctx: UseCaseContext, where: SQL | undefined, after: string | undefined) {
  const key = KEY.exec(after ?? "");
  const isLater = key
    ? sql`((${referrals.escalatedAt} is null)::int, ${referrals.dueAt}, ${referrals.id}) > (${Number(key[1])}::int, ${new Date(Number(key[2])).toISOString()}::timestamptz, ${key[3]}::uuid)`
    : undefined;
  const rows = await ctx.db
    .select({
      referral: referrals,
      household: households.code,
      town: towns,
      item: listItems,
      lead: referralOwners.department,
    })
    .from(referrals)
    .innerJoin(households, eq(households.id, referrals.householdId))
    .innerJoin(towns, eq(towns.code, referrals.townCode))
    .innerJoin(
      referralOwners,
      and(eq(referralOwners.referralId, referrals.id), eq(referralOwners.isLead, true)),
    )
    .leftJoin(listItems, eq(listItems.code, referrals.itemCode))
    .where(and(isNotNull(referrals.dueAt), where, isLater))
    .orderBy(sql`(${referrals.escalatedAt} is null)::int`, asc(referrals.dueAt), asc(referrals.id))
    .limit(PAGE + 1);
  const page = pageOf(
    rows,
    PAGE,
    ({ referral: { escalatedAt, dueAt, id } }) =>
      `${escalatedAt === null ? 1 : 0}_${dueAt?.getTime() ?? 0}_${id}`,
  );
  return {
    rows: page.rows.map(({ referral, household, town, item, lead }) => ({
      id: referral.id,
      code: referral.code,
      state: referral.state,
      dueAt: referral.dueAt,
      isLate: referral.dueAt !== null && referral.dueAt < ctx.now(),
      isEscalated: referral.escalatedAt !== null,
      household,
      town: { nameHans: town.nameHans, nameHant: town.nameHant, nameEn: town.nameEn },
      item: item && itemName(ctx.locale, item),
      lead,
    })),
    next: page.next,
  };
}

export type ReferralRow = Awaited<ReturnType<typeof openReferrals>>["rows"][number];

/** Households that said they want to apply and were not referred since: the loop is open until they are. */
async function wantToApply(ctx: UseCaseContext, townCodes: readonly string[]) {
  const rows = await ctx.db
    .select({
      id: pushes.id,
      householdId: pushes.householdId,
      household: households.code,
      item: listItems,
      at: pushes.answeredAt,
    })
    .from(pushes)
    .innerJoin(households, eq(households.id, pushes.householdId))
    .innerJoin(listItems, eq(listItems.code, pushes.itemCode))
    .where(
      and(
        eq(pushes.state, "interested"),
        inArray(pushes.townCode, [...townCodes]),
        isNull(households.erasedAt),
        eq(listItems.state, "published"),
        sql`not exists (select 1 from ${referrals} r where r.household_id = ${pushes.householdId} and r.item_code = ${pushes.itemCode} and (r.due_at is not null or r.created_at >= ${pushes.answeredAt}))`,
      ),
    )
    .orderBy(asc(pushes.answeredAt), asc(pushes.id))
    .limit(20);
  return rows.map(({ item, ...row }) => ({ ...row, itemCode: item.code, item: itemName(ctx.locale, item) }));
}

/**
 * Everything of the caseworker's towns: who wants to apply, what is open, what is to be followed up, what
 * ended.
 */
export async function fieldReferrals(ctx: UseCaseContext, after?: string) {
  requireUser(ctx.actor);
  const townCodes = scopeIds(ctx.actor, "caseworker");
  if (townCodes.length === 0) throw new DomainError("NOT_ALLOWED");
  const [open, wanting, followUps, ended] = await Promise.all([
    openReferrals(ctx, inArray(referrals.townCode, townCodes), after),
    wantToApply(ctx, townCodes),
    openFollowUps(ctx, townCodes),
    endedReferrals(ctx, townCodes),
  ]);
  return { open, wanting, followUps, ended };
}

/** Follow-ups of the caseworker's towns, for the page they start from. */
export const fieldFollowUps = (ctx: UseCaseContext) => openFollowUps(ctx, scopeIds(ctx.actor, "caseworker"));

/**
 * Open referrals for operators: of all towns, or the joint cases alone. For a town's reviewer: those of the
 * town that were brought before them.
 */
export async function cityReferrals(ctx: UseCaseContext, view: "all" | "joint", after?: string) {
  requireUser(ctx.actor);
  const isJoint = view === "joint" ? isNull(referrals.itemCode) : undefined;
  if (holds(ctx.actor, "operator")) return { ...(await openReferrals(ctx, isJoint, after)), isCity: true };
  const townCodes = scopeIds(ctx.actor, "town_reviewer");
  if (townCodes.length === 0) throw new DomainError("NOT_ALLOWED");
  return {
    ...(await openReferrals(
      ctx,
      and(inArray(referrals.townCode, townCodes), isNotNull(referrals.escalatedAt)),
      after,
    )),
    isCity: false,
  };
}
