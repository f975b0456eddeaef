import type { ComponentProps } from "react";
import type { CorrectableMoment } from "~/domain/kernel/moments/correct.server";
import type { staffNeed } from "~/domain/needs/staffQueries.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { NeedSummary } from "../intake/NeedSummary";
import { PossibleDuplicates } from "../intake/PossibleDuplicates";
import { VisitMoments } from "../intake/VisitMoments";
import { LinkButton } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Overtaken } from "../primitives/Overtaken";
import { Page } from "../primitives/Page";
import { CloseOrganisationNeedForm, OverCapForm, SuspendForm, VerifyForms } from "./DecisionForms";
import { Merged, NeedHistory } from "./NeedHistory";
import { PublicWordsForm } from "./PublicWordsForm";

type Need = Awaited<ReturnType<typeof staffNeed>> &
  Pick<ComponentProps<typeof PossibleDuplicates>, "duplicates"> &
  Readonly<{
    /** Which version of it was shown, so that nobody decides on another. */
    seen: string;
    /** The form of its public words, once it may be published. */
    publishing: ComponentProps<typeof PublicWordsForm>["filled"] | undefined;
    moments: readonly CorrectableMoment[];
    now: string;
    momentKey: string;
    /** Where in the queue its reader came from. */
    place: Readonly<{ after?: string | undefined; town?: string | undefined }>;
  }>;
type Props = Readonly<{
  page: Need;
  /** What the guard found in the words that were asked about. */
  findings: ComponentProps<typeof PublicWordsForm>["findings"];
  reply: Reply | undefined;
}>;

/** A need as whoever decides on it sees it: what it is, what is to be decided now, what happened to it. */
export function NeedToReview({ page, findings, reply }: Props) {
  const t = useT();
  const at = paths(useLocale());
  const { need } = page;
  return (
    <Page title={need.code} crumbs={[{ label: t("review.title"), to: at.review(page.place) }]}>
      <Merged steps={page.steps} to={at.reviewNeed} />
      <NeedSummary {...page} />
      {page.household ? (
        <p className="mt-4">
          <LinkButton look="secondary" to={at.household(page.household.id)}>
            {t("review.openRecord")}
          </LinkButton>
        </p>
      ) : null}
      {page.duplicates.length > 0 ? (
        <div className="mt-4">
          <PossibleDuplicates
            title={t("review.compareDuplicates")}
            duplicates={page.duplicates}
            compare={(otherId) => at.compareNeeds(need.id, otherId)}
          />
        </div>
      ) : null}
      <div className="mt-6 grid gap-8">
        {page.publishing && reply?.values["title"] !== undefined ? null : <FormErrors reply={reply} />}
        {need.state === "submitted" ? (
          <VerifyForms
            seen={page.seen}
            now={page.now}
            isOrganisationNeed={need.kind === "organisation_need"}
            reply={reply}
          />
        ) : null}
        {need.state === "verified" && need.overCapReason && !need.overCapApproved && page.cap?.over ? (
          <OverCapForm seen={page.seen} />
        ) : null}
        {page.publishing ? (
          <PublicWordsForm filled={page.publishing} seen={page.seen} reply={reply} findings={findings} />
        ) : null}
        {page.publishing ? null : (
          <Overtaken
            reply={reply}
            fields={[
              ["title", t("intake.title")],
              ["story", t("intake.story")],
              ["pseudonym", t("intake.pseudonym")],
            ]}
          />
        )}
        {need.state === "published" && need.kind === "organisation_need" ? (
          <CloseOrganisationNeedForm reply={reply} />
        ) : null}
        {need.state === "published" || need.state === "suspended" ? (
          <SuspendForm isSuspended={need.state === "suspended"} />
        ) : null}
      </div>
      <VisitMoments moments={page.moments} now={page.now} requestKey={page.momentKey} reply={reply} />
      <NeedHistory steps={page.steps} to={at.reviewNeed} />
    </Page>
  );
}
