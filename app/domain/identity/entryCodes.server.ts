import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";
import { limit } from "~/domain/kernel/limits.server";
import { countHit, countTry, networkOf } from "~/domain/kernel/rate.server";
import { isHashOf, keyedHash, keyedHashes, seal, unseal } from "~/domain/kernel/sealing.server";
import { plusMinutes } from "~/domain/kernel/time";
import { entryCodes } from "~db/schema/entry";
import type { Contact } from "./contact";
import { accountOfContact, lockContact } from "./entryAccount.server";
import { requireReached, sendEntryCode } from "./entryMessages.server";
import { newToken } from "./oneTimeLinks.server";

export const ENTRY_CODE_MINUTES = 10;
const MOST_WRONG = 5;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
/** Tries at one contact within a day, from wherever they come: of a million codes one is right. */
const MOST_TRIES_A_DAY = 30;

const TOKEN = "entry_code.token";
const CONTACT = "entry_code.contact";
const CODE = "entry_code.code";
const contactPlace = (id: string): string => `entry_code.contact:${id}`;

/** The codes that went to a number or an address, under whichever key it was hashed. */
export const ofContact = (ctx: UseCaseContext, address: string) =>
  inArray(entryCodes.contactHash, keyedHashes(ctx.keys, CONTACT, address));

type Row = typeof entryCodes.$inferSelect;

const isOpen = (ctx: UseCaseContext, row: Row | undefined): row is Row & { contactSealed: string } =>
  row?.closedAt === null && row.contactSealed !== null && row.expiresAt > ctx.now();

const contactOf = (
  ctx: UseCaseContext,
  { id, contactKind, contactSealed }: Row & { contactSealed: string },
): Contact => ({
  kind: contactKind,
  address: unseal(ctx.keys, contactPlace(id), contactSealed),
});

/**
 * Sends six digits to a number or an address: they let its owner in once, within ten minutes, from the
 * browser that asked. Known and unknown contacts are answered alike, and so are those of closed accounts.
 * Counted for the contact, for the network of whoever asks, and as a text for the whole city.
 * @returns what stands in that browser's cookie and nowhere else
 * @throws {DomainError} TEXTS_OFF, NUMBER_NOT_REACHED, TOO_MANY_REQUESTS, TEXTS_USED_UP; CODE_NOT_SENT when
 *   the gateway or the mail server refused
 */
export async function askEntryCode(
  ctx: UseCaseContext,
  contact: Contact,
  { clientAddress }: { clientAddress: string },
): Promise<{ token: string }> {
  await requireReached(ctx, contact);
  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "entry-code", `from ${networkOf(clientAddress)}`),
    windowMinutes: HOUR_MINUTES,
    most: await limit(ctx.db, ctx, "signUpsPerHour"),
  });

  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "entry-code", `to ${contact.address}`),
    windowMinutes: HOUR_MINUTES,
    most: await limit(ctx.db, ctx, "linksPerHour"),
  });

  if (contact.kind === "phone") await countText(ctx);

  const [id, token, code] = [ctx.newId(), newToken(ctx), sixDigits(ctx)];

  await ctx.db.insert(entryCodes).values({
    id,
    contactKind: contact.kind,
    contactSealed: seal(ctx.keys, contactPlace(id), contact.address),
    contactHash: keyedHash(ctx.keys, CONTACT, contact.address),
    codeHash: keyedHash(ctx.keys, CODE, `${id} ${code}`),
    tokenHash: keyedHash(ctx.keys, TOKEN, token),
    createdAt: ctx.now(),
    expiresAt: plusMinutes(ctx.now(), ENTRY_CODE_MINUTES),
  });

  await sendEntryCode(ctx, contact, { id, code, minutes: ENTRY_CODE_MINUTES });
  return { token };
}

/**
 * Strangers may ask for texts to many numbers from many networks, and each text costs money. Counted last:
 * what was refused before costs nothing.
 */
async function countText(ctx: UseCaseContext): Promise<void> {
  const most = await limit(ctx.db, ctx, "codeTextsPerDay");
  const { hits } = await countHit(ctx, {
    keys: keyedHashes(ctx.keys, "entry-code", "texts of the city"),
    windowMinutes: DAY_MINUTES,
  });
  if (hits <= most) return;
  const usedUp = new DomainError("TEXTS_USED_UP", {}, "contact");
  // One line a day for whoever runs the portal, however many are refused.
  if (hits === most + 1)
    ctx.ports.faults.rowsFailed("entryCodes", [{ id: "codeTextsPerDay", error: usedUp }]);
  throw usedUp;
}

const sixDigits = (ctx: UseCaseContext): string =>
  String(ctx.randomBytes(6).readUIntBE(0, 6) % 1_000_000).padStart(6, "0");

async function byToken(ctx: UseCaseContext, token: string): Promise<Row | undefined> {
  const [row] = await ctx.db
    .select()
    .from(entryCodes)
    .where(inArray(entryCodes.tokenHash, keyedHashes(ctx.keys, TOKEN, token)));
  return row;
}

/** To where the code of this browser went that still waits; undefined where none does. */
export async function entryCodeWaits(ctx: UseCaseContext, token: string): Promise<Contact | undefined> {
  const row = await byToken(ctx, token);
  return isOpen(ctx, row) ? contactOf(ctx, row) : undefined;
}

/**
 * The code was typed: its contact is theirs, and so is the account of it, which is made where there is none.
 * The code works once, whoever else tries it at the same moment, and with it end all others of the contact.
 * Five wrong ones end it, however many are sent at once; the right one of an account that was closed is
 * answered as a wrong one, as its password is. Whether the account has a second step is the caller's to ask.
 * What failed stands in the trail of use.
 * @param asked.onlyFor whose account it has to be, where something is carried along that was somebody's
 * @throws {DomainError} ENTRY_CODE_ENDED for one that ran out, was used, is another browser's or none;
 *   ENTRY_CODE_WRONG; TOO_MANY_REQUESTS; PASSWORD_NEEDED for who works here without a second step;
 *   KEPT_FOR_ANOTHER
 */
export async function passEntryCode(
  ctx: UseCaseContext,
  token: string,
  code: string,
  { clientAddress, onlyFor }: { clientAddress: string; onlyFor?: string | undefined },
): Promise<{ userId: string }> {
  const waiting = await byToken(ctx, token);
  if (!isOpen(ctx, waiting)) throw new DomainError("ENTRY_CODE_ENDED");
  const contact = contactOf(ctx, waiting);
  const tries = await countTries(ctx, contact, clientAddress);

  const passed = await inTransaction(ctx, async (tx) => {
    await lockContact(tx, ctx, contact);
    const [row] = await tx.select().from(entryCodes).where(eq(entryCodes.id, waiting.id)).for("update");
    if (!isOpen(ctx, row)) return { userId: undefined, may: "not enter: ended" as const };
    const isRight = isHashOf(ctx.keys, row.codeHash, CODE, `${row.id} ${code}`);
    const account = isRight ? await accountOfContact(tx, ctx, contact) : undefined;
    if (account === undefined || account.may === "not enter: closed")
      return { userId: account?.userId, may: await countWrong(tx, ctx, row) };

    if (onlyFor !== undefined && onlyFor !== account.userId) throw new DomainError("KEPT_FOR_ANOTHER");
    await tx
      .update(entryCodes)
      .set(closed(ctx))
      .where(and(ofContact(ctx, contact.address), isNull(entryCodes.closedAt)));

    return account;
  });

  if (passed.may === "enter") {
    for (const tried of tries) await tried.takeBack();
    return { userId: passed.userId };
  }

  await recordUse(ctx.db, ctx, { kind: "sign_in_failed", what: "/sign-in/code", accountId: passed.userId });
  if (passed.may === "not enter: ended") throw new DomainError("ENTRY_CODE_ENDED");
  if (passed.may === "not enter: wrong") throw new DomainError("ENTRY_CODE_WRONG", {}, "entryCode");
  throw new DomainError("PASSWORD_NEEDED");
}

const closed = (ctx: UseCaseContext) => ({ closedAt: ctx.now(), contactSealed: null });

/** Of a code that is locked: the fifth wrong one ends it. */
async function countWrong(
  tx: Transaction,
  ctx: UseCaseContext,
  { id, wrongCodes }: Row,
): Promise<"not enter: wrong" | "not enter: ended"> {
  const isLast = wrongCodes + 1 >= MOST_WRONG;

  await tx
    .update(entryCodes)
    .set({ wrongCodes: sql`${entryCodes.wrongCodes} + 1`, ...(isLast ? closed(ctx) : {}) })
    .where(eq(entryCodes.id, id));

  return isLast ? "not enter: ended" : "not enter: wrong";
}

/** Counted before anything is looked at, so that many at once are no way around it. */
async function countTries(ctx: UseCaseContext, { address }: Contact, clientAddress: string) {
  const network = await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "entry-code-try", `from ${networkOf(clientAddress)}`),
    windowMinutes: await limit(ctx.db, ctx, "signInWindowMinutes"),
    most: await limit(ctx.db, ctx, "signInNetworkTries"),
  });
  const contact = await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "entry-code-try", `for ${address}`),
    windowMinutes: DAY_MINUTES,
    most: MOST_TRIES_A_DAY,
  });
  return [network, contact];
}
