import { eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { Locale } from "~/i18n/locales";
import { messages } from "~db/schema/journal";
import { phoneOfAccount } from "./accountPhones.server";
import { textsReach } from "./entryMessages.server";

type OnceLetter = Readonly<{
  /** Of two letters under one key, one is sent. */
  onceKey: string;
  template: (typeof messages.$inferInsert)["template"];
  userId: string;
  /** Whoever named none gets a text message, which says no more than that there is news. */
  email: string | null;
  locale: Locale;
  /** The gift's or the wish's code, and a link, whatever else the letter says. */
  data: Readonly<Record<string, string | number> & { code: string; link: string }>;
}>;

/** Keeps a letter, then sends it. One that was sent is not sent again; one whose sending failed is. */
export async function sendOnce(ctx: UseCaseContext, letter: OnceLetter): Promise<void> {
  const { onceKey, userId, email, locale } = letter;
  const phone = email === null ? await phoneOfAccount(ctx.db, ctx, userId) : undefined;
  if (email === null && (phone === undefined || !(await textsReach(ctx)))) return;
  const { channel, template, data } =
    email === null
      ? textOf(letter)
      : { channel: "mail" as const, template: letter.template, data: letter.data };

  await ctx.db
    .insert(messages)
    .values({ onceKey, channel, template, userId, locale, data, id: ctx.newId(), createdAt: ctx.now() })
    .onConflictDoNothing();

  const [message] = await ctx.db.select().from(messages).where(eq(messages.onceKey, onceKey));
  if (!message || message.sentAt !== null) return;
  if (email !== null) await ctx.ports.mail.send({ to: email, locale, template, data });
  else if (phone !== undefined && ctx.ports.texts.canSend)
    await ctx.ports.texts.send({ phone, locale, template: "giftNews", data });
  await ctx.db.update(messages).set({ sentAt: ctx.now() }).where(eq(messages.id, message.id));
}

const textOf = ({ data: { code, link } }: OnceLetter) => ({
  channel: "text" as const,
  template: "giftNews",
  data: { code, link },
});
