import type { Database } from "~db/client";
import { BOOKS_CHECKS } from "./books/checks.server";
import { GOODS_CHECKS } from "./books/goodsChecks.server";
import { DELIVERY_CHECKS } from "./delivery/checks.server";
import { REFERRAL_CHECKS } from "./directory/referrals/checks.server";
import { SCREENING_CHECKS } from "./directory/screening/checks.server";
import { KEEPING_CHECKS } from "./directory/keeping/checks.server";
import { GIVING_CHECKS } from "./giving/checks.server";
import { HOUSEHOLDS_CHECKS } from "./households/checks.server";
import { IDENTITY_CHECKS } from "./identity/checks.server";
import { JOURNAL_CHECKS } from "./kernel/journalChecks.server";
import type { Check } from "./kernel/checks";
import { MATCHING_CHECKS } from "./matching/checks.server";
import { NEEDS_CHECKS } from "./needs/checks.server";
import { ORGANISATIONS_CHECKS } from "./organisations/checks.server";
import { PAYMENTS_CHECKS } from "./payments/checks.server";

export const ALL_CHECKS: readonly Check[] = [
  ...JOURNAL_CHECKS,
  ...IDENTITY_CHECKS,
  ...NEEDS_CHECKS,
  ...GIVING_CHECKS,
  ...BOOKS_CHECKS,
  ...GOODS_CHECKS,
  ...PAYMENTS_CHECKS,
  ...DELIVERY_CHECKS,
  ...MATCHING_CHECKS,
  ...HOUSEHOLDS_CHECKS,
  ...SCREENING_CHECKS,
  ...ORGANISATIONS_CHECKS,
  ...KEEPING_CHECKS,
  ...REFERRAL_CHECKS,
];

export type CheckResult = Readonly<{ name: string; guarantees: string; examined: number; wrong: string[] }>;

/** Runs every invariant as SQL on this database: how much each examined, and what is wrong by id or code. Reads only. */
export async function runChecks(db: Database, checks: readonly Check[] = ALL_CHECKS): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const [row] = await db.execute<{ examined: string }>(check.examined);
    const wrong = await db.execute<{ what: string }>(check.violations);
    results.push({ name: check.name, guarantees: check.guarantees, examined: Number(row?.examined ?? 0), wrong: wrong.map(({ what }) => `${check.name}: ${what}`) });
  }
  return results;
}
