import { and, desc, eq, gt, lte } from "drizzle-orm";
import type { Database, Transaction } from "~/domain/kernel/context.server";
import { accountsAt, charitiesAt } from "~/domain/register/register.server";
import { filings, fundraisingCertificates, programmes } from "~db/schema/organisations";

/**
 * The charity, programme and account that may collect on that day: certificate, filing and account all
 * approved by two people and in force. Undefined when any of them has lapsed: then the
 * portal takes an intent and no money.
 * @param filingNumber only this programme, which a page has named
 */
export async function collectingCharity(db: Database | Transaction, at: Date, filingNumber?: string) {
  const [charity, account] = [charitiesAt(db, at), accountsAt(db, at)];
  const [row] = await db
    .select({
      charity: {
        id: charity.id,
        creditCode: charity.creditCode,
        nameHans: charity.nameHans,
        nameHant: charity.nameHant,
        nameEn: charity.nameEn,
      },
      programme: programmes,
      certificate: fundraisingCertificates,
      stripeAccountId: account.stripeAccountId,
    })
    .from(programmes)
    .innerJoin(filings, eq(filings.programmeId, programmes.id))
    .innerJoin(charity, eq(charity.id, programmes.charityId))
    .innerJoin(fundraisingCertificates, eq(fundraisingCertificates.charityId, charity.id))
    .innerJoin(account, eq(account.charityId, charity.id))
    .where(
      and(
        eq(filings.state, "approved"),
        lte(filings.validFrom, at),
        gt(filings.validTo, at),
        eq(fundraisingCertificates.state, "approved"),
        lte(fundraisingCertificates.validFrom, at),
        gt(fundraisingCertificates.validTo, at),
        eq(account.state, "approved"),
        filingNumber === undefined ? undefined : eq(programmes.filingNumber, filingNumber),
      ),
    )
    .orderBy(desc(filings.validFrom), desc(fundraisingCertificates.validTo))
    .limit(1);
  return row;
}
