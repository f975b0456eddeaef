import { useLoaderData } from "@remix-run/react";
import { limit } from "~/domain/kernel/limits.server";
import { listWishes } from "~/domain/needs/queries.server";
import { COUNTABLE } from "~/domain/needs/wishConditions.server";
import { countWishes } from "~/domain/needs/wishCounts.server";
import { keyText, readFilter, readKey } from "~/domain/needs/wishFilter";
import { facetNames } from "~/domain/reference/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { inQuery, noteUnread, oneOfInQuery, searchOf } from "~/http/query.server";
import { type Locale, nameIn } from "~/i18n/locales";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { FilterChips } from "~/ui/needs/FilterChips";
import { WishCard } from "~/ui/needs/WishCard";
import { WishFilters } from "~/ui/needs/WishFilters";
import { Button, LinkButton, TextLink } from "~/ui/primitives/Button";
import { Link } from "~/ui/primitives/Link";
import { EmptyState, Notice, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useIsSignedIn } from "~/ui/shell/useRoot";

/** Keeps the names of the reader's language: others do not travel. */
const named = (
  locale: Locale,
  rows: readonly (Parameters<typeof nameIn>[1] & Readonly<{ code: string }>)[],
) => rows.map((row) => ({ code: row.code, name: nameIn(locale, row) }));

/** The code, where the portal knows what it names. */
const codeAmong = (
  rows: readonly Readonly<{ code: string }>[],
  code: string | undefined,
): string | undefined => rows.find((row) => row.code === code)?.code;

export const handle: PageHandle = { isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const search = searchOf(args.request);
    const names = await facetNames(ctx);
    const asked = readFilter(search);
    const filter = {
      ...asked,
      town: codeAmong(names.towns, asked.town),
      item: codeAmong(names.kinds, asked.item),
    };
    noteUnread(args.request, filter);
    const at = paths(ctx.locale);
    const counted = await countWishes(ctx, filter);
    const page = await listWishes(ctx, filter, inQuery(args.request, "at", readKey), counted);
    return {
      filter,
      facets: counted.facets,
      total: counted.total,
      isMore: counted.total > COUNTABLE,
      basketLines: await limit(ctx.db, ctx, "basketLines"),
      names: { towns: named(ctx.locale, names.towns), kinds: named(ctx.locale, names.kinds) },
      cards: page.cards,
      taken: oneOfInQuery(args.request, "taken", ["yes"]) === "yes",
      next: page.next && at.wishes({ ...filter, at: keyText(page.next) }),
      previous: page.previous && at.wishes({ ...filter, at: keyText(page.previous) }),
      title: serverT(ctx.locale, ["wishes", "shell"])("wishes.title"),
      messages: messagesFor(ctx.locale, ["wishes"]),
    };
  });

export default function Wishes() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { cards, facets, total, isMore, basketLines, filter, names, taken, next, previous } =
    useLoaderData<typeof loader>();
  const isSignedIn = useIsSignedIn();
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  return (
    <Page title={t("wishes.title")} lead={t("wishes.lead")} wide>
      {taken ? (
        <div className="mb-6">
          <Notice tone="wait">{t("wishes.takenMeanwhile")}</Notice>
        </div>
      ) : null}
      <div className="grid gap-8 lg:grid-cols-[17rem_1fr] elder:grid-cols-1">
        <WishFilters filter={filter} facets={facets} names={names} />
        <div>
          <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
            <p role="status" className="font-semibold">
              {isMore ? t("wishes.foundMany") : t("wishes.found", { n: total })}
            </p>
            <Link
              to={at.wishes({ ...query, done: filter.done ? undefined : "yes" })}
              className="inline-flex min-h-tap items-center text-2 text-brand underline underline-offset-4"
            >
              {filter.done ? t("wishes.showOpen") : t("wishes.showDone")}
            </Link>
          </div>
          <FilterChips filter={filter} names={names} />
          {cards.length === 0 ? (
            <EmptyState
              title={t("wishes.emptyTitle")}
              action={<LinkButton to={at.wishes()}>{t("wishes.clear")}</LinkButton>}
            >
              {t("wishes.emptyText")}
            </EmptyState>
          ) : (
            <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3 elder:grid-cols-1">
              {cards.map((wish) => (
                <WishCard key={wish.needId} wish={wish} heading="h2" />
              ))}
            </div>
          )}
          <Pagination previous={previous} next={next} />
          {filter.done ? null : (
            <p className="mt-6">
              <TextLink to={at.wishesFeed(query)}>{t("wishes.feed")}</TextLink>{" "}
              <span className="text-2 text-muted">{t("wishes.feedLead")}</span>
            </p>
          )}
          {isSignedIn && cards.length > 0 && !filter.done ? (
            <form method="post" action={at.basket()} className="mt-6">
              <input type="hidden" name="intent" value="claim_list" />
              <input
                type="hidden"
                name="filter"
                value={new URLSearchParams(query as Record<string, string>).toString()}
              />
              <Button look="secondary">
                {total > basketLines
                  ? t("wishes.claimListFirst", { n: basketLines })
                  : t("wishes.claimList", { n: total })}
              </Button>
            </form>
          ) : null}
        </div>
      </div>
    </Page>
  );
}
