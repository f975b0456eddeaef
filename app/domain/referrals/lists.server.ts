import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { holds, requireUser, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { pageOf } from "~/domain/kernel/page";
import { firstOfTowns } from "~/domain/kernel/waiting.server";
import { itemName } from "~/domain/lists/items.server";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { towns } from "~db/schema/reference";
import { IS_CALM, referralOwners, referrals } from "~db/schema/referrals";
import { pushes } from "~db/schema/screening";
import { endedReferrals, openFollowUps } from "./queries.server";

const PAGE = 50;
const WANTING_SHOWN = 20;

/** Where a page of open referrals ended: escalated first, then by the day that is due. */
const KEY = /^([01])_(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Whether a page of open referrals can begin after this. */
export const isReferralKey = (typed: string): boolean => KEY.test(typed);

/** What a list of referrals is asked: one town, or the code of a referral or household, and its page. */
export type ReferralFilter = Readonly<{
  code?: string | undefined;
  town?: string | undefined;
  after?: string | undefined;
}>;

const IS_JOINT = sql`and item_code is null`;
const IS_BEFORE_REVIEWER = sql`and ${IS_CALM} = 0`;

/** The referrals that a code names, ended ones too: its own, or all of a household. */
const called = (code: string): SQL => sql`
  select id from ${referrals} where code = ${code} union all
  select r.id from ${households} h join ${referrals} r on r.household_id = h.id where h.code = ${code}`;

/**
 * Open referrals of some towns, or of all, that `where` lets through: those before the reviewer first, then
 * by when the next word is due. Whoever has a code finds what it names among them, ended or not.
 */
async function openReferrals(
  ctx: UseCaseContext,
  {
    townCodes: held,
    where = sql``,
    filter: { code, town, after },
  }: Readonly<{ townCodes?: readonly string[]; where?: SQL; filter: ReferralFilter }>,
) {
  const townCodes = town === undefined ? held : (held ?? [town]).filter((each) => each === town);
  if (townCodes?.length === 0) return { rows: [], next: undefined };
  const key = KEY.exec(after ?? "");
  const beyond = key
    ? sql`and (${IS_CALM}, due_at, id) > (${Number(key[1])}::int, ${new Date(Number(key[2])).toISOString()}::timestamptz, ${key[3]}::uuid)`
    : sql``;
  const ofTowns = townCodes === undefined ? sql`` : sql`and town_code in ${townCodes}`;
  const named =
    code === undefined
      ? undefined
      : sql`(select id from ${referrals} where id in (${called(code)}) ${ofTowns} ${where})`;
  const first = firstOfTowns({
    ofTown: sql`select id, due_at, ${IS_CALM} as calm from ${referrals} where town_code = town.code and due_at is not null ${where} ${beyond}`,
    order: sql`calm, due_at, id`,
    most: PAGE + 1,
    townCodes,
  });
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
    .where(inArray(referrals.id, named ?? first))
    .orderBy(IS_CALM, asc(referrals.dueAt), asc(referrals.id))
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
    // What a code names is one list: a household has no fifty referrals.
    next: code === undefined ? page.next : undefined,
  };
}

export type ReferralRow = Awaited<ReturnType<typeof openReferrals>>["rows"][number];

/** Households that said they want to apply and were not referred since: the loop is open until they are. */
async function wantToApply(ctx: UseCaseContext, townCodes: readonly string[]) {
  const first = firstOfTowns({
    ofTown: sql`select p.id, p.answered_at from ${pushes} p
      join ${households} h on h.id = p.household_id and h.erased_at is null
      join ${listItems} i on i.code = p.item_code and i.state = 'published'
      where p.town_code = town.code and p.state = 'interested' and not exists (
        select 1 from ${referrals} r where r.household_id = p.household_id and r.item_code = p.item_code
          and (r.due_at is not null or r.created_at >= p.answered_at))`,
    order: sql`answered_at, id`,
    most: WANTING_SHOWN,
    townCodes,
  });
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
    .where(inArray(pushes.id, first))
    .orderBy(asc(pushes.answeredAt), asc(pushes.id));
  return rows.map(({ item, ...row }) => ({ ...row, itemCode: item.code, item: itemName(ctx.locale, item) }));
}

/**
 * Everything of the caseworker's towns: who wants to apply, what is open, what is to be followed up, what
 * ended.
 */
export async function fieldReferrals(ctx: UseCaseContext, filter: ReferralFilter = {}) {
  requireUser(ctx.actor);
  const townCodes = scopeIds(ctx.actor, "caseworker");
  if (townCodes.length === 0) throw new DomainError("NOT_ALLOWED");
  const [open, wanting, followUps, ended] = await Promise.all([
    openReferrals(ctx, { townCodes, filter }),
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
export async function cityReferrals(ctx: UseCaseContext, view: "all" | "joint", filter: ReferralFilter = {}) {
  requireUser(ctx.actor);
  if (holds(ctx.actor, "operator")) {
    const which = view === "joint" ? { where: IS_JOINT, filter } : { filter };
    return { ...(await openReferrals(ctx, which)), isCity: true };
  }

  const townCodes = scopeIds(ctx.actor, "town_reviewer");
  if (townCodes.length === 0) throw new DomainError("NOT_ALLOWED");
  return {
    ...(await openReferrals(ctx, { townCodes, where: IS_BEFORE_REVIEWER, filter })),
    isCity: false,
  };
}
