import { eq } from "drizzle-orm";
import type { Database } from "../client";
import { charities, charityAccounts, fundraisingCertificates, organisations, programmes } from "../schema/organisations";

const DEMO_CHARITY = "demo-charity";

/**
 * One plainly fictional charity with a certificate, a filed programme and an account of its own, all dated around `now`; and one
 * social organisation. Safe to repeat.
 */
export async function seedDemoCharity(db: Database, { now, newId }: { now: Date; newId: () => string }): Promise<{ charityId: string; organisationId: string }> {
  const years = (count: number) => new Date(now.getTime() + count * 365 * 86_400_000);
  const [known] = await db.select({ id: charities.id }).from(charities).where(eq(charities.slug, DEMO_CHARITY));
  const [knownOrganisation] = await db.select({ id: organisations.id }).from(organisations).where(eq(organisations.slug, "demo-station"));
  if (known && knownOrganisation) return { charityId: known.id, organisationId: knownOrganisation.id };
  const charityId = newId();
  const organisationId = newId();
  await db.insert(charities).values({
    id: charityId,
    slug: DEMO_CHARITY,
    nameHans: "演示慈善会（虚构）",
    nameHant: "演示慈善會（虛構）",
    nameEn: "Demo Charity (fictional)",
    creditCode: "53440000MJ00000000",
    contactPhone: "0760-0000-2000",
  });
  await db.insert(charityAccounts).values({ id: newId(), charityId, stripeAccountId: "acct_demo_charity", validFrom: years(-1) });
  await db.insert(fundraisingCertificates).values({ id: newId(), charityId, number: "演示公募第 0001 号", validFrom: years(-1), validTo: years(2) });
  await db.insert(programmes).values({
    id: newId(),
    charityId,
    filingNumber: "53440000MJ00000000A26001",
    nameHans: "红心愿代购项目（演示）",
    nameHant: "紅心願代購項目（演示）",
    nameEn: "Wishes programme (demo)",
    validFrom: years(-1),
    validTo: years(1),
  });
  await db.insert(organisations).values({
    id: organisationId,
    slug: "demo-station",
    nameHans: "演示社会工作服务中心（虚构）",
    nameHant: "演示社會工作服務中心（虛構）",
    nameEn: "Demo Social Work Centre (fictional)",
    creditCode: "52440000MJ00000001",
    certificateNumber: "演示民非第 0001 号",
    certificateFrom: years(-2),
    certificateTo: years(1),
    contactPhone: "0760-0000-3000",
    state: "verified",
    createdAt: now,
  });
  return { charityId, organisationId };
}
