import { and, desc, eq, inArray, isNotNull, lte } from "drizzle-orm";
import type { Database, Transaction } from "~/domain/kernel/context.server";
import { inForce } from "~/domain/kernel/time";
import { charities, charityAccounts, organisations, registrations } from "~db/schema/organisations";

/**
 * Once approved, an entry counts from its first day on; ended, it still says what was, and that nothing older
 * comes back.
 */
const COUNTS = ["approved", "ended"] as const;

/**
 * The registration that has begun last, of every organisation or of every charity at that moment: by it the
 * body is called.
 */
function lastRegistration(db: Database | Transaction, of: "organisationId" | "charityId", at: Date) {
  return db
    .selectDistinctOn([registrations[of]], {
      bodyId: registrations[of],
      nameHans: registrations.nameHans,
      nameHant: registrations.nameHant,
      nameEn: registrations.nameEn,
      contactPhone: registrations.contactPhone,
      number: registrations.number,
      from: registrations.validFrom,
      to: registrations.validTo,
      state: registrations.state,
    })
    .from(registrations)
    .where(
      and(
        isNotNull(registrations[of]),
        inArray(registrations.state, [...COUNTS]),
        lte(registrations.validFrom, at),
      ),
    )
    .orderBy(registrations[of], desc(registrations.validFrom), desc(registrations.id))
    .as("last_registration");
}

/**
 * Organisations as they stand at that moment: name, certificate, and whether they may post needs of their
 * own.
 */
export async function organisationsAt(db: Database | Transaction, at: Date, ids?: readonly string[]) {
  const named = lastRegistration(db, "organisationId", at);
  const rows = await db
    .select({
      id: organisations.id,
      creditCode: organisations.creditCode,
      state: organisations.state,
      nameHans: named.nameHans,
      nameHant: named.nameHant,
      nameEn: named.nameEn,
      contactPhone: named.contactPhone,
      certificateNumber: named.number,
      certificateFrom: named.from,
      certificateTo: named.to,
      certificateState: named.state,
    })
    .from(organisations)
    .innerJoin(named, eq(named.bodyId, organisations.id))
    .where(ids === undefined ? undefined : inArray(organisations.id, [...ids]))
    .orderBy(organisations.id);
  return rows.map(({ certificateState, ...row }) => ({
    ...row,
    certified:
      row.state === "verified" &&
      certificateState === "approved" &&
      inForce({ validFrom: row.certificateFrom, validTo: row.certificateTo }, at),
  }));
}

/** One of them; undefined before its first registration counts. */
export async function organisationAt(db: Database | Transaction, at: Date, id: string) {
  return (await organisationsAt(db, at, [id]))[0];
}

/** The same by its unified social credit code. */
export async function organisationOfCreditCode(db: Database | Transaction, at: Date, creditCode: string) {
  const [known] = await db
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.creditCode, creditCode));
  return known && organisationAt(db, at, known.id);
}

/** Every charity with its name at that moment, to join. */
export function charitiesAt(db: Database | Transaction, at: Date) {
  const named = lastRegistration(db, "charityId", at);
  return db
    .select({
      id: charities.id,
      creditCode: charities.creditCode,
      nameHans: named.nameHans,
      nameHant: named.nameHant,
      nameEn: named.nameEn,
      contactPhone: named.contactPhone,
    })
    .from(charities)
    .innerJoin(named, eq(named.bodyId, charities.id))
    .as("charity_at");
}

/**
 * The account that has begun last, of every charity at that moment, to join; an ended one is followed by none
 * that came before it.
 */
export function accountsAt(db: Database | Transaction, at: Date) {
  return db
    .selectDistinctOn([charityAccounts.charityId], {
      charityId: charityAccounts.charityId,
      stripeAccountId: charityAccounts.stripeAccountId,
      state: charityAccounts.state,
    })
    .from(charityAccounts)
    .where(and(inArray(charityAccounts.state, [...COUNTS]), lte(charityAccounts.validFrom, at)))
    .orderBy(charityAccounts.charityId, desc(charityAccounts.validFrom), desc(charityAccounts.id))
    .as("account_at");
}

/** Whose account this is or was; undefined for one that nobody approved. */
export async function charityOfAccount(
  db: Database | Transaction,
  stripeAccountId: string,
): Promise<string | undefined> {
  const [row] = await db
    .select({ charityId: charityAccounts.charityId })
    .from(charityAccounts)
    .where(
      and(eq(charityAccounts.stripeAccountId, stripeAccountId), inArray(charityAccounts.state, [...COUNTS])),
    )
    .limit(1);
  return row?.charityId;
}
