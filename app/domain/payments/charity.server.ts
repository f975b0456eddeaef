import { and, desc, eq, gt, isNull, lte, or } from "drizzle-orm";
import type { Database, Transaction } from "~/domain/kernel/context.server";
import { charities, charityAccounts, fundraisingCertificates, programmes } from "~db/schema/organisations";

/**
 * The charity, programme and account that may collect on that day: certificate, filing and account all in force (Charity Law
 * 22-24; domain 4.9). Undefined when any of them has lapsed: then the portal takes an intent and no money.
 */
export async function collectingCharity(db: Database | Transaction, at: Date) {
  const [row] = await db
    .select({ charity: charities, programme: programmes, certificate: fundraisingCertificates, stripeAccountId: charityAccounts.stripeAccountId })
    .from(programmes)
    .innerJoin(charities, eq(charities.id, programmes.charityId))
    .innerJoin(fundraisingCertificates, eq(fundraisingCertificates.charityId, charities.id))
    .innerJoin(charityAccounts, eq(charityAccounts.charityId, charities.id))
    .where(
      and(
        lte(programmes.validFrom, at),
        gt(programmes.validTo, at),
        lte(fundraisingCertificates.validFrom, at),
        gt(fundraisingCertificates.validTo, at),
        lte(charityAccounts.validFrom, at),
        or(isNull(charityAccounts.validTo), gt(charityAccounts.validTo, at)),
      ),
    )
    .orderBy(desc(programmes.validFrom))
    .limit(1);
  return row;
}
