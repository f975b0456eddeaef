import { Form } from "@remix-run/react";
import type { organisationNeedPage } from "~/domain/needs/organisationNeedQueries.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { UnfinishedForms } from "../intake/UnfinishedForms";
import { Button, LinkButton } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Notice, Page, Section, Tag } from "../primitives/Page";
import { Timeline } from "../primitives/Timeline";
import { AnswerBy } from "../review/AnswerBy";
import { roleKey } from "../shell/roleKey";
import { Budget } from "./Budget";
import { toneOfState } from "./toneOfState";
import { WithdrawOrganisationNeed } from "./WithdrawOrganisationNeed";

const PUBLIC = ["published", "suspended", "closed"];
const ENDED = ["withdrawn", "rejected", "merged", "closed", "expired"];

/** An organisation's own need as its people see it: how it stands, its budget, its way, what they can do. */
export function WholeOrganisationNeed({
  page,
  unfinished,
  reply,
}: Readonly<{
  page: Awaited<ReturnType<typeof organisationNeedPage>>;
  /** Whether a form of it was begun and is not finished. */
  unfinished: boolean;
  reply: Reply | undefined;
}>) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { need, town, organisation, editable, words, lines, steps } = page;
  const isDraft = need.state === "draft" || need.state === "returned";
  const returned =
    need.state === "returned" ? steps.findLast((step) => step.event === "need.return")?.reason : undefined;
  return (
    <Page
      title={<span lang="zh-Hans">{words?.title}</span>}
      lead={`${nameIn(locale, organisation)} · ${nameIn(locale, town)}`}
      crumbs={[{ label: t("organisations.homeTitle"), to: at.organisation() }]}
    >
      <FormErrors reply={reply} />
      <p className="mb-4 flex flex-wrap items-center gap-3">
        <Tag tone={toneOfState(need.state)}>{t(`review.state_${need.state}`)}</Tag>
        {PUBLIC.includes(need.state) ? (
          <LinkButton look="quiet" to={at.wish(need.code)}>
            {t("organisations.seePublic")}
          </LinkButton>
        ) : null}
      </p>
      {unfinished ? (
        <div className="mb-6">
          <UnfinishedForms to={at.editOrganisationNeed(need.id)} />
        </div>
      ) : null}
      <AnswerBy need={need} />
      {returned ? (
        <Notice tone="problem">
          {t("organisations.returned", { reason: t(`review.return_${returned}` as MessageKey) })}
        </Notice>
      ) : null}
      <p className="mt-4 max-w-measure whitespace-pre-line" lang="zh-Hans">
        {words?.story}
      </p>
      <Section title={t("organisations.budget")}>
        <Budget lines={lines} />
      </Section>
      {editable && isDraft ? (
        <Form method="post" className="mt-6 grid gap-2">
          <div className="flex flex-wrap gap-3">
            <Button>{t("organisations.submit")}</Button>
            <LinkButton look="secondary" to={at.editOrganisationNeed(need.id)}>
              {t("organisations.edit")}
            </LinkButton>
          </div>
          <p className="text-2 text-muted">{t("organisations.submitHint")}</p>
        </Form>
      ) : null}
      <Section title={t("organisations.theWay")}>
        <Timeline
          steps={steps.map((step, index) => ({
            key: step.id,
            state: index === steps.length - 1 ? "now" : "done",
            title: t(`journal.${step.event.replace(".", "_")}` as MessageKey),
            when: moment(locale, step.at),
            who: t(roleKey(step.role)),
          }))}
        />
      </Section>
      {editable && !ENDED.includes(need.state) ? <WithdrawOrganisationNeed /> : null}
    </Page>
  );
}
