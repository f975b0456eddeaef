import { Form } from "@remix-run/react";
import { useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { type Reply, SelectField, TextField } from "../primitives/Field";
import { MomentField } from "../primitives/MomentField";
import { Card } from "../primitives/Page";

const DECLINE = [
  "unclear_item",
  "missing_consent",
  "price_unlikely",
  "not_home",
  "other_help_first",
  "points_to_somebody",
  "not_in_hardship",
  "met_elsewhere",
  "not_allowed",
  "recipient_refused",
] as const;
const SUSPEND = ["complaint", "consent_question", "privacy"] as const;

/** The second person's word: it is so; or back, with a reason. */
export function VerifyForms({
  seen,
  now,
  isOrganisationNeed,
  reply,
}: {
  seen: string;
  now: string;
  isOrganisationNeed: boolean;
  reply: Reply | undefined;
}) {
  const t = useT();
  return (
    <>
      <Card>
        <h2 className="mb-3 text-5">{t("review.verifyTitle")}</h2>
        <Form method="post" className="grid gap-4">
          <input type="hidden" name="version" value={seen} />
          {isOrganisationNeed ? null : (
            <MomentField name="visitedAt" label={t("review.visitedAt")} now={now} reply={reply} />
          )}
          <Button name="intent" value="verify">
            {t(isOrganisationNeed ? "review.verifyOrganisation" : "review.verify")}
          </Button>
        </Form>
      </Card>
      <DeclineForm seen={seen} />
    </>
  );
}

/** `seen`: what the page showed, so that a word is never said on something else. */
export function DeclineForm({ seen }: { seen: string }) {
  const t = useT();
  return (
    <Card>
      <h2 className="mb-3 text-5">{t("review.decline")}</h2>
      <Form method="post" className="grid gap-4">
        <input type="hidden" name="version" value={seen} />
        <SelectField
          name="reason"
          label={t("common.reason")}
          options={DECLINE.map((reason) => ({ value: reason, label: t(`review.return_${reason}`) }))}
        />
        <AskFirst name="intent" value="decline" label={t("review.decline")} says={t("review.declineSays")} />
      </Form>
    </Card>
  );
}

export function OverCapForm({ seen }: { seen: string }) {
  const t = useT();
  return (
    <Form method="post">
      <input type="hidden" name="version" value={seen} />
      <Button look="secondary" name="intent" value="approveOverCap">
        {t("review.approveOverCap")}
      </Button>
    </Form>
  );
}

export function SuspendForm({ isSuspended }: { isSuspended: boolean }) {
  const t = useT();
  return (
    <Form method="post" className="grid gap-4">
      {isSuspended ? null : (
        <SelectField
          name="reason"
          label={t("common.reason")}
          options={SUSPEND.map((reason) => ({ value: reason, label: t(`review.suspend_${reason}`) }))}
        />
      )}
      {isSuspended ? (
        <Button look="secondary" name="intent" value="resume">
          {t("review.resume")}
        </Button>
      ) : (
        <AskFirst name="intent" value="suspend" label={t("review.suspend")} says={t("review.suspendSays")} />
      )}
    </Form>
  );
}

/** An organisation's need is over: the operator reports what was done, and it is closed. */
export function CloseOrganisationNeedForm({ reply }: { reply: Reply | undefined }) {
  const t = useT();
  return (
    <Form method="post" className="grid gap-4">
      <h2 className="text-4">{t("review.closeOrganisationNeedTitle")}</h2>
      <TextField
        name="report"
        label={t("review.closeReport")}
        hint={t("review.closeReportHint")}
        rows={4}
        maxLength={1000}
        reply={reply}
      />
      <div>
        <Button look="secondary" name="intent" value="closeOrganisationNeed">
          {t("review.closeOrganisationNeed")}
        </Button>
      </div>
    </Form>
  );
}
