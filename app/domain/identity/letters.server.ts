import { and, asc, desc, eq, inArray, isNull, like, or } from "drizzle-orm";
import { holds, requireUser } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { seal, unseal } from "~/domain/kernel/sealing.server";
import { LOCALES } from "~/i18n/locales";
import { appUsers } from "~db/schema/identity";
import { messages } from "~db/schema/journal";
import { installation } from "~db/schema/kernel";

/**
 * Letters about an account. `link` opens something, so it is sealed; `to` is an address that is no account's,
 * or none any more.
 */
type AccountLetter = Readonly<{
  template:
    | "confirmSignUp"
    | "accountKnown"
    | "mailWanted"
    | "passwordLink"
    | "passwordChanged"
    | "confirmMail"
    | "mailChanged"
    | "invited"
    | "secondStepAdded"
    | "secondStepRemoved"
    | "stepAppAdded"
    | "stepAppRemoved"
    | "passkeyAdded"
    | "passkeyRemoved"
    | "secondStepResetAsked"
    | "secondStepReset"
    | "recoveryCodesRenewed"
    | "recoveryCodeUsed";
  userId?: string;
  to?: string;
  link?: string;
  locale?: string;
  data?: Readonly<Record<string, string | number>>;
}>;

type Message = typeof messages.$inferSelect;

/** A letter as its reader sees it. */
export type ShownLetter = Pick<Message, "id" | "channel" | "template" | "createdAt"> &
  Readonly<{ data: Readonly<Record<string, string | number>> }>;

const toPlace = (id: string): string => `message.to:${id}`;
const linkPlace = (id: string): string => `message.link:${id}`;
const onceKeyOf = (journalId: string): string => `account:${journalId}`;

/**
 * Keeps letters for the event of a change, in its own transaction; its handler sends them. One to an account
 * is in the language of whoever has it, for it may warn them of somebody else who did it; one to a bare
 * address is in the language of who asked for it.
 */
export async function writeLetters(
  tx: Transaction,
  ctx: UseCaseContext,
  journalId: string,
  letters: readonly AccountLetter[],
): Promise<void> {
  const accounts = letters.flatMap(({ userId, to }) =>
    userId !== undefined && to === undefined ? [userId] : [],
  );
  const readers =
    accounts.length === 0
      ? []
      : await tx
          .select({ id: appUsers.id, locale: appUsers.locale })
          .from(appUsers)
          .where(inArray(appUsers.id, accounts));
  const rows = letters.map(({ template, userId, to, link, locale, data }, index) => {
    const id = ctx.newId();
    return {
      id,
      onceKey: `${onceKeyOf(journalId)}:${index}`,
      channel: "mail" as const,
      userId: userId ?? null,
      template,
      locale: locale ?? readers.find((reader) => reader.id === userId)?.locale ?? ctx.locale,
      data: { ...data },
      toSealed: to === undefined ? null : seal(ctx.keys, toPlace(id), to),
      linkSealed: link === undefined ? null : seal(ctx.keys, linkPlace(id), link),
      createdAt: ctx.now(),
    };
  });
  await tx.insert(messages).values(rows);
}

/** The letters of an event, as they were kept. */
export const lettersOf = (ctx: UseCaseContext, journalId: string): Promise<Message[]> =>
  ctx.db
    .select()
    .from(messages)
    .where(like(messages.onceKey, `${onceKeyOf(journalId)}:%`))
    .orderBy(asc(messages.onceKey));

/** The address of a letter whose reader no account stands for. */
export const sealedAddressOf = (
  ctx: UseCaseContext,
  { id, toSealed }: Pick<Message, "id" | "toSealed">,
): string | undefined => (toSealed === null ? undefined : unseal(ctx.keys, toPlace(id), toSealed));

/**
 * What a letter says beside its template's words, with the link or the code that it carries while that is
 * kept.
 */
export const wordsOfLetter = (
  ctx: UseCaseContext,
  { id, template, data, linkSealed }: Pick<Message, "id" | "template" | "data" | "linkSealed">,
): Readonly<Record<string, string | number>> =>
  linkSealed === null ? data : { ...data, [opensBy(template)]: unseal(ctx.keys, linkPlace(id), linkSealed) };

const opensBy = (template: string): "code" | "link" => (template === "entryCode" ? "code" : "link");

/**
 * What the portal wrote to whoever asks, newest first. Only the demo, where nothing leaves the house, shows
 * links that open something, and shows its admins the letters to people who have no account yet.
 */
export async function myLetters(ctx: UseCaseContext): Promise<ShownLetter[]> {
  const { userId } = requireUser(ctx.actor);
  const isDemo = await isDemoHouse(ctx);
  const toNobodyYet =
    isDemo && holds(ctx.actor, "admin")
      ? and(isNull(messages.userId), eq(messages.template, "invited"))
      : undefined;
  const rows = await ctx.db
    .select()
    .from(messages)
    .where(or(eq(messages.userId, userId), toNobodyYet))
    .orderBy(desc(messages.id))
    .limit(50);
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    template: row.template,
    createdAt: row.createdAt,
    data: isDemo ? wordsOfLetter(ctx, row) : row.data,
  }));
}

/** Whether nothing leaves this house: a fact of its database. */
export async function isDemoHouse(ctx: UseCaseContext): Promise<boolean> {
  const [place] = await ctx.db.select({ isDemo: installation.isDemo }).from(installation);
  return place?.isDemo === true;
}

/** The link or the code of a letter, sealed for its row. */
export const sealedLink = (ctx: UseCaseContext, id: string, link: string): string =>
  seal(ctx.keys, linkPlace(id), link);

/**
 * Sends the letters of an event, each once however often this runs. What was sent keeps neither address nor
 * link; only the demo, where nothing leaves the house, keeps a link to show it.
 */
export async function sendAccountLetters(ctx: UseCaseContext, event: JournalRow): Promise<void> {
  for (const letter of await lettersOf(ctx, event.id)) await sendLetter(ctx, letter);
}

/** Sends one letter, unless it was sent or there is nobody to send it to any more. */
export async function sendLetter(ctx: UseCaseContext, letter: Message): Promise<void> {
  if (letter.sentAt !== null) return;
  const to = sealedAddressOf(ctx, letter) ?? (await addressOf(ctx, letter.userId));
  if (to === undefined) return;
  const locale = LOCALES.find((known) => known === letter.locale) ?? "zh-Hans";
  await ctx.ports.mail.send({ to, locale, template: letter.template, data: wordsOfLetter(ctx, letter) });
  const kept = (await isDemoHouse(ctx)) ? {} : { linkSealed: null };

  await ctx.db
    .update(messages)
    .set({ sentAt: ctx.now(), toSealed: null, ...kept })
    .where(eq(messages.id, letter.id));
}

async function addressOf(ctx: UseCaseContext, userId: string | null): Promise<string | undefined> {
  if (userId === null) return undefined;
  const [user] = await ctx.db
    .select({ email: appUsers.email, leftAt: appUsers.leftAt })
    .from(appUsers)
    .where(eq(appUsers.id, userId));
  return user?.leftAt === null ? (user.email ?? undefined) : undefined;
}
