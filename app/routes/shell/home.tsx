import { useLoaderData } from "@remix-run/react";
import { homePage } from "~/domain/trace/frontPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { count, moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Icon } from "~/ui/icons/Icon";
import { Scene } from "~/ui/icons/Scene";
import { ThingWords } from "~/ui/needs/ThingWords";
import { TownMap } from "~/ui/needs/TownMap";
import { unitName } from "~/ui/needs/unitName";
import { WishCard } from "~/ui/needs/WishCard";
import { LinkButton, TextLink } from "~/ui/primitives/Button";
import { Section } from "~/ui/primitives/Page";
import { Stats } from "~/ui/primitives/StatTile";
import { FrontDoors } from "~/ui/shell/FrontDoors";
import { HowItGoes } from "~/ui/shell/HowItGoes";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await homePage(ctx)),
    title: serverT(ctx.locale, ["home"])("home.title"),
    shared: {
      description: serverT(ctx.locale, ["shell"])("shell.tagline"),
      path: paths(ctx.locale).home(),
      picture: paths(ctx.locale).sitePictures().square,
    },
    messages: messagesFor(ctx.locale, ["home", "wishes"]),
  }));

export default function Home() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { numbers, waiting, newest, delivered, byTown } = useLoaderData<typeof loader>();
  const figures = [
    { key: "open", value: count(locale, numbers.open), label: t("home.numberOpen") },
    { key: "claimed", value: count(locale, numbers.claimed), label: t("home.numberClaimed") },
    { key: "delivered", value: count(locale, numbers.delivered), label: t("home.numberDelivered") },
  ];
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 py-6 outline-none sm:px-6 sm:py-8">
      <div className="mb-6 grid items-center gap-x-10 md:grid-cols-[1fr_26rem] elder:grid-cols-1">
        <div>
          <h1 className="text-7 md:max-w-[13em]">
            {t("home.title")
              .match(/[^，]+，?/g)
              ?.map((phrase) => (
                <span key={phrase} className="inline-block">
                  {phrase}
                </span>
              ))}
          </h1>
          <p className="mt-3 max-w-measure text-4 text-muted">{t("home.lead")}</p>
        </div>
        <Scene name="way" className="hidden h-auto w-full text-brand md:block elder:hidden" />
      </div>
      <FrontDoors />
      <p className="no-print mt-3">
        <TextLink to={at.askCallBack()} icon="phone">
          {t("home.askCall")}
        </TextLink>
      </p>
      <div className="mt-8">
        <Stats stats={figures} inRow="three" />
        <p className="mt-3 text-1 text-muted">{t("home.asOf", { time: moment(locale, numbers.asOf) })}</p>
      </div>
      {(
        [
          ["home.waitingLongest", waiting],
          ["home.newest", newest],
        ] as const
      ).map(([title, cards]) =>
        cards.length > 0 ? (
          <Section key={title} title={t(title)}>
            <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 elder:grid-cols-1">
              {cards.map((wish) => (
                <WishCard key={wish.needId} wish={wish} />
              ))}
            </div>
          </Section>
        ) : null,
      )}
      <p className="mt-6">
        <LinkButton look="secondary" to={at.wishes()}>
          {t("home.seeAll")}
          <Icon name="forward" />
        </LinkButton>
      </p>
      <Section title={t("home.howTitle")}>
        <HowItGoes />
      </Section>
      <div className="grid gap-x-12 lg:grid-cols-2 elder:grid-cols-1">
        <Section title={t("home.townsTitle")}>
          <TownMap towns={byTown} to={at.town} note={t("home.townsNote")} />
          <p className="no-print mt-1 flex flex-wrap gap-x-5">
            <TextLink to={`${at.open("delivered")}#towns`}>{t("home.townsDelivered")}</TextLink>
            <TextLink to={`${at.open("days")}#towns`}>{t("home.townsDays")}</TextLink>
          </p>
        </Section>
        <div>
          {delivered.length > 0 ? (
            <Section title={t("home.deliveredFeed")}>
              <ul className="grid gap-2">
                {delivered.map((row) => (
                  <li
                    key={row.id}
                    className="flex flex-wrap justify-between gap-x-3 border-b border-line py-2"
                  >
                    <span className="min-w-0">
                      <Icon name="check" className="mr-1.5 size-4 text-jade" />
                      {nameIn(locale, row.town)} ·{" "}
                      <ThingWords kindEn={row.kindEn} hans={row.itemHans} hant={row.itemHant} /> ·{" "}
                      {count(locale, row.quantity ?? 0n)} {unitName(locale, row.unit, row.quantity ?? 1n)}
                    </span>
                    <span className="text-2 text-muted">{moment(locale, row.at)}</span>
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
        </div>
      </div>
    </main>
  );
}
