import { and, eq, isNull, sql } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { type JournalRow, recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { limit } from "~/domain/kernel/limits.server";
import { countTry, networkOf } from "~/domain/kernel/rate.server";
import { keyedHashes } from "~/domain/kernel/sealing.server";
import { LOCALES } from "~/i18n/locales";
import { paths } from "~/paths";
import { appUsers, donorProfiles } from "~db/schema/identity";
import { messages } from "~db/schema/journal";
import { recordAccount } from "./accountEvents.server";
import { endSessions } from "./endSessions.server";
import { lettersOf, sealedAddressOf, sealedLink, sendLetter, writeLetters } from "./letters.server";
import { closeLinks, linkHolds, makeLink, ownerOf, useUp } from "./oneTimeLinks.server";
import { hashNew, keepPassword } from "./passwords.server";
import { welcomeDonor } from "./signUp.server";

const HOUR_MINUTES = 60;
const CLIENTS_SHARE = 10;

/**
 * Asks for a link by which a new password can be set. Known and unknown addresses are treated alike, to the
 * last statement: whether there is an account is looked up afterwards, by the worker.
 * @throws {DomainError} TOO_MANY_REQUESTS after so many within an hour for one address, or from one client
 */
export async function askNewPassword(
  ctx: UseCaseContext,
  { email, clientAddress }: { email: string; clientAddress: string },
): Promise<void> {
  const most = await limit(ctx.db, ctx, "linksPerHour");

  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "password-link", `from ${networkOf(clientAddress)}`),
    windowMinutes: HOUR_MINUTES,
    most: most * CLIENTS_SHARE,
  });

  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "password-link", email),
    windowMinutes: HOUR_MINUTES,
    most,
  });

  await inTransaction(ctx, async (tx) => {
    const journalId = await recordEvent(tx, ctx, {
      entity: "password_link",
      entityId: ctx.newId(),
      entityVersion: 1,
      event: "password_link.ask",
      fromState: null,
      toState: null,
      by: "visitor",
    });

    await writeLetters(tx, ctx, journalId, [
      { template: "passwordLink", to: email, data: await linkHolds(tx, ctx) },
    ]);
  });
}

/**
 * Makes the link and sends it where there is an account; where there is none, the address is forgotten. Safe
 * to repeat.
 */
export async function answerPasswordAsk(ctx: UseCaseContext, event: JournalRow): Promise<void> {
  for (const letter of await lettersOf(ctx, event.id)) {
    if (letter.sentAt !== null) continue;
    if (letter.linkSealed !== null) {
      await sendLetter(ctx, letter);
      continue;
    }

    const email = sealedAddressOf(ctx, letter) ?? "";
    const [user] = await ctx.db
      .select({ id: appUsers.id, locale: appUsers.locale })
      .from(appUsers)
      .where(and(eq(sql`lower(${appUsers.email})`, email), isNull(appUsers.disabledAt)));

    if (!user) {
      await ctx.db.delete(messages).where(eq(messages.id, letter.id));
      continue;
    }

    const ready = await inTransaction(ctx, async (tx) => {
      const token = await makeLink(tx, ctx, { userId: user.id, purpose: "password" });
      const locale = LOCALES.find((known) => known === user.locale) ?? "zh-Hans";
      const [kept] = await tx
        .update(messages)
        .set({
          userId: user.id,
          locale,
          toSealed: null,
          linkSealed: sealedLink(ctx, letter.id, ctx.publicUrl + paths(locale).newPassword(token)),
        })
        .where(and(eq(messages.id, letter.id), isNull(messages.linkSealed)))
        .returning();
      return kept;
    });
    if (ready) await sendLetter(ctx, ready);
  }
}

/**
 * Whoever follows a link of this address has it; of an account that somebody else began with it they take
 * nothing over but the name.
 */
async function claimByMail(tx: Transaction, ctx: UseCaseContext, userId: string): Promise<void> {
  const [unconfirmed] = await tx
    .select({ id: appUsers.id })
    .from(appUsers)
    .where(and(eq(appUsers.id, userId), isNull(appUsers.mailConfirmedAt)));
  if (!unconfirmed) return;
  await tx
    .update(donorProfiles)
    .set({ kind: "person", realNameSealed: null, phoneSealed: null, creditCode: null })
    .where(eq(donorProfiles.userId, userId));

  await closeLinks(tx, ctx, userId, "sign_up");
  await welcomeDonor(tx, ctx, userId);
}

/**
 * Sets a new password by a link that was sent by mail, and ends every session: whoever was in with the old
 * one is out.
 * @throws {DomainError} LINK_ENDED, PASSWORD_COMMON
 */
export async function setNewPassword(ctx: UseCaseContext, token: string, newPassword: string): Promise<void> {
  const owner = await ownerOf(ctx, token, "password");
  if (owner === undefined) throw new DomainError("LINK_ENDED");
  const [whose] = await ctx.db
    .select({ email: appUsers.email, displayName: appUsers.displayName })
    .from(appUsers)
    .where(eq(appUsers.id, owner));
  const passwordHash = await hashNew(ctx, newPassword, whose ? [whose.email ?? "", whose.displayName] : []);

  await inTransaction(ctx, async (tx) => {
    const { userId } = await useUp(tx, ctx, token, "password");
    const journalId = await recordAccount(tx, ctx, userId, "new_password", "visitor");
    await keepPassword(tx, ctx, userId, passwordHash);
    await endSessions(tx, ctx, userId, "password");
    await claimByMail(tx, ctx, userId);
    await writeLetters(tx, ctx, journalId, [{ template: "passwordChanged", userId }]);
  });
}
