import { Link, useLoaderData } from "@remix-run/react";
import { townDeliveries } from "~/domain/delivery/queries.server";
import { DELIVERY_LISTS } from "~/domain/delivery/vocabulary";
import { requireUser } from "~/domain/kernel/actor";
import { MOST_WAITING } from "~/domain/kernel/waiting";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { oneOfInQuery } from "~/http/query.server";
import { queueFilter, townsOfWork } from "~/http/queueFilter.server";
import { counted } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { DeliveryList } from "~/ui/store/DeliveryList";
import { QueueFilter } from "~/ui/work/QueueFilter";

export const handle: PageHandle = { title: "handover.townTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const list = oneOfInQuery(args.request, "list", DELIVERY_LISTS) ?? "open";
    const { code, town } = queueFilter(args.request);
    const filter = { code, town };
    const { rows, counts, next } = await townDeliveries(ctx, list, {
      ...filter,
      before: idInQuery(args, "before"),
    });
    return {
      list,
      filter,
      towns: await townsOfWork(ctx, requireUser(ctx.actor), ["caseworker", "town_reviewer"]),
      rows,
      counts,
      next: next && paths(ctx.locale).deliveries({ list, ...filter, before: next }),
      messages: messagesFor(ctx.locale, ["store", "handover"]),
    };
  });

export default function TownDeliveries() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { list, filter, towns, rows, counts, next } = useLoaderData<typeof loader>();
  return (
    <Page title={t("handover.townTitle")} lead={t("handover.townLead")}>
      <nav aria-label={t("handover.townTitle")} className="mb-6 flex flex-wrap gap-2">
        {DELIVERY_LISTS.map((name) => (
          <Link
            key={name}
            to={at.deliveries({ list: name, town: filter.town })}
            aria-current={name === list ? "page" : undefined}
            className={`inline-flex min-h-tap items-center gap-2 rounded-md border-(length:--border) px-4 ${name === list ? "border-brand bg-brand-soft font-semibold text-brand" : "border-line-strong bg-surface"}`}
          >
            {t(`handover.list_${name}`)}
            {counts[name] === undefined ? null : (
              <span className="tabular">{counted(locale, counts[name], MOST_WAITING)}</span>
            )}
          </Link>
        ))}
      </nav>
      <QueueFilter action={at.deliveries()} filter={filter} towns={towns} kept={{ list }} />
      {rows.length === 0 ? (
        <EmptyState title={t(filter.code || filter.town ? "work.noneFound" : "handover.listEmpty")} />
      ) : (
        <DeliveryList rows={rows} to={at.delivery} showCourier />
      )}
      <Pagination next={next} />
    </Page>
  );
}
