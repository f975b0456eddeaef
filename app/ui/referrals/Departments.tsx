import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { CANNOT_REASONS, OWNER_ANSWERS } from "~db/schema/referralVocabulary";
import { Button } from "../primitives/Button";
import { ChoiceField, SelectField, TextField } from "../primitives/Field";
import { Card, Section, Tag } from "../primitives/Page";
import { ActForm, type Acting, HappenedAt, replyFor } from "./ActForm";
import type { ShownReferral } from "./ReferralWay";

const TONES = { waiting: "wait", agreed: "info", done: "done", cannot: "problem" } as const;

/** The departments of a joint case, what each answered, and for its operators who leads and who is in it. */
export function Departments({ shown, now, reply }: { shown: ShownReferral } & Omit<Acting, "seen">) {
  const t = useT();
  const { referral, owners, may } = shown;
  const seen = { id: referral.id, version: referral.version };
  const isOpen = referral.dueAt !== null;
  return (
    <Section title={t("referrals.owners")}>
      <ul className="grid gap-3">
        {owners.map((owner) => {
          const heard = replyFor(reply, "hear_owner", owner.id);
          return (
            <li key={owner.id}>
              <Card>
                <h3 className="flex flex-wrap items-center gap-2 text-4">
                  <span lang="zh-Hans">{owner.department}</span>
                  {owner.isLead ? <Tag tone="info">{t("referrals.leadTag")}</Tag> : null}
                  <Tag tone={TONES[owner.answer]}>{t(`referrals.answer_${owner.answer}`)}</Tag>
                </h3>
                {owner.cannotReason ? (
                  <p className="text-2 text-muted">{t(`referrals.reason_${owner.cannotReason}`)}</p>
                ) : null}
                {isOpen && may.record && referral.state !== "created" ? (
                  <details className="mt-2" open={heard !== undefined}>
                    <summary className="min-h-tap cursor-pointer content-center font-semibold text-brand">
                      {t("referrals.ownerAnswer")}
                    </summary>
                    <ActForm act="hear_owner" seen={seen} reply={heard}>
                      <input type="hidden" name="ownerId" value={owner.id} />
                      <ChoiceField
                        name="answer"
                        label={t("referrals.ownerAnswer")}
                        columns={2}
                        options={OWNER_ANSWERS.map((answer) => ({
                          value: answer,
                          label: t(`referrals.answer_${answer}`),
                        }))}
                        reply={heard}
                      />
                      <SelectField
                        name="cannotReason"
                        label={t("referrals.cannotReason")}
                        hint={t("referrals.cannotHint")}
                        empty=""
                        options={CANNOT_REASONS.map((reason) => ({
                          value: reason,
                          label: t(`referrals.reason_${reason}`),
                        }))}
                        reply={heard}
                      />
                      <HappenedAt now={now} reply={heard} />
                      <Button look="secondary">{t("referrals.hear")}</Button>
                    </ActForm>
                  </details>
                ) : null}
                {isOpen && may.lead && !owner.isLead ? (
                  <div className="mt-2 flex flex-wrap gap-3">
                    {(["name_lead", "remove_owner"] as const).map((act) => (
                      <ActForm key={act} act={act} seen={seen} reply={replyFor(reply, act, owner.id)}>
                        <input type="hidden" name="ownerId" value={owner.id} />
                        <Button look="quiet">
                          {t(act === "name_lead" ? "referrals.makeLead" : "referrals.takeOut")}
                          <span className="sr-only">{owner.department}</span>
                        </Button>
                      </ActForm>
                    ))}
                  </div>
                ) : null}
              </Card>
            </li>
          );
        })}
      </ul>
      {isOpen && may.lead ? (
        <div className="mt-4">
          <ActForm act="add_owner" seen={seen} reply={replyFor(reply, "add_owner")}>
            <TextField
              name="department"
              label={t("referrals.addOwner")}
              hint={t("referrals.addOwnerHint")}
              maxLength={LENGTHS.department}
              reply={replyFor(reply, "add_owner")}
            />
            <Button look="secondary">{t("referrals.add")}</Button>
          </ActForm>
        </div>
      ) : null}
    </Section>
  );
}
