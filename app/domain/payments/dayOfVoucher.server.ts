import { eq } from "drizzle-orm";
import type { Transaction } from "~/domain/kernel/context.server";
import { purchases } from "~db/schema/payments";
import { spendings } from "~db/schema/spendings";

/** Puts right when something was bought; its entry of correction is the caller's. */
export const setBoughtOn = (tx: Transaction, purchaseId: string, boughtOn: Date) =>
  tx.update(purchases).set({ boughtOn }).where(eq(purchases.id, purchaseId));

/** Puts right when money was spent; its entry of correction is the caller's. */
export const setSpentOn = (tx: Transaction, spendingId: string, spentOn: Date) =>
  tx.update(spendings).set({ spentOn }).where(eq(spendings.id, spendingId));
