import { Form } from "@remix-run/react";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { FOLLOW_UP_OUTCOMES } from "~db/schema/referralVocabulary";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Card, Notice, Section } from "../primitives/Page";
import { HappenedAt, replyFor } from "./ActForm";
import type { ShownReferral } from "./ReferralWay";

/** What is owed to a household that this referral did not help, and what was done. */
export function FollowUp({
  followUp,
  mayClose,
  now,
  reply,
}: {
  followUp: NonNullable<ShownReferral["followUp"]>;
  mayClose: boolean;
  now: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const answered = replyFor(reply, "follow_up");
  return (
    <Section title={t("referrals.followUpTitle")}>
      {followUp.outcome ? (
        <Notice tone="done">
          {t("referrals.followUpDone", { outcome: t(`referrals.outcome_${followUp.outcome}`) })}
        </Notice>
      ) : (
        <Card>
          <p>{t("referrals.followUpLead", { reason: t(`referrals.reason_${followUp.reason}`) })}</p>
          <p className="mb-4 text-2 text-muted">
            {t("referrals.followUpBy", { day: day(locale, followUp.dueAt) })}
          </p>
          {mayClose ? (
            <Form method="post" className="grid gap-4">
              <FormErrors reply={answered} />
              <input type="hidden" name="act" value="follow_up" />
              <input type="hidden" name="followUpId" value={followUp.id} />
              <input type="hidden" name="version" value={followUp.version} />
              <ChoiceField
                name="outcome"
                label={t("referrals.followUpOutcome")}
                columns={2}
                options={FOLLOW_UP_OUTCOMES.map((outcome) => ({
                  value: outcome,
                  label: t(`referrals.outcome_${outcome}`),
                }))}
                reply={answered}
              />
              <HappenedAt now={now} reply={answered} />
              <Button>{t("referrals.recordFollowUp")}</Button>
            </Form>
          ) : null}
        </Card>
      )}
    </Section>
  );
}
