import { useLoaderData } from "@remix-run/react";
import { requireUser } from "~/domain/kernel/actor";
import { cityReferrals, isReferralKey } from "~/domain/referrals/lists.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { oneOfInQuery } from "~/http/query.server";
import { queueFilter, queuePlace, townsOfWork } from "~/http/queueFilter.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { Tabs } from "~/ui/primitives/Tabs";
import { ReferralList } from "~/ui/referrals/ReferralList";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { QueueFilter } from "~/ui/work/QueueFilter";

export const handle: PageHandle = { title: "referrals.cityTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const view = oneOfInQuery(args.request, "view", ["all", "joint"]) ?? "all";
    const filter = queueFilter(args.request, isReferralKey);
    const { rows, next, isCity } = await cityReferrals(ctx, view, filter);
    return {
      filter,
      place: { view, ...queuePlace(args.request, isReferralKey) },
      towns: await townsOfWork(ctx, requireUser(ctx.actor), ["town_reviewer"]),
      rows,
      view,
      isCity,
      next: next && paths(ctx.locale).cityReferrals({ view, ...filter, after: next }),
      messages: messagesFor(ctx.locale, ["referrals"]),
    };
  });

export default function CityReferrals() {
  const t = useT();
  const at = paths(useLocale());
  const { filter, place, towns, rows, view, isCity, next } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t(isCity ? "referrals.cityTitle" : "referrals.title")}
      lead={t(isCity ? "referrals.cityLead" : "referrals.townLead")}
    >
      {isCity ? (
        <Tabs
          label={t("referrals.cityTitle")}
          tabs={[
            {
              to: at.cityReferrals({ town: filter.town }),
              label: t("referrals.viewAll"),
              current: view === "all",
            },
            {
              to: at.cityReferrals({ view: "joint", town: filter.town }),
              label: t("referrals.viewJoint"),
              current: view === "joint",
            },
          ]}
        />
      ) : null}
      <QueueFilter action={at.cityReferrals()} filter={filter} towns={towns} kept={isCity ? { view } : {}} />
      {rows.length === 0 ? (
        <EmptyState
          title={t(
            filter.code || filter.town
              ? "work.noneFound"
              : isCity
                ? "referrals.none"
                : "referrals.noneEscalated",
          )}
        />
      ) : (
        <ReferralList rows={rows} place={place} />
      )}
      <Pagination next={next} />
    </Page>
  );
}
