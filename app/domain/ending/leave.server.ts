import { and, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { forgetGiver } from "~/domain/giving/gift.server";
import { recordAccount } from "~/domain/identity/accountEvents.server";
import { forgetAccount } from "~/domain/identity/forgetAccount.server";
import { askPassword } from "~/domain/identity/passwords.server";
import { requireUser } from "~/domain/kernel/actor";
import {
  type Database,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { gifts, pledges } from "~db/schema/giving";
import { credentials, roleGrants } from "~db/schema/identity";
import { offers } from "~db/schema/matching";
import { needs } from "~db/schema/needs";
import { givingIntents } from "~db/schema/payments";

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
  const given = await tx
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
  return [...as("role", roles), ...as("gift", given), ...as("offer", offered), ...as("intent", meant)];
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
    await forgetAccount(tx, ctx, userId);
    await forgetGiver(tx, userId);
  });
}
