import { and, eq, exists, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "~/domain/kernel/context.server";
import { appUsers } from "~db/schema/identity";
import { passkeys, secondFactors } from "~db/schema/secondStep";

/**
 * Condition in a query over accounts: whether one has a second step of whatever kind, an app whose code was
 * confirmed or a passkey.
 */
export function secondStepOn(db: Database | Transaction): SQL<boolean> {
  const one = { one: sql`1` };
  const app = db
    .select(one)
    .from(secondFactors)
    .where(and(eq(secondFactors.userId, appUsers.id), isNotNull(secondFactors.confirmedAt)));
  const passkey = db.select(one).from(passkeys).where(eq(passkeys.userId, appUsers.id));
  return sql<boolean>`${or(exists(app), exists(passkey))}`;
}

/** Whether signing in to this account asks for a second step. */
export async function hasSecondStep(db: Database | Transaction, userId: string): Promise<boolean> {
  const [user] = await db
    .select({ isOn: secondStepOn(db) })
    .from(appUsers)
    .where(eq(appUsers.id, userId));
  return user?.isOn === true;
}
