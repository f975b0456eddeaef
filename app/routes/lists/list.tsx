import { useLoaderData } from "@remix-run/react";
import { DomainError } from "~/domain/kernel/errors";
import { plainCode } from "~/domain/kernel/typed/code";
import { findItems } from "~/domain/lists/items.server";
import { readListFilter } from "~/domain/lists/listFilter";
import { facetNames } from "~/domain/reference/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { noteUnread, searchOf } from "~/http/query.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ItemList } from "~/ui/lists/ItemList";
import { ListFilters } from "~/ui/lists/ListFilters";
import { SituationLinks } from "~/ui/lists/SituationLinks";
import { LinkButton } from "~/ui/primitives/Button";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { PhoneLine } from "~/ui/primitives/PhoneLine";
import { Tabs } from "~/ui/primitives/Tabs";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const search = searchOf(args.request);
    const filter = readListFilter(search, args.params["list"]);
    noteUnread(args.request, { ...filter, list: args.params["list"] ?? "" });
    if (args.params["list"] !== undefined && filter.list === undefined) throw new DomainError("NOT_FOUND");
    const [found, names] = await Promise.all([
      findItems(ctx, filter, plainCode(search.get("after") ?? "")),
      facetNames(ctx),
    ]);
    noteUnread(args.request, { after: found.after });
    const { list, ...query } = filter;
    const at = paths(ctx.locale);
    const page = (after: string | undefined) =>
      after === undefined
        ? undefined
        : list
          ? at.list(list, { ...query, after })
          : at.lists({ ...query, after });
    return {
      ...found,
      filter,
      next: page(found.next),
      previous: page(found.previous),
      towns: names.towns.map((town) => ({ code: town.code, name: nameIn(ctx.locale, town) })),
      title: serverT(ctx.locale, ["lists"])(list ? `lists.${list}` : "lists.hubTitle"),
      messages: messagesFor(ctx.locale, ["lists"]),
    };
  });

export default function List() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const phone = useRoot()?.place.phoneLine ?? "";
  const { filter, items, total, facets, towns, title, next, previous } = useLoaderData<typeof loader>();
  const { list, ...query } = filter;
  const bare =
    filter.q === undefined &&
    filter.situation === undefined &&
    filter.audience === undefined &&
    filter.only === undefined;
  return (
    <Page
      title={title}
      lead={t(list ? "lists.lead" : "lists.hubLead")}
      crumbs={[{ label: t("lists.helpTitle"), to: at.helpMe() }]}
      wide
    >
      <Tabs
        label={t("lists.listsTitle")}
        tabs={[
          { to: at.lists(query), label: t("lists.all"), current: list === undefined },
          ...(["government", "social"] as const).map((one) => ({
            to: at.list(one, query),
            label: t(`lists.${one}`),
            current: one === list,
          })),
        ]}
      />
      {bare && previous === undefined ? <SituationLinks list={list} found={facets.situation} /> : null}
      <div className="grid gap-8 lg:grid-cols-[17rem_1fr] elder:grid-cols-1">
        <ListFilters filter={filter} facets={facets} towns={towns} />
        <div>
          <p role="status" className="mb-4 font-semibold">
            {t("lists.found", { n: total })}
          </p>
          {locale === "en" && items.length > 0 ? (
            <p className="mb-4 text-2 text-muted">{t("lists.inChinese")}</p>
          ) : null}
          {items.length === 0 ? (
            <EmptyState
              title={t("lists.empty")}
              action={<LinkButton to={list ? at.list(list) : at.lists()}>{t("lists.clear")}</LinkButton>}
            >
              <p>{t("lists.emptyText")}</p>
              <PhoneLine phone={phone} />
            </EmptyState>
          ) : (
            <ItemList items={items} />
          )}
          <Pagination previous={previous} next={next} />
        </div>
      </div>
    </Page>
  );
}
