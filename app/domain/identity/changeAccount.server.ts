import { eq } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { countTry } from "~/domain/kernel/rate.server";
import { keyedHashes } from "~/domain/kernel/sealing.server";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { paths } from "~/paths";
import { appUsers, credentials } from "~db/schema/identity";
import { recordAccount } from "./accountEvents.server";
import { phoneOfAccount } from "./accountPhones.server";
import { endSessions } from "./endSessions.server";
import { writeLetters } from "./letters.server";
import { closeLinks, linkHolds, makeLink, useUp } from "./oneTimeLinks.server";
import { askPassword, hashNew, keepPassword } from "./passwords.server";
import { forgetAccounts, lockAccountOf } from "./signUp.server";

/** What somebody's own page shows of their account. @throws {DomainError} SIGN_IN_NEEDED */
export async function myAccount(
  ctx: UseCaseContext,
): Promise<{ email: string | null; phone: string | undefined; displayName: string; hasPassword: boolean }> {
  const { userId } = requireUser(ctx.actor);
  const [row] = await ctx.db
    .select({
      email: appUsers.email,
      displayName: appUsers.displayName,
      passwordHash: credentials.passwordHash,
    })
    .from(appUsers)
    .leftJoin(credentials, eq(credentials.userId, appUsers.id))
    .where(eq(appUsers.id, userId));
  if (!row) throw new DomainError("SIGN_IN_NEEDED");
  return {
    email: row.email,
    phone: await phoneOfAccount(ctx.db, ctx, userId),
    displayName: row.displayName,
    hasPassword: row.passwordHash !== null,
  };
}

/**
 * A new password in place of the old one. All other sessions end; a letter says that it happened.
 * @param input.sessionId the session that stays, as the table knows it
 * @throws {DomainError} PASSWORD_WRONG, PASSWORD_COMMON, TOO_MANY_REQUESTS
 */
export async function changePassword(
  ctx: UseCaseContext,
  {
    password,
    newPassword,
    clientAddress,
    sessionId,
  }: { password: string; newPassword: string; clientAddress: string; sessionId: string | undefined },
): Promise<void> {
  requireSteppedUp(ctx, "changePassword");
  const { userId, displayName } = requireUser(ctx.actor);
  await askPassword(ctx, userId, { password, clientAddress });
  const { email } = await myAccount(ctx);
  const passwordHash = await hashNew(ctx, newPassword, [email ?? "", displayName]);

  await inTransaction(ctx, async (tx) => {
    const journalId = await recordAccount(tx, ctx, userId, "change_password", "donor");
    await keepPassword(tx, ctx, userId, passwordHash);
    await closeLinks(tx, ctx, userId, "password");
    await endSessions(tx, ctx, userId, "password", sessionId);
    await writeLetters(tx, ctx, journalId, [{ template: "passwordChanged", userId }]);
  });
}

/**
 * Asks for another mail address: a link goes there, and nothing changes before it is followed. An earlier
 * link ends. An address that has an account is answered alike; a letter without a link goes there.
 * @throws {DomainError} PASSWORD_WRONG, TOO_MANY_REQUESTS
 */
export async function askMailChange(
  ctx: UseCaseContext,
  { email, password, clientAddress }: { email: string; password: string; clientAddress: string },
): Promise<void> {
  requireSteppedUp(ctx, "askMailChange");
  const { userId } = requireUser(ctx.actor);
  await askPassword(ctx, userId, { password, clientAddress });
  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "mail-link", userId),
    windowMinutes: 60,
    most: await limit(ctx.db, ctx, "linksPerHour"),
  });

  await inTransaction(ctx, async (tx) => {
    const taken = await lockAccountOf(tx, email);
    const journalId = await recordAccount(tx, ctx, userId, "ask_mail", "donor");

    if (taken?.isConfirmed) {
      await closeLinks(tx, ctx, userId, "mail");
      await writeLetters(tx, ctx, journalId, [{ template: "mailWanted", userId: taken.userId }]);
      return;
    }

    const token = await makeLink(tx, ctx, { userId, purpose: "mail", newMail: email });

    await writeLetters(tx, ctx, journalId, [
      {
        template: "confirmMail",
        userId,
        to: email,
        link: ctx.publicUrl + paths(ctx.locale).newMail(token),
        data: await linkHolds(tx, ctx),
      },
    ]);
  });
}

/** Enough of an address to know it again, too little to write to it. */
const hinted = (email: string): string => email.replace(/^(.).*(?=@)/, "$1…");

/**
 * Takes the new address by the link that was sent to it. The old one gets a letter, and links that it was
 * sent end.
 * @throws {DomainError} LINK_ENDED, MAIL_TAKEN when somebody else has it by now
 */
export async function confirmMail(ctx: UseCaseContext, token: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { userId, newMail } = await useUp(tx, ctx, token, "mail");
    const journalId = await recordAccount(tx, ctx, userId, "change_mail", "visitor");
    const [before] = await tx.select().from(appUsers).where(eq(appUsers.id, userId));
    if (!before || before.email === null || before.disabledAt !== null) throw new DomainError("LINK_ENDED");
    const waiting = await lockAccountOf(tx, newMail);
    if (waiting?.isConfirmed === false) await forgetAccounts(tx, [waiting.userId]);
    await tx.update(appUsers).set({ email: newMail }).where(eq(appUsers.id, userId));

    await closeLinks(tx, ctx, userId, "password");
    await writeLetters(tx, ctx, journalId, [
      {
        template: "mailChanged",
        userId,
        to: before.email,
        locale: before.locale,
        data: { hint: hinted(newMail) },
      },
    ]);
  });
}

/**
 * Another name for staff of the portal to see; what a gift shows of its donor stays as it was chosen with the
 * gift.
 */
export async function changeName(ctx: UseCaseContext, displayName: string): Promise<void> {
  const { userId, displayName: before } = requireUser(ctx.actor);
  if (displayName === before) return;
  await inTransaction(ctx, async (tx) => {
    await recordAccount(tx, ctx, userId, "rename", "donor");
    await tx.update(appUsers).set({ displayName }).where(eq(appUsers.id, userId));
  });
}
