import { eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { paths } from "~/paths";
import { LOCALES } from "~/i18n/locales";
import type { JournalRow } from "~/journal/handlers.server";
import { gifts } from "~db/schema/giving";
import { appUsers } from "~db/schema/identity";
import { messages } from "~db/schema/journal";

/** Which letter an event writes. */
const TEMPLATES: Readonly<Record<string, string>> = {
  "pledge.confirm": "confirmed",
  "pledge.remind": "remind",
  "pledge.expire": "released",
  "pledge.revoke": "revoked",
  "pledge.target_gone": "targetGone",
  "pledge.return_part": "returned",
  "pledge.pay": "paid",
  "pledge.pay_late": "paid",
  "delivery_item.hand_over": "delivered",
  "delivery_item.lose": "lost",
  "delivery_item.dispose": "lost",
  "lot.write_off": "lost",
  "lot.release": "targetGone",
  "service_visit.accept": "delivered",
};

/**
 * Tells a donor what happened to their gift: one message for each gift and kind of news of one moment, however often this runs
 * and however many lines the gift has. Carries the gift's code and a link, nothing of any recipient.
 */
export async function tellDonor(ctx: UseCaseContext, event: JournalRow): Promise<void> {
  const template = TEMPLATES[event.event];
  if (template === undefined || event.giftId === null) return;
  const [row] = await ctx.db
    .select({ code: gifts.code, userId: appUsers.id, email: appUsers.email, locale: appUsers.locale })
    .from(gifts)
    .innerJoin(appUsers, eq(appUsers.id, gifts.donorId))
    .where(eq(gifts.id, event.giftId));
  if (!row) return;
  const locale = LOCALES.find((known) => known === row.locale) ?? "zh-Hans";
  const data = { code: row.code, link: ctx.publicUrl + paths(locale).gift(row.code) };
  const added = await ctx.db
    .insert(messages)
    .values({
      id: ctx.newId(),
      onceKey: `${template}:${event.giftId}:${event.recordedAt.getTime()}`,
      channel: "mail",
      userId: row.userId,
      template,
      locale,
      data,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  const [message] = added;
  if (!message) return;
  await ctx.ports.mail.send({ to: row.email, locale, template, data });
  await ctx.db.update(messages).set({ sentAt: ctx.now() }).where(eq(messages.id, message.id));
}
