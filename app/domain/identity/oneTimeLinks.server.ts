import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { keyedHash, keyedHashes, seal, unseal } from "~/domain/kernel/sealing.server";
import { plusMinutes } from "~/domain/kernel/time";
import { type LinkPurpose, oneTimeLinks } from "~db/schema/identity";

/** 160 random bits, as they stand in a link. */
export const newToken = (ctx: UseCaseContext): string => ctx.randomBytes(20).toString("base64url");

/** How long a link that is made now holds, as its letter says it. */
export const linkHolds = async (tx: Transaction | Database, ctx: UseCaseContext) => ({
  minutes: await limit(tx, ctx, "linkMinutes"),
});

/** What the table keeps of a token: it opens nothing. */
export const tokenHash = (ctx: UseCaseContext, token: string): string =>
  keyedHash(ctx.keys, "one_time_link", token);

/** By what a token is found there, whichever key was the newest when it was made. */
export const tokenHashes = (ctx: UseCaseContext, token: string): string[] =>
  keyedHashes(ctx.keys, "one_time_link", token);

const mailPlace = (id: string): string => `one_time_link.new_mail:${id}`;

/** Whatever was open for somebody and this purpose opens nothing any more. */
export async function closeLinks(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  purpose: LinkPurpose,
): Promise<void> {
  await tx
    .update(oneTimeLinks)
    .set({ closedAt: ctx.now(), closedWhy: "replaced", newMailSealed: null })
    .where(
      and(eq(oneTimeLinks.userId, userId), eq(oneTimeLinks.purpose, purpose), isNull(oneTimeLinks.closedAt)),
    );
}

/** Makes a link's token, which stands nowhere but in the answer; an earlier one for the same purpose ends. */
export async function makeLink(
  tx: Transaction,
  ctx: UseCaseContext,
  { userId, purpose, newMail }: { userId: string; purpose: LinkPurpose; newMail?: string },
): Promise<string> {
  await closeLinks(tx, ctx, userId, purpose);
  const [id, token] = [ctx.newId(), newToken(ctx)];

  await tx.insert(oneTimeLinks).values({
    id,
    userId,
    purpose,
    tokenHash: tokenHash(ctx, token),
    newMailSealed: newMail === undefined ? null : seal(ctx.keys, mailPlace(id), newMail),
    createdAt: ctx.now(),
    expiresAt: plusMinutes(ctx.now(), (await linkHolds(tx, ctx)).minutes),
  });

  return token;
}

type Link = typeof oneTimeLinks.$inferSelect;

async function openLink(
  tx: Transaction | Database,
  ctx: UseCaseContext,
  token: string,
  purpose: LinkPurpose,
  { lock }: { lock: boolean },
): Promise<Link | undefined> {
  const found = tx
    .select()
    .from(oneTimeLinks)
    .where(and(inArray(oneTimeLinks.tokenHash, tokenHashes(ctx, token)), eq(oneTimeLinks.purpose, purpose)));
  const [link] = await (lock ? found.for("update") : found);
  return link?.closedAt === null && link.expiresAt > ctx.now() ? link : undefined;
}

/** Whose link it is, as long as it opens something. */
export const ownerOf = async (
  ctx: UseCaseContext,
  token: string,
  purpose: LinkPurpose,
): Promise<string | undefined> => (await openLink(ctx.db, ctx, token, purpose, { lock: false }))?.userId;

/**
 * Whether a link still opens something. Asking changes nothing: programs that look at mail follow links too.
 */
export const isOpen = async (ctx: UseCaseContext, token: string, purpose: LinkPurpose): Promise<boolean> =>
  (await ownerOf(ctx, token, purpose)) !== undefined;

/**
 * Uses a link up: whose it was, and the address that it confirms. Of two at once one gets it.
 * @throws {DomainError} LINK_ENDED when it was used, replaced, is too old or never was one
 */
export async function useUp(
  tx: Transaction,
  ctx: UseCaseContext,
  token: string,
  purpose: LinkPurpose,
): Promise<{ userId: string; newMail: string }> {
  const link = await openLink(tx, ctx, token, purpose, { lock: true });
  if (!link) throw new DomainError("LINK_ENDED");
  await tx
    .update(oneTimeLinks)
    .set({ closedAt: ctx.now(), closedWhy: "used", newMailSealed: null })
    .where(eq(oneTimeLinks.id, link.id));

  return {
    userId: link.userId,
    newMail: link.newMailSealed === null ? "" : unseal(ctx.keys, mailPlace(link.id), link.newMailSealed),
  };
}
