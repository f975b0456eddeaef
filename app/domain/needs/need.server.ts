import { eq } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { type Opened, openedOn, requireUnchanged } from "~/domain/kernel/opened";
import { organisationAt } from "~/domain/register/register.server";
import { needLines, needs } from "~db/schema/needs";

export type Need = typeof needs.$inferSelect;

/** The need, or NOT_FOUND. */
export async function findNeed(tx: Transaction, needId: string): Promise<Need> {
  const [need] = await tx.select().from(needs).where(eq(needs.id, needId));
  if (!need) throw new DomainError("NOT_FOUND");
  return need;
}

/** The same, kept from changing until this transaction ends; who pledges on its lines does not wait. */
export async function lockNeed(tx: Transaction, needId: string): Promise<Need> {
  const [need] = await tx.select().from(needs).where(eq(needs.id, needId)).for("no key update");
  if (!need) throw new DomainError("NOT_FOUND");
  return need;
}

/** In a query: the lines of a need, by which its promises are found. */
export const linesOf = (tx: Transaction, needId: string) =>
  tx.select({ id: needLines.id }).from(needLines).where(eq(needLines.needId, needId));

/**
 * What somebody has before them who decides on a need: its state, and until when it waits for this word. Both
 * are new whenever it was changed in between, for it cannot be changed without going back to its filer.
 */
export const seenNeed = ({ state, reviewDueAt }: Pick<Need, "state" | "reviewDueAt">): Opened =>
  openedOn(state, reviewDueAt?.getTime() ?? 0);

/**
 * Refuses a word on something else than what was read, where the page says what it showed. @throws
 * {DomainError} CHANGED_MEANWHILE
 */
export function requireSeen(need: Need, seen: Opened | undefined): void {
  if (seen !== undefined) requireUnchanged(seen, seenNeed(need));
}

/** An organisation posts only while its certificate is valid on that day. */
export async function requireCertificate(
  tx: Transaction,
  ctx: UseCaseContext,
  organisationId: string,
): Promise<void> {
  const organisation = await organisationAt(tx, ctx.now(), organisationId);
  if (!organisation?.certified) throw new DomainError("CERTIFICATE_EXPIRED");
}
