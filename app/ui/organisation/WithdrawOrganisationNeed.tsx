import { Form } from "@remix-run/react";
import { ORGANISATION_NEED_WITHDRAW_REASONS } from "~/domain/needs/organisationNeedVocabulary";
import { useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { SelectField } from "../primitives/Field";
import { Section } from "../primitives/Page";

/** An organisation takes its need back, with a coded reason. */
export function WithdrawOrganisationNeed() {
  const t = useT();
  return (
    <Section title={t("organisations.withdrawTitle")}>
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-48">
          <SelectField
            name="reason"
            label={t("common.reason")}
            options={ORGANISATION_NEED_WITHDRAW_REASONS.map((reason) => ({
              value: reason,
              label: t(`journal.reason_${reason}`),
            }))}
          />
        </div>
        <AskFirst
          name="intent"
          value="withdraw"
          label={t("organisations.withdraw")}
          says={t("organisations.withdrawHint")}
        />
      </Form>
    </Section>
  );
}
