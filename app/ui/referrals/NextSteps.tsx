import type { ReactNode } from "react";
import { plainStepsFrom } from "~/domain/referrals/states";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { CONTACT_TRIES, WITHOUT_REASONS } from "~db/schema/referralVocabulary";
import { AskFirst } from "../primitives/AskFirst";
import { Button, LinkButton } from "../primitives/Button";
import { CheckField, ChoiceField } from "../primitives/Field";
import { Card, Section } from "../primitives/Page";
import { ActForm, type Acting, HappenedAt, replyFor } from "./ActForm";
import type { ShownReferral } from "./ReferralWay";

const Folded = ({ title, open, children }: { title: string; open: boolean; children: ReactNode }) => (
  <details className="mt-4 rounded-lg border-(length:--border) border-line bg-surface" open={open}>
    <summary className="flex min-h-tap cursor-pointer items-center px-5 font-semibold">{title}</summary>
    <div className="px-5 pt-1 pb-5">{children}</div>
  </details>
);

/** What may come next, each as its own form: a step, help, a try that found nobody, an end without help. */
export function NextSteps({ shown, now, reply }: { shown: ShownReferral } & Omit<Acting, "seen">) {
  const t = useT();
  const at = paths(useLocale());
  const { referral, household, owners } = shown;
  const seen = { id: referral.id, version: referral.version };
  const of = (act: "step" | "help" | "try" | "close") => ({ act, seen, reply: replyFor(reply, act) });
  const steps = plainStepsFrom(referral.state);
  const isWaiting = referral.itemCode === null && owners.some((owner) => owner.answer === "waiting");
  return (
    <Section title={t("referrals.nextStep")}>
      {referral.state === "in_service" ? (
        <Card className="mb-4">
          <h3 className="mb-3 text-4">{t("referrals.helpTitle")}</h3>
          <ActForm {...of("help")}>
            {referral.itemCode === null ? null : (
              <CheckField
                name="received"
                label={t("referrals.received")}
                defaultChecked
                reply={replyFor(reply, "help")}
              />
            )}
            {isWaiting ? (
              <ChoiceField
                name="without"
                label={t("referrals.without")}
                options={WITHOUT_REASONS.map((reason) => ({
                  value: reason,
                  label: t(`referrals.without_${reason}`),
                }))}
                reply={replyFor(reply, "help")}
              />
            ) : null}
            <HappenedAt now={now} reply={replyFor(reply, "help")} />
            <Button>{t("referrals.recordHelp")}</Button>
          </ActForm>
        </Card>
      ) : null}
      <Card>
        <ActForm {...of("step")}>
          <ChoiceField
            name="step"
            label={t("referrals.chooseStep")}
            columns={2}
            {...(steps.length === 1 && steps[0] ? { defaultValue: steps[0] } : {})}
            options={steps.map((step) => ({ value: step, label: t(`referrals.step_${step}`) }))}
            reply={replyFor(reply, "step")}
          />
          <HappenedAt now={now} reply={replyFor(reply, "step")} />
          <Button look={referral.state === "in_service" ? "secondary" : "primary"}>
            {t("referrals.record")}
          </Button>
        </ActForm>
      </Card>
      <Folded title={t("referrals.tryTitle")} open={replyFor(reply, "try") !== undefined}>
        <p className="mb-3 text-muted">
          {t("referrals.tryLead")} {t("referrals.triesCount", { n: referral.tries, needed: CONTACT_TRIES })}
        </p>
        <ActForm {...of("try")}>
          <HappenedAt now={now} reply={replyFor(reply, "try")} />
          <Button look="secondary">{t("referrals.recordTry")}</Button>
        </ActForm>
      </Folded>
      <Folded title={t("referrals.closeTitle")} open={replyFor(reply, "close") !== undefined}>
        <p className="mb-3 text-muted">{t("referrals.closeLead")}</p>
        <ActForm {...of("close")}>
          <ChoiceField
            name="reason"
            label={t("referrals.closeReason")}
            columns={2}
            options={(["not_eligible", "no_capacity", "could_not_contact", "no_longer_wanted"] as const).map(
              (reason) => ({
                value: reason,
                label: t(`referrals.reason_${reason}`),
              }),
            )}
            reply={replyFor(reply, "close")}
          />
          <HappenedAt now={now} reply={replyFor(reply, "close")} />
          <AskFirst label={t("referrals.recordClose")} says={t("referrals.closeSays")} />
        </ActForm>
        {shown.may.followUp ? (
          <p className="mt-4 flex flex-wrap items-center gap-x-4">
            <LinkButton
              look="secondary"
              to={at.newReferral({ household: household.id, instead: referral.id })}
            >
              {t("referrals.elsewhere")}
            </LinkButton>
            <span className="text-2 text-muted">{t("referrals.elsewhereLead")}</span>
          </p>
        ) : null}
      </Folded>
    </Section>
  );
}
