import { eq } from "drizzle-orm";
import type { Database } from "../client";
import {
  charities,
  charityAccounts,
  filings,
  fundraisingCertificates,
  organisations,
  programmes,
  registrations,
} from "../schema/organisations";

const CHARITY_CODE = "53440000MJ0000000G";
/** The filing number of the demo's one programme. */
export const DEMO_FILING_NUMBER = `${CHARITY_CODE}A26001`;
const ORGANISATION_CODE = "52440000MJ0000001N";

/**
 * One plainly fictional charity with a certificate, a filed programme and an account of its own, all dated
 * around `now`; and one social organisation. They came with set-up: nobody entered them. Safe to repeat.
 */
export async function seedDemoCharity(
  db: Database,
  { now, newId }: { now: Date; newId: () => string },
): Promise<{ charityId: string; organisationId: string }> {
  const years = (count: number) => new Date(now.getTime() + count * 365 * 86_400_000);
  const [known] = await db
    .select({ id: charities.id })
    .from(charities)
    .where(eq(charities.creditCode, CHARITY_CODE));
  const [knownOrganisation] = await db
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.creditCode, ORGANISATION_CODE));
  if (known && knownOrganisation) return { charityId: known.id, organisationId: knownOrganisation.id };
  const charityId = newId();
  const organisationId = newId();
  const programmeId = newId();
  const approved = { state: "approved", createdAt: now } as const;
  await db.insert(charities).values({ id: charityId, creditCode: CHARITY_CODE });
  await db.insert(charityAccounts).values({
    id: newId(),
    charityId,
    stripeAccountId: "acct_demo_charity",
    validFrom: years(-1),
    ...approved,
  });
  await db.insert(fundraisingCertificates).values({
    id: newId(),
    charityId,
    number: "演示公募第 0001 号",
    validFrom: years(-1),
    validTo: years(2),
    ...approved,
  });
  await db.insert(programmes).values({
    id: programmeId,
    charityId,
    filingNumber: DEMO_FILING_NUMBER,
    nameHans: "红心愿采购项目（演示）",
    nameHant: "紅心願採購項目（演示）",
    nameEn: "Wishes programme (demo)",
  });
  await db
    .insert(filings)
    .values({ id: newId(), programmeId, validFrom: years(-1), validTo: years(1), ...approved });
  await db
    .insert(organisations)
    .values({ id: organisationId, creditCode: ORGANISATION_CODE, state: "verified", createdAt: now });
  await db.insert(registrations).values([
    {
      id: newId(),
      charityId,
      nameHans: "演示慈善会（虚构）",
      nameHant: "演示慈善會（虛構）",
      nameEn: "Demo Charity (fictional)",
      contactPhone: "0760-0000-2000",
      number: "演示社团第 0001 号",
      validFrom: years(-2),
      validTo: years(3),
      ...approved,
    },
    {
      id: newId(),
      organisationId,
      nameHans: "演示社会工作服务中心（虚构）",
      nameHant: "演示社會工作服務中心（虛構）",
      nameEn: "Demo Social Work Centre (fictional)",
      contactPhone: "0760-0000-3000",
      number: "演示民非第 0001 号",
      validFrom: years(-2),
      validTo: years(1),
      ...approved,
    },
  ]);
  return { charityId, organisationId };
}
