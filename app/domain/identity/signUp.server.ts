import { and, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { countTry, networkOf } from "~/domain/kernel/rate.server";
import { keyedHashes, seal } from "~/domain/kernel/sealing.server";
import { plusDays } from "~/domain/kernel/time";
import { type Locale, LOCALES } from "~/i18n/locales";
import { paths } from "~/paths";
import { appUsers, credentials, donorProfiles, oneTimeLinks } from "~db/schema/identity";
import { messages } from "~db/schema/journal";
import { recordAccount } from "./accountEvents.server";
import { grant } from "./accounts.server";
import { writeLetters } from "./letters.server";
import { linkHolds, makeLink, ownerOf, useUp } from "./oneTimeLinks.server";
import { askPassword, hashNew, keepPassword, requireUncommon } from "./passwords.server";
import type { SignUpInput } from "./schemas";
import { UNCONFIRMED_DAYS } from "./sessionDays";

const HOUR_MINUTES = 60;
const BITE = 500;

type Profile = Pick<SignUpInput, "email" | "displayName" | "kind" | "realName" | "phone" | "creditCode">;

/**
 * Somebody wants to give: a link goes to their address, and nobody is let in before it was followed and the
 * password said again. Known and unknown addresses are answered alike; one that has an account gets a letter
 * that says so. Whoever signs up once more before the first link was followed starts anew: its earlier
 * password and link open nothing.
 * @param way.back where the link leads to in the end, within the portal
 * @throws {DomainError} PASSWORD_COMMON, TOO_MANY_REQUESTS after so many within an hour for one address, or
 *   from one network
 */
export async function signUp(
  ctx: UseCaseContext,
  input: SignUpInput,
  { clientAddress, back }: { clientAddress: string; back?: string | undefined },
): Promise<void> {
  const ownWords = [input.email, input.displayName];
  await requireUncommon(ctx, input.password, ownWords);
  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "sign-up", `from ${networkOf(clientAddress)}`),
    windowMinutes: HOUR_MINUTES,
    most: await limit(ctx.db, ctx, "signUpsPerHour"),
  });

  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "sign-up", input.email),
    windowMinutes: HOUR_MINUTES,
    most: await limit(ctx.db, ctx, "linksPerHour"),
  });

  const passwordHash = await hashNew(ctx, input.password, ownWords);

  await inTransaction(ctx, async (tx) => {
    const known = await lockAccountOf(tx, input.email);

    if (known?.isConfirmed) {
      const journalId = await recordAccount(tx, ctx, known.userId, "ask_sign_up", "visitor");

      await writeLetters(tx, ctx, journalId, [
        {
          template: "accountKnown",
          userId: known.userId,
          link: ctx.publicUrl + paths(known.locale).signIn(),
        },
      ]);

      return;
    }

    const userId = await writeAccount(tx, ctx, input, passwordHash);
    await sendSignUpLink(tx, ctx, userId, back);
  });
}

/**
 * A donor of the demo, whom nobody has to write to first. @throws {DomainError} NOT_ALLOWED unless the
 * system, PASSWORD_COMMON
 */
export async function addDonor(ctx: UseCaseContext, input: SignUpInput): Promise<{ userId: string }> {
  if (ctx.actor.kind !== "system") throw new DomainError("NOT_ALLOWED");
  const passwordHash = await hashNew(ctx, input.password, [input.email, input.displayName]);
  return inTransaction(ctx, async (tx) => {
    const userId = await writeAccount(tx, ctx, input, passwordHash);
    await welcomeDonor(tx, ctx, userId);
    return { userId };
  });
}

/**
 * The link of a sign-up was followed, and the password is the one that was chosen: the account is open from
 * here on. The password is asked because whoever reads the mail need not be whoever signed up with its
 * address.
 * @returns whose account it is
 * @throws {DomainError} LINK_ENDED, PASSWORD_WRONG, TOO_MANY_REQUESTS
 */
export async function confirmSignUp(
  ctx: UseCaseContext,
  token: string,
  { password, clientAddress }: { password: string; clientAddress: string },
): Promise<{ userId: string }> {
  const owner = await ownerOf(ctx, token, "sign_up");
  if (owner === undefined) throw new DomainError("LINK_ENDED");
  await askPassword(ctx, owner, { password, clientAddress });
  return inTransaction(ctx, async (tx) => {
    const { userId } = await useUp(tx, ctx, token, "sign_up");
    await recordAccount(tx, ctx, userId, "confirm_mail", "visitor");
    await welcomeDonor(tx, ctx, userId);
    return { userId };
  });
}

/**
 * The right password of an account whose link was not followed yet: the link goes out once more. @throws
 * {DomainError} TOO_MANY_REQUESTS
 */
export async function sendSignUpLinkAgain(ctx: UseCaseContext, userId: string): Promise<void> {
  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "sign-up-again", userId),
    windowMinutes: HOUR_MINUTES,
    most: await limit(ctx.db, ctx, "linksPerHour"),
  });

  await inTransaction(ctx, (tx) => sendSignUpLink(tx, ctx, userId));
}

async function sendSignUpLink(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  back?: string,
): Promise<void> {
  const journalId = await recordAccount(tx, ctx, userId, "ask_sign_up", "visitor");
  const token = await makeLink(tx, ctx, { userId, purpose: "sign_up" });

  await writeLetters(tx, ctx, journalId, [
    {
      template: "confirmSignUp",
      userId,
      link: ctx.publicUrl + paths(ctx.locale).confirmSignUp(token, back),
      data: await linkHolds(tx, ctx),
    },
  ]);
}

/** The account of an address, locked; one that nobody confirmed belongs to nobody yet. */
export async function lockAccountOf(
  tx: Transaction,
  email: string,
): Promise<{ userId: string; isConfirmed: boolean; locale: Locale } | undefined> {
  const [user] = await tx
    .select({ id: appUsers.id, mailConfirmedAt: appUsers.mailConfirmedAt, locale: appUsers.locale })
    .from(appUsers)
    .where(eq(sql`lower(${appUsers.email})`, email))
    .for("update");
  return (
    user && {
      userId: user.id,
      isConfirmed: user.mailConfirmedAt !== null,
      locale: LOCALES.find((known) => known === user.locale) ?? "zh-Hans",
    }
  );
}

/**
 * Writes an account that nobody can use yet, in place of an earlier one of the same address that nobody
 * confirmed.
 * @throws {DomainError} MAIL_TAKEN when the address was confirmed by somebody meanwhile
 */
export async function writeAccount(
  tx: Transaction,
  ctx: UseCaseContext,
  input: Profile,
  passwordHash: string,
): Promise<string> {
  const row = { displayName: input.displayName, locale: ctx.locale };
  const id = ctx.newId();
  const added = await tx
    .insert(appUsers)
    .values({ id, email: input.email, ...row, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ userId: appUsers.id });
  // Of two at once the second waited for the first, and finds what that one wrote.
  const known = added.length > 0 ? undefined : await lockAccountOf(tx, input.email);
  if (known?.isConfirmed) throw new DomainError("MAIL_TAKEN");
  if (known) await tx.update(appUsers).set(row).where(eq(appUsers.id, known.userId));
  const userId = known?.userId ?? id;
  await keepPassword(tx, ctx, userId, passwordHash);
  const profile = {
    kind: input.kind,
    realNameSealed:
      input.realName === undefined
        ? null
        : seal(ctx.keys, `donor_profile.real_name:${userId}`, input.realName),
    phoneSealed:
      input.phone === undefined ? null : seal(ctx.keys, `donor_profile.phone:${userId}`, input.phone),
    creditCode: input.creditCode ?? null,
  };

  await tx
    .insert(donorProfiles)
    .values({ userId, ...profile })
    .onConflictDoUpdate({ target: donorProfiles.userId, set: profile });

  return userId;
}

/** The address is theirs: whoever has it followed a link that was sent there. Safe to repeat. */
export async function takeMailFor(tx: Transaction, ctx: UseCaseContext, userId: string): Promise<void> {
  await tx
    .update(appUsers)
    .set({ mailConfirmedAt: ctx.now() })
    .where(and(eq(appUsers.id, userId), isNull(appUsers.mailConfirmedAt)));
}

/** The same for whoever came to give. */
export async function welcomeDonor(tx: Transaction, ctx: UseCaseContext, userId: string): Promise<void> {
  await takeMailFor(tx, ctx, userId);
  await grant(tx, ctx, { userId, role: "donor", scope: { kind: "city" } });
}

/**
 * Clock: accounts that nobody confirmed within a week are forgotten, some at a time; nothing hangs on them.
 * Safe to repeat. @returns how many
 */
export async function forgetUnconfirmed(ctx: UseCaseContext): Promise<number> {
  const until = plusDays(ctx.now(), -UNCONFIRMED_DAYS);

  for (let forgotten = 0; ;) {
    const bite = await inTransaction(ctx, async (tx) => {
      const old = await tx
        .select({ id: appUsers.id })
        .from(appUsers)
        .where(and(isNull(appUsers.mailConfirmedAt), lt(appUsers.createdAt, until)))
        .limit(BITE)
        .for("update", { skipLocked: true });
      const ids = old.map(({ id }) => id);
      await forgetAccounts(tx, ids);
      return ids.length;
    });
    forgotten += bite;
    if (bite < BITE) return forgotten;
  }
}

/**
 * Forgets accounts that nobody confirmed: nothing stays but their entries in the journal, which name nobody.
 */
export async function forgetAccounts(tx: Transaction, userIds: readonly string[]): Promise<void> {
  const ids = [...userIds];
  await tx.delete(messages).where(inArray(messages.userId, ids));
  await tx.delete(oneTimeLinks).where(inArray(oneTimeLinks.userId, ids));
  await tx.delete(credentials).where(inArray(credentials.userId, ids));
  await tx.delete(donorProfiles).where(inArray(donorProfiles.userId, ids));
  await tx.delete(appUsers).where(and(inArray(appUsers.id, ids), isNull(appUsers.mailConfirmedAt)));
}
