import { data, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { kindOfNeed, threeNumbers, unitLines } from "~/domain/needs/states";
import { wishPage } from "~/domain/needs/wishPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { codeFrom } from "~/http/ids.server";
import { daysSince } from "~/i18n/format";
import { kindBefore, langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { GiveHere } from "~/ui/needs/GiveHere";
import { LikeIt } from "~/ui/needs/LikeIt";
import { sharedWish } from "~/ui/needs/sharedWish";
import { ThingWords } from "~/ui/needs/ThingWords";
import { WishAside } from "~/ui/needs/WishAside";
import { WishLine } from "~/ui/needs/WishLine";
import { WishProgress } from "~/ui/needs/WishProgress";
import { wishSchema } from "~/ui/needs/wishSchema";
import { WishStory } from "~/ui/needs/WishStory";
import { LinkButton } from "~/ui/primitives/Button";
import { Notice, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const page = await wishPage(ctx, codeFrom(args));
    if (!page.wish && !page.gone) throw new Response(null, { status: 404 });
    const answer = {
      ...page,
      wish: page.wish && {
        ...page.wish,
        numbers: Object.fromEntries(
          Object.entries(threeNumbers(unitLines(page.wish.lines))).map(([key, value]) => [
            key,
            Number(value),
          ]),
        ) as Record<keyof ReturnType<typeof threeNumbers>, number>,
      },
      title: page.wish
        ? kindBefore(ctx.locale, kindOfNeed(page.wish.lines)) +
          wordsIn(ctx.locale, page.wish.titleHans, page.wish.titleHant)
        : serverT(ctx.locale, ["wishes"])("wishes.goneTitle"),
      waitingDays: page.wish ? daysSince(page.wish.waitingSince, page.arrivedAt ?? ctx.now()) : 0,
      url: ctx.publicUrl + paths(ctx.locale).wish(codeFrom(args)),
      shared: page.wish && sharedWish(ctx.locale, page.wish),
      messages: messagesFor(ctx.locale, ["wishes", "journal", "identity", "pictures"]),
    };
    return data(answer, { status: page.gone ? 410 : 200 });
  });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  if (!page?.wish) return [];
  const { storyHans, code } = page.wish;
  return [
    { name: "description", content: storyHans },
    { tagName: "link", rel: "canonical", href: page.url },
    { "script:ld+json": wishSchema({ title: page.title, code, url: page.url, point: page.point?.nameHans }) },
  ];
};

export default function Wish() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const {
    wish,
    state,
    isOver,
    arrivedAt,
    point,
    steps,
    words,
    organisation,
    likeIt,
    waitingDays,
    title,
    url,
  } = useLoaderData<typeof loader>();
  if (!wish) {
    return (
      <Page title={t("wishes.goneTitle")}>
        <LinkButton to={at.wishes()}>{t("wishes.title")}</LinkButton>
      </Page>
    );
  }

  const [first] = wish.lines;
  const [thing] = unitLines(wish.lines);
  const lang = langOfWords(locale);
  const asks = {
    goods: wish.lines.some((line) => line.kind === "goods"),
    service: wish.lines.some((line) => line.kind === "service"),
  };
  return (
    <Page
      title={<ThingWords kindEn={kindOfNeed(wish.lines)} hans={wish.titleHans} hant={wish.titleHant} />}
      crumbs={[{ label: t("wishes.title"), to: at.wishes() }]}
      wide
    >
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[1fr_22rem] lg:grid-rows-[auto_1fr] elder:grid-cols-1">
        <div>
          <WishStory icon={thing?.icon ?? first?.icon ?? null} wish={wish} />
          <GiveHere lines={wish.lines} to="#what" />
          {state === "suspended" ? (
            <div className="mt-4">
              <Notice tone="wait">{t("wishes.suspendedHere")}</Notice>
            </div>
          ) : null}
          {wish.reportHans ? (
            <Section title={t("wishes.reportTitle")}>
              <p lang={lang} className="max-w-measure whitespace-pre-line">
                {wordsIn(locale, wish.reportHans, wish.reportHant ?? wish.reportHans)}
              </p>
            </Section>
          ) : null}
          <Section title={t("wishes.whatExactly")} id="what">
            <div className="grid gap-4">
              {wish.lines.map((line) => (
                <WishLine key={line.id} code={wish.code} line={line} />
              ))}
            </div>
          </Section>
        </div>
        <WishAside
          wish={wish}
          asks={asks}
          numbers={wish.numbers}
          unit={thing?.unit}
          requested={thing?.requested ?? 0n}
          isOver={isOver}
          arrivedAt={arrivedAt}
          waitingDays={waitingDays}
          organisation={organisation ? nameIn(locale, organisation) : undefined}
          point={point}
          title={title}
          url={url}
        />
        <div>
          <WishProgress steps={steps ?? []} words={words ?? []} />
        </div>
      </div>
      <LikeIt wishes={likeIt ?? []} />
    </Page>
  );
}
