import { eq, inArray, ne } from "drizzle-orm";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { hashKeyOf } from "~/domain/kernel/hashKeys.server";
import { keyedHash, keyedHashes, newestHashKey, seal, unseal } from "~/domain/kernel/sealing.server";
import { accountPhones } from "~db/schema/entry";

const PURPOSE = "account_phone";
const placeOf = (id: string): string => `account_phone.phone:${id}`;

/** Whose number it is, in the form by which two are compared; undefined for one that nobody comes in by. */
export async function accountByPhone(
  db: Database | Transaction,
  ctx: UseCaseContext,
  phone: string,
): Promise<string | undefined> {
  const [known] = await db
    .select({ userId: accountPhones.userId })
    .from(accountPhones)
    .where(inArray(accountPhones.phoneHash, keyedHashes(ctx.keys, PURPOSE, phone)));
  return known?.userId;
}

/** The number by which an account comes in; undefined where it has none. */
export async function phoneOfAccount(
  db: Database | Transaction,
  ctx: UseCaseContext,
  userId: string,
): Promise<string | undefined> {
  const [known] = await db
    .select({ id: accountPhones.id, phoneSealed: accountPhones.phoneSealed })
    .from(accountPhones)
    .where(eq(accountPhones.userId, userId));
  return known && unseal(ctx.keys, placeOf(known.id), known.phoneSealed);
}

/** Keeps the number of an account that has none yet, whose person typed the code that was sent to it. */
export async function keepPhone(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  phone: string,
): Promise<void> {
  const id = ctx.newId();

  await tx.insert(accountPhones).values({
    id,
    userId,
    phoneSealed: seal(ctx.keys, placeOf(id), phone),
    phoneHash: keyedHash(ctx.keys, PURPOSE, phone),
    confirmedAt: ctx.now(),
  });
}

/** Whoever leaves is reached by no number any more. Safe to repeat. */
export async function forgetPhone(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(accountPhones).where(eq(accountPhones.userId, userId));
}

/**
 * Hashes the numbers anew that were hashed under another key than the newest. Safe to repeat, also by two at
 * once. @returns how many
 */
export const renewPhoneHashes = (ctx: UseCaseContext): Promise<number> =>
  eachDueRow(
    ctx,
    "renewPhoneHashes",
    accountPhones,
    ne(hashKeyOf(accountPhones.phoneHash), newestHashKey(ctx.keys)),
    async (tx, { id, phoneSealed }) => {
      await tx
        .update(accountPhones)
        .set({ phoneHash: keyedHash(ctx.keys, PURPOSE, unseal(ctx.keys, placeOf(id), phoneSealed)) })
        .where(eq(accountPhones.id, id));
    },
  );
