import { useLoaderData } from "@remix-run/react";
import { cityReferrals } from "~/domain/referrals/lists.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { oneOfInQuery } from "~/http/query.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { Tabs } from "~/ui/primitives/Tabs";
import { ReferralList } from "~/ui/referrals/ReferralList";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "referrals.cityTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const view = oneOfInQuery(args.request, "view", ["all", "joint"]) ?? "all";
    const { rows, next, isCity } = await cityReferrals(ctx, view, idInQuery(args, "after"));
    return {
      rows,
      view,
      isCity,
      next: next && paths(ctx.locale).cityReferrals({ view, after: next }),
      messages: messagesFor(ctx.locale, ["referrals"]),
    };
  });

export default function CityReferrals() {
  const t = useT();
  const at = paths(useLocale());
  const { rows, view, isCity, next } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t(isCity ? "referrals.cityTitle" : "referrals.title")}
      lead={t(isCity ? "referrals.cityLead" : "referrals.townLead")}
    >
      {isCity ? (
        <Tabs
          label={t("referrals.cityTitle")}
          tabs={[
            { to: at.cityReferrals(), label: t("referrals.viewAll"), current: view === "all" },
            {
              to: at.cityReferrals({ view: "joint" }),
              label: t("referrals.viewJoint"),
              current: view === "joint",
            },
          ]}
        />
      ) : null}
      {rows.length === 0 ? (
        <EmptyState title={t(isCity ? "referrals.none" : "referrals.noneEscalated")} />
      ) : (
        <ReferralList rows={rows} />
      )}
      <Pagination next={next} />
    </Page>
  );
}
