import { Link, useLoaderData } from "@remix-run/react";
import { myGifts } from "~/domain/giving/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { day } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { GiftLines } from "~/ui/giving/GiftLines";
import { LinkButton } from "~/ui/primitives/Button";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const before = new URL(args.request.url).searchParams.get("before") ?? undefined;
    const { gifts, next } = await myGifts(ctx, /^[0-9a-f-]{36}$/.test(before ?? "") ? before : undefined);
    return { gifts, next: next && `${paths(ctx.locale).gifts()}?before=${next}`, messages: messagesFor(ctx.locale, ["gifts", "giving", "wishes"]) };
  });

export default function Gifts() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { gifts, next } = useLoaderData<typeof loader>();
  return (
    <Page title={t("gifts.title")}>
      {gifts.length === 0 ? (
        <EmptyState title={t("gifts.empty")} action={<LinkButton to={at.wishes()}>{t("wishes.title")}</LinkButton>}>
          {t("gifts.emptyText")}
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {gifts.map((gift) => (
            <li key={gift.id}>
              <Card>
                <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
                  <Link to={at.gift(gift.code)} className="tabular inline-flex min-h-tap items-center text-4 font-semibold text-brand underline underline-offset-4">
                    {gift.code}
                  </Link>
                  <span className="text-2 text-muted">
                    {t(gift.kind === "money" ? "gifts.money" : "gifts.goods")} · {day(locale, gift.createdAt)}
                  </span>
                </div>
                <GiftLines rows={gift.rows} />
              </Card>
            </li>
          ))}
        </ul>
      )}
      <Pagination next={next} />
      <p className="mt-6">
        <LinkButton look="secondary" to={at.offer()}>
          {t("giving.offerTitle")}
        </LinkButton>
      </p>
    </Page>
  );
}
