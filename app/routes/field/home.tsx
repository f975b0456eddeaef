import { useLoaderData } from "@remix-run/react";
import { jointDaysInMyTowns } from "~/domain/giving/jointDayQueries.server";
import { myFiledWishes } from "~/domain/needs/staffQueries.server";
import { unfinishedOf } from "~/domain/needs/unfinished.server";
import { fieldFollowUps } from "~/domain/referrals/lists.server";
import { openRequestCount } from "~/domain/requests/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { JointDayList } from "~/ui/giving/JointDayList";
import { UnfinishedList } from "~/ui/intake/UnfinishedList";
import { LinkButton, TextLink } from "~/ui/primitives/Button";
import { EmptyState, Notice, Page, Section, Tag } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { StaffList } from "~/ui/primitives/StaffList";
import { FollowUpList } from "~/ui/referrals/FollowUpList";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "intake.homeTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const [{ rows, next }, followUps, unfinished] = await Promise.all([
      myFiledWishes(ctx, idInQuery(args, "before")),
      fieldFollowUps(ctx),
      unfinishedOf(ctx, "wish"),
    ]);
    return {
      wishes: rows,
      unfinished,
      followUps,
      jointDays: await jointDaysInMyTowns(ctx),
      waiting: await openRequestCount(ctx),
      next: next && paths(ctx.locale).field(next),
      messages: messagesFor(ctx.locale, ["intake", "review", "jointDays", "push", "households", "referrals"]),
    };
  });

const GROUPS = [
  ["returned", ["returned"]],
  ["draft", ["draft"]],
  ["running", ["submitted", "verified"]],
  ["published", ["published", "suspended"]],
  ["ended", ["closed", "withdrawn", "expired", "rejected", "merged"]],
] as const;

export default function FieldHome() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { wishes, unfinished, followUps, jointDays, next, waiting } = useLoaderData<typeof loader>();
  return (
    <Page title={t("intake.homeTitle")} lead={t("intake.homeLead")}>
      {waiting > 0 ? (
        <div className="mb-5">
          <Notice tone="wait">
            {t("households.openHere", { n: waiting })}{" "}
            <TextLink to={at.requests()}>{t("households.openHereLink")}</TextLink>
          </Notice>
        </div>
      ) : null}
      <div className="flex flex-wrap gap-3">
        <LinkButton to={at.newWish()}>{t("intake.newWish")}</LinkButton>
        <LinkButton look="secondary" to={at.importWishes()}>
          {t("intake.importWishes")}
        </LinkButton>
        <LinkButton look="secondary" to={at.calls()}>
          {t("push.callsTitle")}
        </LinkButton>
        <LinkButton look="secondary" to={at.referrals()}>
          {t("referrals.title")}
        </LinkButton>
        <LinkButton look="secondary" to={at.fieldAnswers()}>
          {t("intake.openAnswers")}
        </LinkButton>
      </div>
      {followUps.count > 0 ? <FollowUpList followUps={followUps} /> : null}
      {jointDays.length > 0 ? (
        <Section title={`${t("jointDays.title")} · ${t("jointDays.pleaseCome")}`}>
          <JointDayList rows={jointDays} showPoint />
        </Section>
      ) : null}
      {unfinished.length > 0 ? (
        <Section title={t("intake.group_unfinished")}>
          <UnfinishedList rows={unfinished} to={at.fieldWish} />
        </Section>
      ) : null}
      {wishes.length + unfinished.length === 0 ? (
        <div className="mt-6">
          <EmptyState title={t("intake.nothingFiled")} />
        </div>
      ) : null}
      {GROUPS.map(([group, states]) => {
        const rows = wishes.filter((wish) => states.some((state) => state === wish.state));
        return rows.length === 0 ? null : (
          <Section key={group} title={t(`intake.group_${group}`)}>
            <StaffList
              rows={rows.map((wish) => ({
                key: wish.id,
                to: at.fieldWish(wish.id),
                title: (
                  <span lang="zh-Hans">
                    {wish.item} × {String(wish.quantity)} {wish.unit}
                  </span>
                ),
                meta: [
                  wish.code,
                  nameIn(locale, wish.town),
                  wish.reviewDueAt
                    ? t(wish.escalatedAt ? "review.answerLate" : "review.answerBy", {
                        day: day(locale, wish.reviewDueAt),
                      })
                    : "",
                ]
                  .filter(Boolean)
                  .join(" · "),
                tag: (
                  <Tag
                    tone={
                      group === "returned"
                        ? "problem"
                        : group === "ended" || group === "published"
                          ? "done"
                          : "wait"
                    }
                  >
                    {t(`review.state_${wish.state}` as MessageKey)}
                  </Tag>
                ),
              }))}
            />
          </Section>
        );
      })}
      <Pagination next={next} />
    </Page>
  );
}
