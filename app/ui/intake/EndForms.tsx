import { Form } from "@remix-run/react";
import { useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { SelectField } from "../primitives/Field";
import { Section } from "../primitives/Page";

const WITHDRAW = ["died", "moved", "met_elsewhere", "consent_withdrawn", "recipient_refused"] as const;

/** How a wish ends: completed once everything has arrived, or taken down for a coded reason. */
export function EndForms({ isFulfilled }: { isFulfilled: boolean }) {
  const t = useT();
  return (
    <>
      {isFulfilled ? (
        <Section title={t("intake.closeTitle")}>
          <p className="mb-3 max-w-measure text-muted">{t("intake.closeLead")}</p>
          <Form method="post">
            <Button name="intent" value="close">
              {t("intake.close")}
            </Button>
          </Form>
        </Section>
      ) : null}
      <Section title={t("intake.withdrawTitle")}>
        <Form method="post" className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 flex-1">
            <SelectField
              name="reason"
              label={t("common.reason")}
              options={WITHDRAW.map((reason) => ({ value: reason, label: t(`journal.reason_${reason}`) }))}
            />
          </div>
          <AskFirst
            name="intent"
            value="withdraw"
            label={t("intake.withdraw")}
            says={t("intake.withdrawSays")}
          />
        </Form>
      </Section>
    </>
  );
}
