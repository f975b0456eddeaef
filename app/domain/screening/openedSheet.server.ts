import { asc, eq } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { householdBenefits, type householdFacts } from "~db/schema/screening";

export type Benefit = typeof householdBenefits.$inferSelect;

/** Everything that a household ever received, as far as is known. */
export const benefitsOf = (tx: Transaction | UseCaseContext["db"], householdId: string): Promise<Benefit[]> =>
  tx
    .select()
    .from(householdBenefits)
    .where(eq(householdBenefits.householdId, householdId))
    .orderBy(asc(householdBenefits.id));

/**
 * What a sheet is opened on: its facts and people have one version; what is received is written elsewhere
 * too, and counts by itself.
 */
export const sheetVersions = (
  facts: Pick<typeof householdFacts.$inferSelect, "version">,
  benefits: readonly Benefit[],
): readonly number[] => [
  facts.version,
  benefits.length,
  benefits.filter((benefit) => benefit.endedAt !== null).length,
];
