import { asc, sql } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { among, asJson } from "~/domain/kernel/rows.server";
import { pledges } from "~db/schema/giving";
import { donorProfiles } from "~db/schema/identity";
import { needLines } from "~db/schema/needs";

/**
 * What a donor would hold next: units of things, or a payment page. Money itself is no unit: a page that asks
 * for a sum counts as a page alone.
 */
type Wanted = Readonly<{ units: bigint; page?: boolean }>;

/** What a donor holds, promised or waiting to be paid, and their unpaid payment pages. */
export type Holds = Readonly<{ isCompany: boolean; units: bigint; pages: number }>;

/**
 * Donors' baskets and payments queue here, in the order of the donors' ids, so that two tabs cannot both slip
 * under the limit. Call it before `holdsOf`, and wait for it.
 */
export async function lockDonors(tx: Transaction, donorIds: readonly string[]): Promise<Donors> {
  const profiles = await tx
    .select({ id: donorProfiles.userId, companyVerifiedAt: donorProfiles.companyVerifiedAt })
    .from(donorProfiles)
    .where(among(donorProfiles.userId, donorIds))
    .orderBy(asc(donorProfiles.userId))
    .for("update");
  const verified = profiles.filter(({ companyVerifiedAt }) => companyVerifiedAt !== null);
  return { donorIds, companies: new Set(verified.map(({ id }) => id)) };
}

type Donors = Readonly<{ donorIds: readonly string[]; companies: ReadonlySet<string> }>;

/** What each of the locked donors holds by now. */
export async function holdsOf(
  tx: Transaction,
  { donorIds, companies }: Donors,
): Promise<ReadonlyMap<string, Holds>> {
  // Each donor's are looked up by themselves, by the index of what is held, however many donors there are.
  const held = await tx.execute<{ id: string; units: string; pages: number }>(sql`
    select donor.id, held.units, held.pages from jsonb_array_elements_text(${asJson(donorIds)}::text::jsonb) donor (id)
    cross join lateral (
      select coalesce(sum(p.quantity - p.given_back) filter (where l.kind <> 'money'), 0) as units,
        (count(*) filter (where p.state = 'paying'))::int as pages
      from ${pledges} p join ${needLines} l on l.id = p.line_id
      where p.donor_id = donor.id::uuid and p.state in ('promised', 'paying')) held`);
  const counts = new Map(held.map((row) => [row.id, row]));
  return new Map(
    donorIds.map((id) => {
      const { units = "0", pages = 0 } = counts.get(id) ?? {};
      return [id, { isCompany: companies.has(id), units: BigInt(units), pages }];
    }),
  );
}

/**
 * Why a donor may not hold so much more: a person may hold so many units at a time, and have so many unpaid
 * payment pages; a verified company any number. Nothing where they may.
 */
export async function noRoom(
  tx: Transaction,
  ctx: UseCaseContext,
  holds: Holds,
  wanted: Wanted,
): Promise<DomainError | undefined> {
  if (holds.isCompany) return undefined;
  const max = await limit(tx, ctx, "liveHoldUnits");
  if (holds.units + wanted.units > BigInt(max)) return new DomainError("TOO_MANY_HOLDS", { max });
  if (wanted.page !== true) return undefined;
  const maxPages = await limit(tx, ctx, "livePaymentPages");
  return holds.pages >= maxPages ? new DomainError("TOO_MANY_PAGES", { max: maxPages }) : undefined;
}

/**
 * The same for one donor: locks, reads and looks.
 * @throws {DomainError} TOO_MANY_HOLDS, TOO_MANY_PAGES
 */
export async function requireRoomForHolds(
  tx: Transaction,
  ctx: UseCaseContext,
  donorId: string,
  wanted: Wanted,
): Promise<void> {
  const holds = (await holdsOf(tx, await lockDonors(tx, [donorId]))).get(donorId);
  const refusal = holds && (await noRoom(tx, ctx, holds, wanted));
  if (refusal) throw refusal;
}
