import { data, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { trackPage } from "~/domain/trace/giftPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { messagesFor } from "~/i18n/messages.server";
import { useT } from "~/i18n/useT";
import { GiftLines } from "~/ui/giving/GiftLines";
import { GiftWay } from "~/ui/giving/GiftWay";
import { GiftWords } from "~/ui/giving/GiftWords";
import { OfferLine } from "~/ui/giving/OfferLine";
import { Card, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "gifts.trackTitle", isStill: true, isOwn: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { rows, timeline, words, offer } = await trackPage(ctx, args.params["token"] ?? "");
    return data(
      {
        rows,
        timeline,
        words,
        offer,
        messages: messagesFor(ctx.locale, ["gifts", "giving", "journal", "identity"]),
      },
      { headers: PRIVATE_PAGE },
    );
  });

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;
export const meta: MetaFunction = () => [{ name: "robots", content: "noindex, nofollow" }];

export default function Track() {
  const t = useT();
  const { rows, timeline, words, offer } = useLoaderData<typeof loader>();
  return (
    <Page title={t("gifts.trackTitle")}>
      <Card>
        {rows.length > 0 ? <GiftLines rows={rows} /> : null}
        {offer ? <OfferLine offer={offer} /> : null}
      </Card>
      <Section title={t("gifts.theWay")}>
        <GiftWay steps={timeline} />
      </Section>
      <GiftWords words={words} />
    </Page>
  );
}
