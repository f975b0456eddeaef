import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { myIntents, withdrawIntent } from "~/domain/payments/intents.server";
import { myGifts } from "~/domain/trace/giftPage.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idInQuery } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { day } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { GiftLines } from "~/ui/giving/GiftLines";
import { giftName } from "~/ui/giving/giftName";
import { MyIntents } from "~/ui/giving/MyIntents";
import { OfferLine } from "~/ui/giving/OfferLine";
import { LinkButton } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Link } from "~/ui/primitives/Link";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "gifts.title", isStill: true, isOwn: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const [{ gifts, next }, intents] = await Promise.all([
      myGifts(ctx, idInQuery(args, "before")),
      myIntents(ctx),
    ]);
    return {
      gifts,
      intents,
      next: next && `${paths(ctx.locale).gifts()}?before=${next}`,
      messages: messagesFor(ctx.locale, ["gifts", "giving", "wishes"]),
    };
  });

const Intent = z.object({ intentId: z.uuid() });

export const action = (args: RouteArgs) =>
  act(args, signedIn, {
    withdraw: form(Intent, async (ctx, { intentId }) => {
      await withdrawIntent(ctx, intentId);
      return doneAt(paths(ctx.locale).gifts(), "done.intentDropped");
    }),
  });

export default function Gifts() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { gifts, intents, next } = useLoaderData<typeof loader>();
  return (
    <Page title={t("gifts.title")}>
      <FormErrors reply={useActionData<typeof action>()?.reply} />
      {gifts.length === 0 ? (
        <EmptyState
          title={t("gifts.empty")}
          action={<LinkButton to={at.wishes()}>{t("wishes.title")}</LinkButton>}
        >
          {t("gifts.emptyText")}
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {gifts.map((gift) => (
            <li key={gift.id}>
              <Card>
                <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
                  <Link
                    to={at.gift(gift.code)}
                    lang={langOfWords(locale)}
                    className="inline-flex min-h-tap items-center text-4 font-semibold text-brand underline underline-offset-4"
                  >
                    {giftName(t, locale, gift.rows, gift.offer) ?? gift.code}
                  </Link>
                  <span className="text-2 text-muted">
                    <span className="tabular">{gift.code}</span> ·{" "}
                    {t(gift.kind === "money" ? "gifts.money" : "gifts.goods")} · {day(locale, gift.createdAt)}
                  </span>
                </div>
                {gift.offer ? <OfferLine offer={gift.offer} /> : null}
                {gift.rows.length > 0 ? <GiftLines rows={gift.rows} /> : null}
              </Card>
            </li>
          ))}
        </ul>
      )}
      <Pagination next={next} />
      <MyIntents intents={intents} />
      <p className="mt-6">
        <LinkButton look="secondary" to={at.offer()}>
          {t("giving.offerTitle")}
        </LinkButton>{" "}
        <LinkButton look="secondary" to={at.myYear()}>
          {t("gifts.myYear")}
        </LinkButton>
      </p>
    </Page>
  );
}
