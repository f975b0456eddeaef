import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { markSent, renewTrackToken, undoGift } from "~/domain/giving/changeGift.server";
import { askAgain, bringAfterAll } from "~/domain/giving/collecting/changeCollection.server";
import { collectionOfGift } from "~/domain/giving/collecting/queries.server";
import { goOnAfterAll } from "~/domain/giving/goOn.server";
import { CollectInput, MarkSentInput, UndoInput } from "~/domain/giving/schemas";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { endOffer } from "~/domain/matching/offers.server";
import { cancelPayment, goOnPaying } from "~/domain/payments/cancelPayment.server";
import { paymentOfGift } from "~/domain/payments/giftPayment.server";
import { openCheckoutOf, sweepOne } from "~/domain/payments/sweepPayments.server";
import { undoPayment } from "~/domain/payments/undoPayment.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { codeFrom } from "~/http/ids.server";
import { button, form } from "~/http/pageForm.server";
import { drawQr } from "~/http/qr.server";
import { shareLink } from "~/http/shareLink.server";
import { signedIn } from "~/http/who.server";
import { langOfWords } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AskWhatNow } from "~/ui/giving/AskWhatNow";
import { collectedOn } from "~/ui/giving/CollectionPart";
import { EndOffer } from "~/ui/giving/EndOffer";
import { GiftActions } from "~/ui/giving/GiftActions";
import { GiftAnswer } from "~/ui/giving/GiftAnswer";
import { GiftLog } from "~/ui/giving/GiftLog";
import { GIFT_WORDS, giftName, thingOf, unitOf } from "~/ui/giving/giftName";
import { GiftThings } from "~/ui/giving/GiftThings";
import { GiftWays } from "~/ui/giving/GiftWays";
import { JointDayCard } from "~/ui/giving/JointDayCard";
import { PaymentCard } from "~/ui/giving/PaymentCard";
import { ShareGift } from "~/ui/giving/ShareGift";
import { ThankYou } from "~/ui/giving/ThankYou";
import { UndoGift } from "~/ui/giving/UndoGift";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "gifts.theWay", isStill: true, isOwn: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const code = codeFrom(args);
    let page = await giftPage(ctx, code);
    const isMoney = page.gift.kind === "money";
    // Back from the payment page before the webhook: Stripe itself is asked, never the URL.
    const open = isMoney ? await openCheckoutOf(ctx, page.gift.id) : undefined;
    if (open) {
      await sweepOne(ctx, open).catch(() => undefined);
      page = await giftPage(ctx, code);
    }

    const token = new URL(args.request.url).searchParams.get("new");
    const [payment, collection] = await Promise.all([
      isMoney ? paymentOfGift(ctx, page.gift.id) : undefined,
      page.gift.arrivalWay === "pick_up" ? collectionOfGift(ctx, page.gift.id) : undefined,
    ]);
    return {
      ...page,
      payment,
      collection,
      // Whoever keeps a store gets to the counter's page by it; to everybody else it opens nothing.
      qr: isMoney ? undefined : drawQr(ctx.publicUrl + paths("zh-Hans").scanGift(page.gift.code)),
      share: token ? shareLink(ctx, token) : undefined,
      messages: messagesFor(ctx.locale, GIFT_WORDS),
    };
  });

export const action = (args: RouteArgs) => {
  const code = codeFrom(args);
  const done = (ctx: UseCaseContext, key: DoneKey) => doneAt(paths(ctx.locale).gift(code), key);
  const press = (key: DoneKey, does: (ctx: UseCaseContext, giftCode: string) => Promise<unknown>) =>
    button((ctx) => does(ctx, code).then(() => done(ctx, key)));
  const read = <S extends z.ZodType>(
    schema: S,
    key: DoneKey,
    does: (ctx: UseCaseContext, input: z.output<S>) => Promise<unknown>,
  ) => form(schema, (ctx, input) => does(ctx, input).then(() => done(ctx, key)));
  return act(args, signedIn, {
    default: form(MarkSentInput, async (ctx, input) => {
      await markSent(ctx, code, input);
      return done(ctx, "done.giftSent");
    }),
    cancelPayment: press("done.paymentCancelled", cancelPayment),
    bringAfterAll: press("done.collectionBring", bringAfterAll),
    goOnPaying: button(async (ctx) => redirect((await goOnPaying(ctx, code)).url)),
    askAgain: read(CollectInput, "done.collectionChanged", (ctx, input) => askAgain(ctx, code, input)),
    undo: form(UndoInput, (ctx, { kind }) =>
      kind === "money"
        ? undoPayment(ctx, code).then(() => done(ctx, "done.paymentUndone"))
        : undoGift(ctx, code).then(() => done(ctx, "done.giftUndone")),
    ),
    goOn: read(z.object({ pledgeId: z.uuid() }), "done.giftGoesOn", (ctx, { pledgeId }) =>
      goOnAfterAll(ctx, code, pledgeId),
    ),
    endOffer: read(z.object({ offerId: z.uuid() }), "done.offerEnded", (ctx, { offerId }) =>
      endOffer(ctx, offerId),
    ),
    renew: button(async (ctx) => {
      const { trackToken } = await renewTrackToken(ctx, code);
      return redirect(`${paths(ctx.locale).gift(code)}?new=${encodeURIComponent(trackToken)}`);
    }),
  });
};

export default function Gift() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const page = useLoaderData<typeof loader>();
  const { gift, isNew, rows, ways, timeline, words, asking, offer, photos, share, payment, qr } = page;
  const reply = useActionData<typeof action>()?.reply;
  const name = giftName(t, locale, rows, offer) ?? gift.code;
  const when = collectedOn(t, locale, page.collection);
  const named = <span lang={langOfWords(locale)}>{name}</span>;
  return (
    <Page
      title={isNew ? t("gifts.thanks") : named}
      lead={isNew ? named : undefined}
      crumbs={[{ label: t("gifts.title"), to: at.gifts() }]}
    >
      <p className="tabular -mt-4 mb-4 text-2 text-muted">{t("gifts.giftNo", { code: gift.code })}</p>
      <FormErrors reply={reply} />
      <GiftAnswer photos={photos} words={words} />
      {isNew ? (
        <ThankYou ways={ways} payment={payment} collectedOn={when} />
      ) : (
        <GiftWays ways={ways} unit={unitOf(rows, offer)} isOwn collectedOn={when} />
      )}
      <AskWhatNow rows={rows} asking={asking} />
      <GiftActions page={page} collection={page.collection} qr={qr} reply={reply} />
      <ShareGift share={share} gift={name} hint={t("gifts.trackHint")} mayMake={gift.confirmedAt !== null} />
      <JointDayCard giftCode={gift.code} jointDay={page.jointDay} />
      <GiftThings gift={gift} rows={rows} offer={offer} qr={qr} />
      {payment ? <PaymentCard payment={payment} what={rows[0] ? thingOf(locale, rows[0]) : name} /> : null}
      <GiftLog timeline={timeline} code={gift.code} />
      <UndoGift kind={gift.kind} rows={rows} until={page.canUndoUntil} />
      {offer ? <EndOffer offer={offer.offer} /> : null}
    </Page>
  );
}
