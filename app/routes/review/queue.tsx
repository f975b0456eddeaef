import { useLoaderData } from "@remix-run/react";
import { requireUser } from "~/domain/kernel/actor";
import { reviewQueue, runningOrganisationNeeds } from "~/domain/needs/staffQueries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { queueFilter, townsOfWork } from "~/http/queueFilter.server";
import { day, daysSince, money } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EmptyState, Page, Section, Tag } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { StaffList } from "~/ui/primitives/StaffList";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { QueueFilter } from "~/ui/work/QueueFilter";

export const handle: PageHandle = { title: "review.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const actor = requireUser(ctx.actor);
    const filter = queueFilter(args.request);
    const { rows, next } = await reviewQueue(ctx, filter);
    const { after, town } = filter;
    return {
      filter,
      place: { after, town },
      towns: await townsOfWork(ctx, actor, ["town_reviewer"]),
      next: next && paths(ctx.locale).review({ ...filter, after: next }),
      queue: rows.map((need) => ({
        ...need,
        late: need.reviewDueAt !== null && need.reviewDueAt < ctx.now(),
        days: need.filedAt ? daysSince(need.filedAt, ctx.now()) : 0,
      })),
      running: await runningOrganisationNeeds(ctx),
      messages: messagesFor(ctx.locale, ["review"]),
    };
  });

export default function Queue() {
  const t = useT();
  const locale = useLocale();
  const { filter, place, towns, queue, next, running } = useLoaderData<typeof loader>();
  return (
    <Page title={t("review.title")} lead={t("review.lead")}>
      <QueueFilter action={paths(locale).review()} filter={filter} towns={towns} />
      {queue.length === 0 ? (
        <EmptyState title={t(filter.code || filter.town ? "work.noneFound" : "review.empty")} />
      ) : null}
      <StaffList
        rows={queue.map((need) => ({
          key: need.id,
          to: paths(locale).reviewNeed(need.id, place),
          title: (
            <span lang="zh-Hans">
              {need.item}{" "}
              {need.lineKind === "money"
                ? money(locale, need.quantity)
                : `× ${String(need.quantity)} ${need.unit}`}
            </span>
          ),
          meta: [
            need.code,
            nameIn(locale, need.town),
            t("review.waitingDays", { n: need.days }),
            need.reviewDueAt && !need.late ? t("review.dueBy", { day: day(locale, need.reviewDueAt) }) : "",
          ]
            .filter(Boolean)
            .join(" · "),
          tag: need.late ? (
            <Tag tone="problem">{t("review.overdue")}</Tag>
          ) : (
            <Tag tone={need.overCapReason && !need.overCapApproved ? "problem" : "wait"}>
              {t(`review.state_${need.state}` as MessageKey)}
            </Tag>
          ),
        }))}
      />
      <Pagination next={next} />
      {running.length > 0 ? (
        <Section title={t("review.running")}>
          <StaffList
            rows={running.map((need) => ({
              key: need.id,
              to: paths(locale).reviewNeed(need.id),
              title: <span lang="zh-Hans">{need.item}</span>,
              meta: t("review.runningMeta", {
                code: need.code,
                paid: money(locale, need.paid),
                spent: money(locale, need.spent),
              }),
            }))}
          />
        </Section>
      ) : null}
    </Page>
  );
}
