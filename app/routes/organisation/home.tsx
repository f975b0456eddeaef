import { useLoaderData } from "@remix-run/react";
import { organisationHome } from "~/domain/needs/organisationNeedQueries.server";
import { unfinishedOf } from "~/domain/needs/unfinished.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { day, money } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { UnfinishedList } from "~/ui/intake/UnfinishedList";
import { toneOfState } from "~/ui/organisation/toneOfState";
import { LinkButton } from "~/ui/primitives/Button";
import { Card, EmptyState, Facts, Page, Tag } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { StaffList } from "~/ui/primitives/StaffList";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "organisations.homeTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { next, ...page } = await organisationHome(ctx, idInQuery(args, "before"));
    const unfinished = await unfinishedOf(ctx, "organisation_need");
    return {
      ...page,
      unfinished,
      next: next && paths(ctx.locale).organisation(next),
      messages: messagesFor(ctx.locale, ["organisations", "intake", "review", "wishes"]),
    };
  });

export default function OrganisationHome() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { organisations, needs, unfinished, next } = useLoaderData<typeof loader>();
  const write = organisations.some((organisation) => organisation.editable) ? (
    <LinkButton to={at.newOrganisationNeed()}>{t("organisations.new")}</LinkButton>
  ) : undefined;
  return (
    <Page title={t("organisations.homeTitle")} lead={t("organisations.homeLead")}>
      <div className="grid gap-4">
        {organisations.map((organisation) => (
          <Card key={organisation.id}>
            <h2 className="text-4">{nameIn(locale, organisation)}</h2>
            <div className="mt-2">
              <Facts
                rows={[
                  [
                    t("organisations.certificate"),
                    t("organisations.until", {
                      number: organisation.certificateNumber,
                      from: day(locale, organisation.certificateFrom),
                      to: day(locale, organisation.certificateTo),
                    }),
                  ],
                ]}
              />
            </div>
            <p className="mt-2">
              <Tag tone={organisation.certified ? "done" : "problem"}>
                {t(organisation.certified ? "organisations.certified" : "organisations.notCertified")}
              </Tag>
            </p>
          </Card>
        ))}
      </div>
      <div className="mt-6 grid gap-4">
        {write && needs.length + unfinished.length > 0 ? <div>{write}</div> : null}
        {unfinished.length > 0 ? <UnfinishedList rows={unfinished} to={at.organisationNeed} /> : null}
        {needs.length + unfinished.length === 0 ? (
          <EmptyState title={t("organisations.nothing")} action={write}>
            {t("organisations.nothingText")}
          </EmptyState>
        ) : (
          <StaffList
            rows={needs.map((need) => ({
              key: need.id,
              to: at.organisationNeed(need.id),
              title: <span lang="zh-Hans">{need.title}</span>,
              meta: `${need.code} · ${money(locale, need.moneyFen)} · ${day(locale, need.filedAt ?? need.createdAt)}`,
              tag: <Tag tone={toneOfState(need.state)}>{t(`review.state_${need.state}`)}</Tag>,
            }))}
          />
        )}
        <Pagination next={next} />
      </div>
    </Page>
  );
}
