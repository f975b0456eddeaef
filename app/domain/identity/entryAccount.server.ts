import { eq, sql } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { keyedHashes } from "~/domain/kernel/sealing.server";
import { appUsers, donorProfiles } from "~db/schema/identity";
import { recordAccount } from "./accountEvents.server";
import { accountByPhone, keepPhone } from "./accountPhones.server";
import { type Contact, hintOf } from "./contact";
import { grantsHeld } from "./grantsHeld.server";
import { hasSecondStep } from "./secondStepOn.server";
import { forgetAccounts, lockAccountOf, welcomeDonor } from "./signUp.server";

/** Roles that see nothing of anybody else and move nothing: a code alone is enough for them. */
const BY_CODE_ALONE: ReadonlySet<string> = new Set(["donor", "org_viewer"]);

/** The account of a contact, and whether a code that was sent there lets anybody into it. */
type EntryAccount = Readonly<{
  userId: string;
  may: "enter" | "not enter: closed" | "not enter: works here";
}>;

/**
 * Whoever shows that a contact is theirs queues here, before any row of it is locked: of two codes of one
 * contact each would else wait for the other.
 */
export async function lockContact(tx: Transaction, ctx: UseCaseContext, { address }: Contact): Promise<void> {
  // One lock for each key of hashes that stands, oldest first, so that copies with a newer key meet here too.
  for (const hash of keyedHashes(ctx.keys, "account_of_contact", address).toReversed())
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${hash}, 0))`);
}

/**
 * Whose contact it is; where nobody's, an account of a donor is made for it, with neither name nor password.
 * Call it once whoever asks has shown that the contact is theirs, behind `lockContact`. Of two at once one
 * makes the account and both have it. What somebody else began with an address and nobody confirmed is
 * forgotten.
 */
export async function accountOfContact(
  tx: Transaction,
  ctx: UseCaseContext,
  contact: Contact,
): Promise<EntryAccount> {
  const userId = await knownAccount(tx, ctx, contact);
  if (userId === undefined) return { userId: await makeAccount(tx, ctx, contact), may: "enter" };

  const [known] = await tx
    .select({ disabledAt: appUsers.disabledAt, grants: grantsHeld(tx) })
    .from(appUsers)
    .where(eq(appUsers.id, userId));
  if (known?.disabledAt !== null) return { userId, may: "not enter: closed" };
  const worksHere = known.grants.some(({ role }) => !BY_CODE_ALONE.has(role));
  return {
    userId,
    may: worksHere && !(await hasSecondStep(tx, userId)) ? "not enter: works here" : "enter",
  };
}

async function knownAccount(
  tx: Transaction,
  ctx: UseCaseContext,
  { kind, address }: Contact,
): Promise<string | undefined> {
  if (kind === "phone") return accountByPhone(tx, ctx, address);
  const known = await lockAccountOf(tx, address);
  if (known === undefined || known.isConfirmed) return known?.userId;
  await forgetAccounts(tx, [known.userId]);
  return undefined;
}

async function makeAccount(tx: Transaction, ctx: UseCaseContext, contact: Contact): Promise<string> {
  const userId = ctx.newId();

  await tx.insert(appUsers).values({
    id: userId,
    email: contact.kind === "mail" ? contact.address : null,
    displayName: hintOf(contact),
    locale: ctx.locale,
    createdAt: ctx.now(),
  });

  await tx.insert(donorProfiles).values({ userId, kind: "person" });
  if (contact.kind === "phone") await keepPhone(tx, ctx, userId, contact.address);
  await recordAccount(tx, ctx, userId, contact.kind === "mail" ? "confirm_mail" : "confirm_phone", "visitor");
  await welcomeDonor(tx, ctx, userId);
  return userId;
}
