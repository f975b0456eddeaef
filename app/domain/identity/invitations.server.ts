import { and, asc, eq, gt, inArray, isNull, ne, sql } from "drizzle-orm";
import { requireRole, type Scope } from "~/domain/kernel/actor";
import {
  actingAs,
  type Database,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { DomainError } from "~/domain/kernel/errors";
import { hashKeyOf } from "~/domain/kernel/hashKeys.server";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { limit } from "~/domain/kernel/limits.server";
import { keyedHash, keyedHashes, newestHashKey, seal, unseal } from "~/domain/kernel/sealing.server";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { plusHours } from "~/domain/kernel/time";
import { paths } from "~/paths";
import { invitations, type Role } from "~db/schema/identity";
import { confirmedAccount } from "./accounts.server";
import { writeLetters } from "./letters.server";
import { lockAdmins } from "./lockAdmins.server";
import { newToken, tokenHash, tokenHashes } from "./oneTimeLinks.server";
import { hashNew } from "./passwords.server";
import { giveOrPropose } from "./roleProposals.server";
import { rolePlacesOf } from "./roles.server";
import { takeMailFor, writeAccount } from "./signUp.server";

const MAIL = "invitation";

type Invitation = typeof invitations.$inferSelect;

const mailPlace = (id: string): string => `invitation.mail:${id}`;
/** By what an open invitation of the same address is found. */
const mailHash = (ctx: UseCaseContext, email: string): string => keyedHash(ctx.keys, MAIL, email);

const scopeOf = ({ scopeKind, scopeId }: Invitation): Scope =>
  scopeKind === "city" ? { kind: "city" } : { kind: scopeKind, id: scopeId };
const mailOf = (ctx: UseCaseContext, { id, mailSealed }: Invitation): string =>
  mailSealed === null ? "" : unseal(ctx.keys, mailPlace(id), mailSealed);

async function close(
  tx: Transaction,
  ctx: UseCaseContext,
  { id }: Pick<Invitation, "id">,
  closedWhy: "accepted" | "withdrawn" | "replaced",
  acceptedBy: string | null = null,
): Promise<void> {
  await tx
    .update(invitations)
    .set({ closedAt: ctx.now(), closedWhy, acceptedBy, mailSealed: null, mailHash: null })
    .where(eq(invitations.id, id));
}

const entry = (id: string, version: number, event: "make" | "accept" | "withdraw") =>
  ({
    entity: "invitation",
    entityId: id,
    entityVersion: version,
    event: `invitation.${event}`,
    fromState: null,
    toState: null,
  }) as const;

/**
 * Invites somebody without an account to a role in a place: a link goes to them that holds for some hours and
 * works once. Inviting the same address to the same role again makes the earlier link worthless.
 * @throws {DomainError} NOT_ALLOWED unless admin, ACCOUNT_KNOWN where the address has an account: then the
 *   role is given at once
 */
export async function inviteStaff(
  ctx: UseCaseContext,
  { email, role, where }: { email: string; role: Role; where: Scope },
): Promise<void> {
  requireSteppedUp(ctx, "inviteStaff");
  const { userId } = requireRole(ctx.actor, "admin");

  await inTransaction(ctx, async (tx) => {
    if (await confirmedAccount(tx, email)) throw new DomainError("ACCOUNT_KNOWN");
    const place = { scopeKind: where.kind, scopeId: where.kind === "city" ? "" : where.id };
    // One at a time: of two that invite the same address at once the later one finds the first, by whatever
    // key that was hashed.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('invitation'))`);
    const earlier = await tx
      .select()
      .from(invitations)
      .where(
        and(
          inArray(invitations.mailHash, keyedHashes(ctx.keys, MAIL, email)),
          eq(invitations.role, role),
          eq(invitations.scopeKind, place.scopeKind),
          eq(invitations.scopeId, place.scopeId),
          isNull(invitations.closedAt),
        ),
      )
      .for("update");
    for (const invitation of earlier) await close(tx, ctx, invitation, "replaced");
    const [id, token, hours] = [ctx.newId(), newToken(ctx), await limit(tx, ctx, "invitationHours")];

    await tx.insert(invitations).values({
      id,
      mailSealed: seal(ctx.keys, mailPlace(id), email),
      mailHash: mailHash(ctx, email),
      role,
      ...place,
      tokenHash: tokenHash(ctx, token),
      invitedBy: userId,
      createdAt: ctx.now(),
      expiresAt: plusHours(ctx.now(), hours),
    });

    const journalId = await recordEvent(tx, ctx, {
      ...entry(id, 1, "make"),
      by: "admin",
      data: { role, scope: where.kind === "city" ? "city" : `${where.kind}:${where.id}` },
    });

    await writeLetters(tx, ctx, journalId, [
      {
        template: "invited",
        to: email,
        link: ctx.publicUrl + paths(ctx.locale).invitation(token),
        data: { hours },
      },
    ]);
  });
}

/** Invitations that still can be accepted, oldest first. @throws {DomainError} NOT_ALLOWED unless admin */
export async function openInvitations(ctx: UseCaseContext) {
  requireRole(ctx.actor, "admin");
  const rows = await ctx.db
    .select()
    .from(invitations)
    .where(and(isNull(invitations.closedAt), gt(invitations.expiresAt, ctx.now())))
    .orderBy(asc(invitations.id))
    .limit(200);
  return rows.map((row) => ({
    id: row.id,
    email: mailOf(ctx, row),
    role: row.role,
    scopeKind: row.scopeKind,
    scopeId: row.scopeId,
    expiresAt: row.expiresAt,
  }));
}

/**
 * Hashes the addresses of open invitations anew that were hashed under another key than the newest. Safe to
 * repeat, also by two at once. @returns how many
 */
export const renewMailHashes = (ctx: UseCaseContext): Promise<number> =>
  eachDueRow(
    ctx,
    "renewMailHashes",
    invitations,
    and(isNull(invitations.closedAt), ne(hashKeyOf(invitations.mailHash), newestHashKey(ctx.keys))),
    async (tx, row) => {
      await tx
        .update(invitations)
        .set({ mailHash: mailHash(ctx, mailOf(ctx, row)) })
        .where(eq(invitations.id, row.id));
    },
  );

/**
 * Takes an invitation back before it was accepted. @throws {DomainError} NOT_ALLOWED unless admin, NOT_FOUND
 * when it is closed
 */
export async function withdrawInvitation(ctx: UseCaseContext, id: string): Promise<void> {
  requireRole(ctx.actor, "admin");
  await inTransaction(ctx, async (tx) => {
    const [invitation] = await tx.select().from(invitations).where(eq(invitations.id, id)).for("update");
    if (invitation?.closedAt !== null) throw new DomainError("NOT_FOUND");
    await close(tx, ctx, invitation, "withdrawn");
    await recordEvent(tx, ctx, { ...entry(id, 2, "withdraw"), by: "admin" });
  });
}

async function openByToken(
  tx: Transaction | Database,
  ctx: UseCaseContext,
  token: string,
): Promise<Invitation | undefined> {
  const [row] = await tx
    .select()
    .from(invitations)
    .where(inArray(invitations.tokenHash, tokenHashes(ctx, token)));
  return row?.closedAt === null && row.expiresAt > ctx.now() ? row : undefined;
}

/**
 * What an invitation is to, for whoever holds its link; undefined when it opens nothing any more. `needs`
 * says what is still missing: a new account, signing in with the account that the address has got meanwhile,
 * or nothing but a yes.
 */
export async function invitationPage(ctx: UseCaseContext, token: string) {
  const invitation = await openByToken(ctx.db, ctx, token);
  if (!invitation) return undefined;
  const account = await confirmedAccount(ctx.db, mailOf(ctx, invitation));
  const isTheirs = ctx.actor.kind === "user" && ctx.actor.userId === account;
  const place = (await rolePlacesOf(ctx)).find(
    ({ where }) => where === `${invitation.scopeKind}:${invitation.scopeId}`,
  );
  return {
    role: invitation.role,
    place,
    expiresAt: invitation.expiresAt,
    needs: account === undefined ? ("account" as const) : isTheirs ? ("yes" as const) : ("signIn" as const),
  };
}

type Answer = Readonly<{ displayName?: string | undefined; newPassword?: string | undefined }>;

/**
 * Accepts an invitation: makes the account that it is for, unless that address has one by now, and gives it
 * the role in the name of the admin who invited, who must still be one; a role that needs a second admin
 * waits for that one. Of two at once one gets it.
 * @returns whose account it is
 * @throws {DomainError} LINK_ENDED, SIGN_IN_TO_ACCEPT, PASSWORD_COMMON, FOUR_EYES for the very admin who
 *   invited
 */
export async function acceptInvitation(
  ctx: UseCaseContext,
  token: string,
  { displayName, newPassword }: Answer,
): Promise<{ userId: string }> {
  const meant = await openByToken(ctx.db, ctx, token);
  if (!meant) throw new DomainError("LINK_ENDED");
  const passwordHash =
    newPassword === undefined
      ? undefined
      : await hashNew(ctx, newPassword, [displayName ?? "", mailOf(ctx, meant)]);
  return inTransaction(ctx, async (tx) => {
    const admins = await lockAdmins(tx);
    const found = await openByToken(tx, ctx, token);
    const [invitation] = found
      ? await tx
          .select()
          .from(invitations)
          .where(and(eq(invitations.id, found.id), isNull(invitations.closedAt)))
          .for("update")
      : [];
    if (!invitation || !admins.some(({ userId }) => userId === invitation.invitedBy))
      throw new DomainError("LINK_ENDED");
    const email = mailOf(ctx, invitation);
    const known = await confirmedAccount(tx, email);
    if (known !== undefined && (ctx.actor.kind !== "user" || ctx.actor.userId !== known))
      throw new DomainError("SIGN_IN_TO_ACCEPT");
    if (known === invitation.invitedBy) throw new DomainError("FOUR_EYES");
    const userId = known ?? (await newAccount(tx, ctx, { email, displayName, passwordHash }));
    await close(tx, ctx, invitation, "accepted", userId);
    // The decision is the admin's, and stands in the journal as theirs.
    const inviter = { kind: "user", userId: invitation.invitedBy, displayName: "", grants: [] } as const;

    await giveOrPropose(tx, actingAs(ctx, inviter), {
      userId,
      role: invitation.role,
      scope: scopeOf(invitation),
    });

    await recordEvent(tx, ctx, { ...entry(invitation.id, 2, "accept"), by: "visitor", data: { userId } });
    return { userId };
  });
}

async function newAccount(
  tx: Transaction,
  ctx: UseCaseContext,
  {
    email,
    displayName,
    passwordHash,
  }: { email: string; displayName: string | undefined; passwordHash: string | undefined },
): Promise<string> {
  if (displayName === undefined || passwordHash === undefined) throw new DomainError("SIGN_IN_TO_ACCEPT");
  const userId = await writeAccount(tx, ctx, { email, displayName, kind: "person" }, passwordHash);
  await takeMailFor(tx, ctx, userId);
  return userId;
}
