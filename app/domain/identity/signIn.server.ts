import { eq, isNotNull, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";
import { appUsers, credentials } from "~db/schema/identity";
import { tryPassword } from "./passwords.server";
import { sendSignUpLinkAgain } from "./signUp.server";

/**
 * Checks e-mail and password. Wrong tries (`signInTries` in `signInWindowMinutes`) for one account from one
 * address close that pair for the rest of the window; right ones are not counted. The answer and its time are
 * the same for an unknown address, for a wrong password, and for the right one of an account that was closed.
 * The right one of an account whose address nobody confirmed sends the link once more. What failed stands in
 * the trail of use.
 * @throws {DomainError} TOO_MANY_REQUESTS, SIGN_IN_FAILED, MAIL_UNCONFIRMED
 */
export async function checkPassword(
  ctx: UseCaseContext,
  typed: { email: string; password: string; clientAddress: string },
): Promise<{ userId: string }> {
  const [user] = await ctx.db
    .select({
      id: appUsers.id,
      disabledAt: appUsers.disabledAt,
      isConfirmed: isNotNull(appUsers.mailConfirmedAt),
      passwordHash: credentials.passwordHash,
    })
    .from(appUsers)
    .innerJoin(credentials, eq(credentials.userId, appUsers.id))
    .where(eq(sql`lower(${appUsers.email})`, typed.email));
  const failed = () =>
    recordUse(ctx.db, ctx, { kind: "sign_in_failed", what: "/sign-in", accountId: user?.id });

  try {
    if (
      !(await tryPassword(ctx, typed, {
        passwordHash: user?.passwordHash,
        mayEnter: user?.disabledAt === null,
      })) ||
      !user
    )
      throw new DomainError("SIGN_IN_FAILED");
  } catch (error) {
    // What was not looked at, since too many asked or the database was gone, is no try that failed.
    if (error instanceof DomainError && error.code !== "TOO_BUSY") await failed();
    throw error;
  }

  if (!user.isConfirmed) {
    await failed();
    await sendSignUpLinkAgain(ctx, user.id);
    throw new DomainError("MAIL_UNCONFIRMED");
  }

  return { userId: user.id };
}
