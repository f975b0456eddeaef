import { useLoaderData } from "@remix-run/react";
import { folded } from "~/domain/kernel/typed/signs";
import { townPage } from "~/domain/trace/townPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { count } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { PlaceCard } from "~/ui/lists/PlaceCard";
import { WishCard } from "~/ui/needs/WishCard";
import { Delivered } from "~/ui/open/Delivered";
import { LinkButton } from "~/ui/primitives/Button";
import { Page, Section } from "~/ui/primitives/Page";
import { Stats } from "~/ui/primitives/StatTile";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const page = await townPage(ctx, folded(args.params["code"] ?? ""));
    return {
      ...page,
      now: ctx.now(),
      title: nameIn(ctx.locale, page.town),
      messages: messagesFor(ctx.locale, ["open", "lists", "wishes"]),
    };
  });

export default function Town() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { town, title, figures, waiting, points, delivered, now } = useLoaderData<typeof loader>();
  const { medianDays } = figures;
  return (
    <Page
      title={title}
      lead={t("open.townLead")}
      crumbs={[{ label: t("open.townMore"), to: `${at.open()}#towns` }]}
      wide
    >
      <Stats
        inRow="three"
        stats={(["open", "claimed", "delivered"] as const).map((key) => ({
          key,
          value: count(locale, figures[key]),
          label: t(key === "open" ? "open.waiting" : `open.${key}`),
        }))}
      />
      {medianDays === undefined ? null : (
        <p className="mt-4 text-2">
          {medianDays === 0 ? t("open.daysHalfSame") : t("open.daysHalf", { n: medianDays })}
        </p>
      )}
      <Section title={t("open.townWaiting")}>
        {waiting.length === 0 ? (
          <p className="text-muted">{t("open.townWaitingNone")}</p>
        ) : (
          <>
            <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 elder:grid-cols-1">
              {waiting.map((wish) => (
                <WishCard key={wish.needId} wish={wish} />
              ))}
            </div>
            <p className="mt-5">
              <LinkButton look="secondary" to={at.wishes({ town: town.code })}>
                {t("open.townAll")}
              </LinkButton>
            </p>
          </>
        )}
      </Section>
      <Section title={t("open.townPoints")}>
        <ul className="grid gap-4 sm:grid-cols-2 elder:grid-cols-1">
          {points.map((point) => (
            <li key={point.id}>
              <PlaceCard point={point} now={now} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("open.justTitle")}>
        <Delivered rows={delivered} none={t("open.townJustNone")} />
      </Section>
    </Page>
  );
}
