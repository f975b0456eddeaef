import { eq } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { appUsers } from "~db/schema/identity";
import { recordAccount } from "./accountEvents.server";
import type { DisableReason } from "./accountVocabulary";
import { endSessions } from "./endSessions.server";
import { lockAdmins } from "./lockAdmins.server";
import { closeLinks } from "./oneTimeLinks.server";
import { forgetSecondStep } from "./secondStep.server";

/**
 * Closes an account: nobody signs in with it, its sessions, links and second step end at once. Roles stay, to
 * hold again when it is opened. Doing it again changes nothing.
 * @throws {DomainError} NOT_ALLOWED unless an admin whose own account is open, FOUR_EYES for one's own,
 *   NOT_FOUND also for a sign-up that nobody confirmed (nobody is in it to be kept out)
 */
export async function disableAccount(
  ctx: UseCaseContext,
  userId: string,
  reason: DisableReason,
): Promise<void> {
  requireSteppedUp(ctx, "disableAccount");
  const admin = requireRole(ctx.actor, "admin");
  if (admin.userId === userId) throw new DomainError("FOUR_EYES");
  await inTransaction(ctx, async (tx) => {
    // Of two admins who close each other's account at once, the later one is no admin any more.
    if (!(await lockAdmins(tx)).some((grant) => grant.userId === admin.userId))
      throw new DomainError("NOT_ALLOWED");
    const [user] = await tx.select().from(appUsers).where(eq(appUsers.id, userId)).for("update");
    if (!user || user.leftAt !== null || user.mailConfirmedAt === null) throw new DomainError("NOT_FOUND");
    if (user.disabledAt !== null) return;
    await tx.update(appUsers).set({ disabledAt: ctx.now() }).where(eq(appUsers.id, userId));
    await recordAccount(tx, ctx, userId, "disable", "admin", reason);
    await endSessions(tx, ctx, userId, "disabled");
    await forgetSecondStep(tx, userId);
    await closeLinks(tx, ctx, userId, "password");
    await closeLinks(tx, ctx, userId, "mail");
  });
}

/**
 * Opens a closed account again, with the password and the roles that it had. @throws {DomainError}
 * NOT_ALLOWED, NOT_FOUND also for whoever left for good
 */
export async function enableAccount(ctx: UseCaseContext, userId: string): Promise<void> {
  requireSteppedUp(ctx, "enableAccount");
  requireRole(ctx.actor, "admin");
  await inTransaction(ctx, async (tx) => {
    const [user] = await tx.select().from(appUsers).where(eq(appUsers.id, userId)).for("update");
    if (!user || user.leftAt !== null) throw new DomainError("NOT_FOUND");
    if (user.disabledAt === null) return;
    await tx.update(appUsers).set({ disabledAt: null }).where(eq(appUsers.id, userId));
    await recordAccount(tx, ctx, userId, "enable", "admin");
  });
}
