import type { ComponentProps } from "react";
import type { CorrectableMoment } from "~/domain/kernel/moments/correct.server";
import type { staffNeed } from "~/domain/needs/staffQueries.server";
import { needLabel } from "~/domain/needs/states";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Page, Tag } from "../primitives/Page";
import { AnswerBy } from "../review/AnswerBy";
import { Merged, NeedHistory } from "../review/NeedHistory";
import { EndForms } from "./EndForms";
import { NeedSummary } from "./NeedSummary";
import { SubmitForm } from "./SubmitForm";
import { UnfinishedForms } from "./UnfinishedForms";
import { VisitMoments } from "./VisitMoments";

type Wish = Awaited<ReturnType<typeof staffNeed>> &
  ComponentProps<typeof SubmitForm>["page"] &
  Readonly<{
    mine: boolean;
    moments: readonly CorrectableMoment[];
    now: string;
    momentKey: string;
  }>;

/** A wish as the staff of its town see it: what it is, how it stands, what can be done with it. */
export function WholeWish({
  page,
  unfinished,
  reply,
}: Readonly<{
  page: Wish;
  /** Whether a form of it was begun and is not finished. */
  unfinished: boolean;
  reply: Reply | undefined;
}>) {
  const t = useT();
  const at = paths(useLocale());
  const ended = ["withdrawn", "rejected", "merged", "closed", "expired"].includes(page.need.state);
  return (
    <Page title={page.need.code} crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}>
      <p className="mb-4">
        <Tag tone={page.mine ? "wait" : "info"}>{t(`review.state_${page.need.state}`)}</Tag>
      </p>
      <AnswerBy need={page.need} />
      {page.mine && reply?.values["intent"] !== "correctMoment" ? null : <FormErrors reply={reply} />}
      {unfinished ? (
        <div className="mb-6">
          <UnfinishedForms to={at.editWish(page.need.id)} />
        </div>
      ) : null}
      <Merged steps={page.steps} to={at.fieldWish} />
      <NeedSummary {...page} />
      {page.mine ? (
        <SubmitForm page={page} reply={reply?.values["intent"] === "correctMoment" ? undefined : reply} />
      ) : null}
      {page.household ? (
        <p className="mt-6">
          <LinkButton look="secondary" to={at.household(page.household.id)}>
            {t("review.openRecord")}
          </LinkButton>
        </p>
      ) : null}
      {ended ? null : <EndForms isFulfilled={needLabel(page.need.state, page.lines) === "fulfilled"} />}
      <VisitMoments moments={page.moments} now={page.now} requestKey={page.momentKey} reply={reply} />
      <NeedHistory steps={page.steps} to={at.fieldWish} />
    </Page>
  );
}
