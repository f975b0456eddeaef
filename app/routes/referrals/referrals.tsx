import { useLoaderData } from "@remix-run/react";
import { requireUser } from "~/domain/kernel/actor";
import { fieldReferrals, isReferralKey } from "~/domain/referrals/lists.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { queueFilter, queuePlace, townsOfWork } from "~/http/queueFilter.server";
import { day } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EmptyState, Page, Section, Tag } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { StaffList } from "~/ui/primitives/StaffList";
import { FollowUpList } from "~/ui/referrals/FollowUpList";
import { ReferralList } from "~/ui/referrals/ReferralList";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { QueueFilter } from "~/ui/work/QueueFilter";

export const handle: PageHandle = { title: "referrals.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const filter = queueFilter(args.request, isReferralKey);
    const { open, ...rest } = await fieldReferrals(ctx, filter);
    return {
      ...rest,
      filter,
      place: queuePlace(args.request, isReferralKey),
      towns: await townsOfWork(ctx, requireUser(ctx.actor), ["caseworker"]),
      rows: open.rows,
      next: open.next && paths(ctx.locale).referrals({ ...filter, after: open.next }),
      messages: messagesFor(ctx.locale, ["referrals", "intake"]),
    };
  });

export default function FieldReferrals() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { filter, place, towns, rows, next, wanting, followUps, ended } = useLoaderData<typeof loader>();
  // Whoever has a code sees what it names, at the top.
  const isFinding = filter.code !== undefined;
  return (
    <Page
      title={t("referrals.title")}
      lead={t("referrals.lead")}
      crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}
    >
      {!isFinding && followUps.count > 0 ? <FollowUpList followUps={followUps} /> : null}
      {!isFinding && wanting.length > 0 ? (
        <Section title={t("referrals.wanting")}>
          <StaffList
            rows={wanting.map((row) => ({
              key: row.id,
              to: at.newReferral({ household: row.householdId, item: row.itemCode }),
              title: row.item,
              meta: [row.household, row.at ? t("referrals.wantedOn", { day: day(locale, row.at) }) : ""]
                .filter(Boolean)
                .join(" · "),
            }))}
          />
        </Section>
      ) : null}
      <Section title={t("referrals.open")}>
        <QueueFilter action={at.referrals()} filter={filter} towns={towns} />
        {rows.length === 0 ? (
          <EmptyState title={t(filter.code || filter.town ? "work.noneFound" : "referrals.none")} />
        ) : (
          <ReferralList rows={rows} place={place} />
        )}
        <Pagination next={next} />
      </Section>
      {!isFinding && ended.length > 0 ? (
        <Section title={t("referrals.ended")}>
          <StaffList
            rows={ended.map((row) => ({
              key: row.id,
              to: at.referral(row.id),
              title: row.item ?? t("referrals.joint"),
              meta: [
                row.code,
                row.household,
                row.closedAt ? t("referrals.endedOn", { day: day(locale, row.closedAt) }) : "",
                row.closedReason ? t(`referrals.reason_${row.closedReason}`) : "",
              ]
                .filter(Boolean)
                .join(" · "),
              tag: (
                <Tag tone={row.state === "got_help" ? "done" : "problem"}>
                  {t(`referrals.state_${row.state}`)}
                </Tag>
              ),
            }))}
          />
        </Section>
      ) : null}
    </Page>
  );
}
