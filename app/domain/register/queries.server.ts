import { asc, desc, eq, inArray, or, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { pageOf } from "~/domain/kernel/page";
import { plusDays } from "~/domain/kernel/time";
import { appUsers } from "~db/schema/identity";
import {
  charityAccounts,
  filings,
  fundraisingCertificates,
  organisations,
  programmes,
  registrations,
} from "~db/schema/organisations";
import { findBody } from "./enterEntry.server";
import { requireRegisterKeeper } from "./registerKeeper.server";
import { withStandings } from "./states";
import type { EntryKind } from "./vocabulary";

const A_PAGE = 50;
const A_LIST = 100;

/**
 * Every dated entry of the register in one shape; `owner` is whose it is (a body, or for a filing its
 * programme).
 */
const ENTRIES = sql`(
  select 'registration' as kind, id, coalesce(organisation_id, charity_id) as owner, coalesce(organisation_id, charity_id) as body, number, valid_to, state, entered_by, created_at from ${registrations}
  union all select 'fundraising_certificate', id, charity_id, charity_id, number, valid_to, state, entered_by, created_at from ${fundraisingCertificates}
  union all select 'filing', f.id, f.programme_id, p.charity_id, p.filing_number, f.valid_to, f.state, f.entered_by, f.created_at from ${filings} f join ${programmes} p on p.id = f.programme_id
  union all select 'charity_account', id, charity_id, charity_id, stripe_account_id, null, state, entered_by, created_at from ${charityAccounts}
)`;

export type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
const namesIn = ({ nameHans, nameHant, nameEn }: Names): Names => ({ nameHans, nameHant, nameEn });
type Line = Readonly<{ kind: EntryKind; body: string; number: string }>;

/**
 * What each body is called: by the registration that counts and began last, else by the one that waits or was
 * rejected.
 */
async function namesOf(ctx: UseCaseContext, bodyIds: readonly string[]): Promise<Map<string, Names>> {
  if (bodyIds.length === 0) return new Map();
  const ids = [...new Set(bodyIds)];
  const rows = await ctx.db
    .select()
    .from(registrations)
    .where(or(inArray(registrations.organisationId, ids), inArray(registrations.charityId, ids)))
    .orderBy(
      sql`${registrations.state} in ('approved', 'ended') and ${registrations.validFrom} <= ${ctx.now().toISOString()}`,
      asc(registrations.validFrom),
      asc(registrations.id),
    );
  return new Map(
    rows.map(({ organisationId, charityId, nameHans, nameHant, nameEn }) => [
      organisationId ?? charityId ?? "",
      { nameHans, nameHant, nameEn },
    ]),
  );
}

async function named<Row extends { body: string }>(
  ctx: UseCaseContext,
  rows: readonly Row[],
): Promise<(Row & { name: Names | undefined })[]> {
  const names = await namesOf(
    ctx,
    rows.map((row) => row.body),
  );
  return rows.map((row) => ({ ...row, name: names.get(row.body) }));
}

/** What lapses soon or did so lately and has no approved successor, the next one first. */
async function lapsing(ctx: UseCaseContext) {
  const days = await limit(ctx.db, ctx, "lapseNoticeDays");
  const now = ctx.now();
  const rows = await ctx.db.execute<Line & { until: string }>(sql`
    select kind, body, (array_agg(number order by valid_to desc))[1] as number, max(valid_to) as until from ${ENTRIES} entries
    where state = 'approved' and valid_to is not null group by kind, owner, body
    having max(valid_to) > ${plusDays(now, -days).toISOString()} and max(valid_to) < ${plusDays(now, days).toISOString()}
    order by until, body limit ${A_LIST}`);
  return named(
    ctx,
    rows.map(({ until, ...row }) => ({ ...row, until: new Date(until), over: new Date(until) <= now })),
  );
}

/** What waits for another person, longest waiting first. */
async function waiting(ctx: UseCaseContext, userId: string) {
  const rows = await ctx.db.execute<Line & { id: string; entered_by: string | null; since: string }>(sql`
    select kind, body, number, id, entered_by, created_at as since from ${ENTRIES} entries where state = 'proposed' order by created_at, id limit ${A_LIST}`);
  return named(
    ctx,
    rows.map(({ since, entered_by, ...row }) => ({
      ...row,
      since: new Date(since),
      mine: entered_by === userId,
    })),
  );
}

/**
 * The register: what lapses, what waits, then charities and organisations by key. @throws {DomainError}
 * NOT_ALLOWED unless operator or admin
 */
export async function registerHome(ctx: UseCaseContext, after?: string) {
  const { userId } = requireRegisterKeeper(ctx);
  const found = await ctx.db.execute<{
    body: string;
    kind: "organisation" | "charity";
    credit_code: string;
  }>(sql`
    select id as body, kind, credit_code from (select id, 'charity' as kind, credit_code from charity union all select id, 'organisation', credit_code from ${organisations}) bodies
    where ${after === undefined ? sql`true` : sql`id > ${after}`} order by id limit ${A_PAGE + 1}`);
  const page = pageOf(found, A_PAGE, (last) => last.body);
  const bodies = page.rows.map(({ credit_code: creditCode, ...row }) => ({ ...row, creditCode }));
  return {
    lapsing: await lapsing(ctx),
    waiting: await waiting(ctx, userId),
    bodies: await named(ctx, bodies),
    next: page.next,
  };
}

/**
 * One body with everything the register ever said of it, newest first, each with who entered and who decided.
 * @throws {DomainError} NOT_FOUND, NOT_ALLOWED unless operator or admin
 */
export async function bodyPage(ctx: UseCaseContext, bodyId: string) {
  const body = await findBody(ctx.db, bodyId);
  const { userId } = requireRegisterKeeper(ctx);
  const now = ctx.now();
  const [ofBody, certificates, funds, accounts, [organisation]] = await Promise.all([
    ctx.db
      .select()
      .from(registrations)
      .where(or(eq(registrations.organisationId, bodyId), eq(registrations.charityId, bodyId)))
      .orderBy(desc(registrations.id)),
    ctx.db
      .select()
      .from(fundraisingCertificates)
      .where(eq(fundraisingCertificates.charityId, bodyId))
      .orderBy(desc(fundraisingCertificates.id)),
    ctx.db.select().from(programmes).where(eq(programmes.charityId, bodyId)).orderBy(asc(programmes.id)),
    ctx.db
      .select()
      .from(charityAccounts)
      .where(eq(charityAccounts.charityId, bodyId))
      .orderBy(desc(charityAccounts.id)),
    ctx.db.select({ state: organisations.state }).from(organisations).where(eq(organisations.id, bodyId)),
  ]);
  const filed = await ctx.db
    .select({ filing: filings, programme: programmes })
    .from(filings)
    .innerJoin(programmes, eq(programmes.id, filings.programmeId))
    .where(eq(programmes.charityId, bodyId))
    .orderBy(desc(filings.id));
  const raw = [
    ...ofBody.map((row) => ({ ...row, kind: "registration" as const, names: namesIn(row) })),
    ...certificates.map((row) => ({ ...row, kind: "fundraising_certificate" as const, names: undefined })),
    ...filed.map(({ filing, programme }) => ({
      ...filing,
      kind: "filing" as const,
      number: programme.filingNumber,
      names: namesIn(programme),
    })),
    ...accounts.map((row) => ({
      ...row,
      kind: "charity_account" as const,
      number: row.stripeAccountId,
      validTo: null,
      names: undefined,
    })),
  ];
  const people = await peopleOf(
    ctx,
    raw.flatMap((row) => [row.enteredBy ?? "", row.decidedBy ?? ""]),
  );
  const entries = withStandings(raw, now).map(
    ({ id, kind, number, validFrom, validTo, version, standing, names, enteredBy, decidedBy }) => ({
      ...{ id, kind, number, validFrom, validTo, version, standing, names },
      enteredBy: people.get(enteredBy ?? ""),
      decidedBy: people.get(decidedBy ?? ""),
      mine: enteredBy === userId,
    }),
  );
  return {
    body,
    state: organisation?.state,
    name: (await namesOf(ctx, [bodyId])).get(bodyId),
    phone: ofBody[0]?.contactPhone,
    programmes: funds.map((fund) => ({ id: fund.id, filingNumber: fund.filingNumber, ...namesIn(fund) })),
    entries,
  };
}

/** What colleagues call them. */
async function peopleOf(ctx: UseCaseContext, userIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(userIds.filter(Boolean))];
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ id: appUsers.id, name: appUsers.displayName })
    .from(appUsers)
    .where(inArray(appUsers.id, ids));
  return new Map(rows.map((row) => [row.id, row.name]));
}
