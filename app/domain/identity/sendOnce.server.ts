import { eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { Locale } from "~/i18n/locales";
import { messages } from "~db/schema/journal";

type OnceLetter = Readonly<{
  /** Of two letters under one key, one is sent. */
  onceKey: string;
  template: (typeof messages.$inferInsert)["template"];
  userId: string;
  email: string;
  locale: Locale;
  data: Readonly<Record<string, string | number>>;
}>;

/** Keeps a letter, then sends it. One that was sent is not sent again; one whose sending failed is. */
export async function sendOnce(
  ctx: UseCaseContext,
  { onceKey, template, userId, email, locale, data }: OnceLetter,
): Promise<void> {
  const letter = { onceKey, template, userId, locale, data: { ...data }, channel: "mail" as const };

  await ctx.db
    .insert(messages)
    .values({ ...letter, id: ctx.newId(), createdAt: ctx.now() })
    .onConflictDoNothing();

  const [message] = await ctx.db.select().from(messages).where(eq(messages.onceKey, onceKey));
  if (!message || message.sentAt !== null) return;
  await ctx.ports.mail.send({ to: email, locale, template, data });
  await ctx.db.update(messages).set({ sentAt: ctx.now() }).where(eq(messages.id, message.id));
}
