import { and, eq, inArray, isNull } from "drizzle-orm";
import { giftsToldOf } from "~/domain/delivery/wordsForDonors.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { paths } from "~/paths";
import { LOCALES } from "~/i18n/locales";
import type { JournalRow } from "~/journal/handlers.server";
import { gifts } from "~db/schema/giving";
import { appUsers } from "~db/schema/identity";
import { messages } from "~db/schema/journal";
import { needs } from "~db/schema/needs";
import { givingIntents } from "~db/schema/payments";

/** Which letter an event writes. */
const TEMPLATES: Readonly<Record<string, string>> = {
  "pledge.confirm": "confirmed",
  "pledge.remind": "remind",
  "pledge.expire": "released",
  "pledge.revoke": "revoked",
  "pledge.target_gone": "targetGone",
  "pledge.retarget": "retargeted",
  "pledge.return_part": "returned",
  "pledge.pay": "paid",
  "pledge.pay_late": "paid",
  "refund.ask": "refunded",
  "refund.approve": "refunded",
  "delivery_item.hand_over": "delivered",
  "delivery_item.lose": "lost",
  "delivery_item.dispose": "lost",
  "lot.write_off": "lost",
  "lot.release": "targetGone",
  "offer.receive": "offerArrived",
  "offer.receive_part": "offerArrived",
  "offer.return_part": "returned",
  "count_correction.approve": "corrected",
  "service_visit.accept": "delivered",
  "joint_day.suggest": "jointDaySuggested",
  "joint_day.agree": "jointDayAgreed",
  "joint_day.decline": "jointDayCalledOff",
  "joint_day.lapse": "jointDayCalledOff",
};

type Letter = Readonly<{ template: string; onceKey: string; userId: string; email: string; locale: string; code: string; path: (at: ReturnType<typeof paths>) => string }>;

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
    .where(and(eq(gifts.id, event.giftId), isNull(appUsers.leftAt)));
  if (row) await write(ctx, { ...row, template, onceKey: `${template}:${event.giftId}:${event.recordedAt.getTime()}`, path: (at) => at.gift(row.code) });
}

/** Tells somebody who would have paid that payments are open again, with the wish they meant. */
export async function tellIntent(ctx: UseCaseContext, event: JournalRow): Promise<void> {
  const [row] = await ctx.db
    .select({ code: needs.code, userId: appUsers.id, email: appUsers.email, locale: appUsers.locale })
    .from(givingIntents)
    .innerJoin(needs, eq(needs.id, givingIntents.needId))
    .innerJoin(appUsers, eq(appUsers.id, givingIntents.donorId))
    .where(and(eq(givingIntents.id, event.entityId), isNull(appUsers.leftAt)));
  if (row) await write(ctx, { ...row, template: "paymentsOpen", onceKey: `paymentsOpen:${event.entityId}`, path: (at) => at.wish(row.code) });
}

/**
 * Tells the donors of what was received that the recipient said something, and on which page it can be read: one letter for each
 * gift and word, however often this runs. An address that does not answer keeps nobody else waiting.
 * @throws what the mail server said, after everybody was tried, so that the worker comes back for those it did not reach
 */
export async function tellOfWords(ctx: UseCaseContext, event: JournalRow): Promise<void> {
  const giftIds = await giftsToldOf(ctx, event.entityId);
  if (giftIds.length === 0) return;
  const rows = await ctx.db
    .select({ giftId: gifts.id, code: gifts.code, userId: appUsers.id, email: appUsers.email, locale: appUsers.locale })
    .from(gifts)
    .innerJoin(appUsers, eq(appUsers.id, gifts.donorId))
    .where(and(inArray(gifts.id, giftIds), isNull(appUsers.leftAt)));
  const failures: unknown[] = [];
  for (const { giftId, ...row } of rows) {
    const letter = { ...row, template: "heard", onceKey: `heard:${giftId}:${event.entityId}`, path: (at: ReturnType<typeof paths>) => at.gift(row.code) };
    await write(ctx, letter).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

/** Keeps the message, then sends it. One that was sent is not sent again; one whose sending failed is. */
async function write(ctx: UseCaseContext, { template, onceKey, userId, email, code, path, ...to }: Letter): Promise<void> {
  const locale = LOCALES.find((known) => known === to.locale) ?? "zh-Hans";
  const data = { code, link: ctx.publicUrl + path(paths(locale)) };
  await ctx.db.insert(messages).values({ id: ctx.newId(), onceKey, channel: "mail", userId, template, locale, data, createdAt: ctx.now() }).onConflictDoNothing();
  const [message] = await ctx.db.select().from(messages).where(eq(messages.onceKey, onceKey));
  if (!message || message.sentAt !== null) return;
  await ctx.ports.mail.send({ to: email, locale, template, data });
  await ctx.db.update(messages).set({ sentAt: ctx.now() }).where(eq(messages.id, message.id));
}
