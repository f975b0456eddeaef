import { and, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import {
  inTransaction,
  type Database,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { gifts, pledges } from "~db/schema/giving";
import {
  appUsers,
  credentials,
  donorProfiles,
  oneTimeLinks,
  roleGrants,
  sessions,
} from "~db/schema/identity";
import { messages } from "~db/schema/journal";
import { offers } from "~db/schema/matching";
import { givingIntents } from "~db/schema/payments";
import { needs } from "~db/schema/needs";
import { recordAccount } from "./accountEvents.server";
import { askPassword } from "./passwords.server";
import { forgetSecondStep } from "./secondStep.server";

/** Instead of the name of somebody who left. Names are never translated. */
const GONE = "已注销";

export type InTheWay = Readonly<{ kind: "role" | "gift" | "offer" | "intent"; code: string }>;

/**
 * What has to end before somebody can leave, by code: roles, promises that are still to be brought or paid,
 * things offered, wishes to pay. Money that was given is on its way without them.
 */
async function inTheWay(tx: Transaction | Database, userId: string): Promise<InTheWay[]> {
  const roles = await tx
    .selectDistinct({ code: sql<string>`${roleGrants.role}::text` })
    .from(roleGrants)
    .where(and(eq(roleGrants.userId, userId), isNull(roleGrants.revokedAt), ne(roleGrants.role, "donor")));
  const standing = sql`${pledges.quantity} > ${pledges.settled} + ${pledges.givenBack}`;
  const promised = await tx
    .selectDistinct({ code: gifts.code })
    .from(pledges)
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .where(
      and(
        eq(pledges.donorId, userId),
        or(inArray(pledges.state, ["promised", "paying"]), and(eq(pledges.state, "confirmed"), standing)),
      ),
    );
  const offered = await tx
    .select({ code: offers.code })
    .from(offers)
    .where(and(eq(offers.donorId, userId), inArray(offers.state, ["offered", "accepted"])));
  const meant = await tx
    .select({ code: needs.code })
    .from(givingIntents)
    .innerJoin(needs, eq(needs.id, givingIntents.needId))
    .where(and(eq(givingIntents.donorId, userId), eq(givingIntents.state, "waiting")));
  const as = (kind: InTheWay["kind"], rows: readonly { code: string }[]): InTheWay[] =>
    rows.map(({ code }) => ({ kind, code })).sort((a, b) => a.code.localeCompare(b.code));
  return [...as("role", roles), ...as("gift", promised), ...as("offer", offered), ...as("intent", meant)];
}

/**
 * What keeps somebody from leaving just now; empty when nothing does. @throws {DomainError} SIGN_IN_NEEDED
 */
export async function leavePage(ctx: UseCaseContext): Promise<{ inTheWay: InTheWay[] }> {
  return { inTheWay: await inTheWay(ctx.db, requireUser(ctx.actor).userId) };
}

/**
 * Leaves for good. Erased are address, name, real name, phone, credit code, password, second step, letters,
 * sessions and the names that gifts showed; gifts, books and journal stay with their codes, since they never
 * carried anything else. Cannot be undone.
 *
 * @param input.password asked only where there is one
 * @throws {DomainError} ROLES_FIRST, GIFTS_OPEN (n things), PASSWORD_WRONG, TOO_MANY_REQUESTS
 */
export async function leave(
  ctx: UseCaseContext,
  { password, clientAddress }: { password: string | undefined; clientAddress: string },
): Promise<void> {
  requireSteppedUp(ctx, "leave");
  const { userId } = requireUser(ctx.actor);
  const [known] = await ctx.db
    .select({ userId: credentials.userId })
    .from(credentials)
    .where(eq(credentials.userId, userId));
  if (known) await askPassword(ctx, userId, { password: password ?? "", clientAddress });
  await inTransaction(ctx, async (tx) => {
    await recordAccount(tx, ctx, userId, "leave", "donor");
    const matters = await inTheWay(tx, userId);
    if (matters.some(({ kind }) => kind === "role")) throw new DomainError("ROLES_FIRST");
    if (matters.length > 0) throw new DomainError("GIFTS_OPEN", { n: matters.length });
    await takeGivingAway(tx, ctx, userId);
    await tx.delete(credentials).where(eq(credentials.userId, userId));
    await tx.delete(sessions).where(eq(sessions.userId, userId));
    await forgetSecondStep(tx, userId);
    await tx.delete(oneTimeLinks).where(eq(oneTimeLinks.userId, userId));
    await tx.delete(messages).where(eq(messages.userId, userId));
    await tx
      .update(donorProfiles)
      .set({ realNameSealed: null, phoneSealed: null, creditCode: null })
      .where(eq(donorProfiles.userId, userId));

    await tx
      .update(gifts)
      .set({
        displayName: null,
        displayChoice: sql`case when ${gifts.displayChoice} is null then null else 'kind_person' end`,
      })
      .where(eq(gifts.donorId, userId));

    await tx.update(pledges).set({ courierName: null, waybill: null }).where(eq(pledges.donorId, userId));
    await tx
      .update(appUsers)
      .set({ email: `left:${userId}`, displayName: GONE, leftAt: ctx.now(), disabledAt: ctx.now() })
      .where(eq(appUsers.id, userId));
  });
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
