import { and, eq, isNull } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import {
  appUsers,
  credentials,
  donorProfiles,
  oneTimeLinks,
  roleGrants,
  sessions,
} from "~db/schema/identity";
import { messages } from "~db/schema/journal";
import { forgetPhone } from "./accountPhones.server";
import { forgetSecondStep } from "./secondStep.server";

/** Instead of the name of somebody who left. Names are never translated. */
const GONE = "已注销";

/**
 * Erases of an account its address, number, names, phone, credit code, password, second step, letters and
 * sessions, and ends its roles. What it did stays under its id. Cannot be undone; call it in the transaction
 * of who leaves.
 */
export async function forgetAccount(tx: Transaction, ctx: UseCaseContext, userId: string): Promise<void> {
  await takeGivingAway(tx, ctx, userId);
  await tx.delete(credentials).where(eq(credentials.userId, userId));
  await tx.delete(sessions).where(eq(sessions.userId, userId));
  await forgetSecondStep(tx, userId);
  await forgetPhone(tx, userId);
  await tx.delete(oneTimeLinks).where(eq(oneTimeLinks.userId, userId));
  await tx.delete(messages).where(eq(messages.userId, userId));
  await tx
    .update(donorProfiles)
    .set({ realNameSealed: null, phoneSealed: null, creditCode: null })
    .where(eq(donorProfiles.userId, userId));

  await tx
    .update(appUsers)
    .set({ email: `left:${userId}`, displayName: GONE, leftAt: ctx.now(), disabledAt: ctx.now() })
    .where(eq(appUsers.id, userId));
}

/** Nobody acts as a donor who is none any more: the role ends like any other, with its entry. */
async function takeGivingAway(tx: Transaction, ctx: UseCaseContext, userId: string): Promise<void> {
  const ended = await tx
    .update(roleGrants)
    .set({ revokedAt: ctx.now() })
    .where(and(eq(roleGrants.userId, userId), isNull(roleGrants.revokedAt)))
    .returning({ id: roleGrants.id });
  for (const { id } of ended)
    await recordEvent(tx, ctx, {
      entity: "role_grant",
      entityId: id,
      entityVersion: 2,
      event: "role.revoke",
      fromState: null,
      toState: null,
      by: "donor",
      reason: "left",
    });
}
