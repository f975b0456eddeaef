import { data, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { trackPage } from "~/domain/trace/giftPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { shareLink } from "~/http/shareLink.server";
import { langOfWords } from "~/i18n/locales";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { GiftAnswer } from "~/ui/giving/GiftAnswer";
import { GiftLines } from "~/ui/giving/GiftLines";
import { GiftLog } from "~/ui/giving/GiftLog";
import { giftName, unitOf } from "~/ui/giving/giftName";
import { GiftWays } from "~/ui/giving/GiftWays";
import { OfferLine } from "~/ui/giving/OfferLine";
import { ShareGift } from "~/ui/giving/ShareGift";
import { Card, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "gifts.trackTitle", isStill: true, isOwn: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const token = args.params["token"] ?? "";
    const page = await trackPage(ctx, token);
    const at = paths(ctx.locale);
    const share = shareLink(ctx, token);
    const t = serverT(ctx.locale, ["gifts", "giving"]);
    const title = giftName(t, ctx.locale, page.rows, page.offer) ?? t("gifts.trackTitle");
    return data(
      {
        ...page,
        title,
        shared: { description: t("gifts.trackTitle"), path: at.track(token), picture: share.picture.square },
        share,
        messages: messagesFor(ctx.locale, ["gifts", "giving", "journal", "identity", "pictures"]),
      },
      { headers: PRIVATE_PAGE },
    );
  });

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;
export const meta: MetaFunction = () => [{ name: "robots", content: "noindex, nofollow" }];

export default function Track() {
  const t = useT();
  const locale = useLocale();
  const { title, rows, timeline, ways, words, offer, share } = useLoaderData<typeof loader>();
  return (
    <Page title={<span lang={langOfWords(locale)}>{title}</span>}>
      <GiftAnswer words={words} />
      <GiftWays ways={ways} unit={unitOf(rows, offer)} />
      <Card className="mt-4">
        {rows.length > 0 ? <GiftLines rows={rows} isOwn={false} /> : null}
        {offer ? <OfferLine offer={offer} /> : null}
      </Card>
      <ShareGift share={share} gift={title} hint={t("gifts.shareHint")} />
      <GiftLog timeline={timeline} />
    </Page>
  );
}
