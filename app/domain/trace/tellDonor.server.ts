import { and, eq, inArray, isNull } from "drizzle-orm";
import { letterOf } from "~/domain/giving/letters.server";
import { sendOnce } from "~/domain/identity/sendOnce.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { type Locale, LOCALES } from "~/i18n/locales";
import { paths } from "~/paths";
import { gifts } from "~db/schema/giving";
import { appUsers } from "~db/schema/identity";
import { needs } from "~db/schema/needs";
import { givingIntents } from "~db/schema/payments";
import { giftsToldOf } from "./wordsForDonors.server";

type Letter = Readonly<{
  template: string;
  onceKey: string;
  userId: string;
  email: string | null;
  locale: string;
  code: string;
  path: (at: ReturnType<typeof paths>) => string;
  /** What it says beside the gift's code and a link. */
  words?: Readonly<Record<string, string>>;
}>;

const readerOf = (locale: string): Locale => LOCALES.find((known) => known === locale) ?? "zh-Hans";

/**
 * Tells a donor what happened to their gift: one message for each gift and kind of news of one moment,
 * however often this runs and however many lines the gift has. Carries the gift's code, a link and what its
 * donor has to do, nothing of any recipient.
 */
export async function tellDonor(ctx: UseCaseContext, event: JournalRow): Promise<void> {
  if (event.giftId === null) return;
  const [row] = await ctx.db
    .select({ code: gifts.code, userId: appUsers.id, email: appUsers.email, locale: appUsers.locale })
    .from(gifts)
    .innerJoin(appUsers, eq(appUsers.id, gifts.donorId))
    .where(and(eq(gifts.id, event.giftId), isNull(appUsers.leftAt)));
  if (!row) return;
  const letter = await letterOf(ctx, event, readerOf(row.locale));
  if (!letter) return;
  const { template, data, apart } = letter;
  const onceKey = [template, event.giftId, event.recordedAt.getTime(), apart]
    .filter((part) => part !== undefined)
    .join(":");
  await write(ctx, { ...row, template, onceKey, path: (at) => at.gift(row.code), words: data });
}

/** Tells somebody who would have paid that payments are open again, with the wish they meant. */
export async function tellIntent(ctx: UseCaseContext, event: JournalRow): Promise<void> {
  const [row] = await ctx.db
    .select({ code: needs.code, userId: appUsers.id, email: appUsers.email, locale: appUsers.locale })
    .from(givingIntents)
    .innerJoin(needs, eq(needs.id, givingIntents.needId))
    .innerJoin(appUsers, eq(appUsers.id, givingIntents.donorId))
    .where(and(eq(givingIntents.id, event.entityId), isNull(appUsers.leftAt)));
  if (row)
    await write(ctx, {
      ...row,
      template: "paymentsOpen",
      onceKey: `paymentsOpen:${event.entityId}`,
      path: (at) => at.wish(row.code),
    });
}

/**
 * Tells the donors of what was received that the recipient said something, and on which page it can be read:
 * one letter for each gift and word, however often this runs. An address that does not answer keeps nobody
 * else waiting.
 * @throws what the mail server said, after everybody was tried, so that the worker comes back for those it
 *   did not reach
 */
export async function tellOfWords(ctx: UseCaseContext, event: JournalRow): Promise<void> {
  const giftIds = await giftsToldOf(ctx, event.entityId);
  if (giftIds.length === 0) return;
  const rows = await ctx.db
    .select({
      giftId: gifts.id,
      code: gifts.code,
      userId: appUsers.id,
      email: appUsers.email,
      locale: appUsers.locale,
    })
    .from(gifts)
    .innerJoin(appUsers, eq(appUsers.id, gifts.donorId))
    .where(and(inArray(gifts.id, giftIds), isNull(appUsers.leftAt)));
  const failures: unknown[] = [];

  for (const { giftId, ...row } of rows) {
    const letter = {
      ...row,
      template: "heard",
      onceKey: `heard:${giftId}:${event.entityId}`,
      path: (at: ReturnType<typeof paths>) => at.gift(row.code),
    };
    await write(ctx, letter).catch((error: unknown) => failures.push(error));
  }

  if (failures.length > 0) throw failures[0];
}

/** Writes to a donor in their language, under what they gave. Each letter goes out once. */
async function write(
  ctx: UseCaseContext,
  { template, onceKey, userId, email, code, path, words, ...to }: Letter,
): Promise<void> {
  const locale = readerOf(to.locale);
  const data = { ...words, code, link: ctx.publicUrl + path(paths(locale)) };
  await sendOnce(ctx, { onceKey, template, userId, email, locale, data });
}
