import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { homePage } from "~/domain/directory/home.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { count, moment } from "~/i18n/format";
import { langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Heart } from "~/ui/icons/Heart";
import { LinkButton } from "~/ui/primitives/Button";
import { Section } from "~/ui/primitives/Page";
import { TownMap } from "~/ui/needs/TownMap";
import { unitName, WishCard } from "~/ui/needs/WishCard";

export const loader = (args: RouteArgs) => load(args, async (ctx) => ({ ...(await homePage(ctx)), title: serverT(ctx.locale, ["home"])("home.title"), messages: messagesFor(ctx.locale, ["home", "wishes"]) }));

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `红心 · ${data?.title ?? ""}` }];

const DOOR = "lift flex min-h-32 flex-col justify-center rounded-lg border-2 p-6";

export default function Home() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { numbers, waiting, newest, delivered, byTown } = useLoaderData<typeof loader>();
  const figures = [
    [numbers.open, t("home.numberOpen")],
    [numbers.promised, t("home.numberPromised")],
    [numbers.delivered, t("home.numberDelivered")],
  ] as const;
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6 sm:py-12">
      <div className="grid items-center gap-8 lg:grid-cols-[1fr_20rem] elder:grid-cols-1">
        <div>
          <h1 className="text-7 sm:max-w-[14em]">{t("home.title")}</h1>
          <p className="mt-3 max-w-measure text-4 text-muted">{t("home.lead")}</p>
          <div className="mt-6 grid gap-4 sm:grid-cols-2 elder:grid-cols-1">
            <Link to={at.wishes()} className={`${DOOR} border-brand bg-brand text-on-brand hover:bg-brand-hover`}>
              <span className="text-5 font-bold">{t("home.wantHelp")}</span>
              <span className="mt-1">{t("home.wantHelpText")}</span>
            </Link>
            <Link to={at.helpMe()} className={`${DOOR} border-brand bg-surface text-brand hover:bg-brand-soft`}>
              <span className="text-5 font-bold">{t("home.needHelp")}</span>
              <span className="mt-1">{t("home.needHelpText")}</span>
            </Link>
          </div>
        </div>
        <Heart className="mx-auto hidden size-64 text-brand lg:block elder:hidden" />
      </div>
      <dl className="mt-8 grid grid-cols-3 gap-4 elder:grid-cols-1">
        {figures.map(([value, label]) => (
          <div key={label} className="flex flex-col-reverse">
            <dt className="text-2 text-muted">{label}</dt>
            <dd className="tabular text-6 font-bold">{count(locale, value)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-1 text-muted">{t("home.asOf", { time: moment(locale, numbers.asOf) })}</p>
      {([["home.waitingLongest", waiting], ["home.newest", newest]] as const).map(([title, cards]) =>
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
      <p className="mt-5">
        <LinkButton look="secondary" to={at.wishes()}>
          {t("home.seeAll")}
        </LinkButton>
      </p>
      <div className="grid gap-x-12 lg:grid-cols-2 elder:grid-cols-1">
        <Section title={t("home.townsTitle")}>
          <TownMap towns={byTown} />
        </Section>
        <div>
          <Section title={t("home.howTitle")}>
            <ol className="list-decimal space-y-2 pl-6">
              {(["home.how1", "home.how2", "home.how3", "home.how4"] as const).map((step) => (
                <li key={step}>{t(step)}</li>
              ))}
            </ol>
          </Section>
          {delivered.length > 0 ? (
            <Section title={t("home.deliveredFeed")}>
              <ul className="grid gap-2">
                {delivered.map((row) => (
                  <li key={row.id} className="flex justify-between gap-3 border-b border-line py-2">
                    <span lang={langOfWords(locale)}>
                      <span className="mr-1 text-jade">✓</span>
                      {t("home.deliveredItem", { town: nameIn(locale, row.town), item: wordsIn(locale, row.itemHans, row.itemHant), n: count(locale, row.quantity ?? 0n), unit: unitName(locale, row.unit, row.quantity ?? 1n) })}
                    </span>
                    <span className="shrink-0 text-2 text-muted">{moment(locale, row.at)}</span>
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
