import { Form } from "@remix-run/react";
import { useT } from "~/i18n/useT";
import { HappenedField } from "~/ui/store/NumberField";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply } from "../primitives/Field";
import { Section } from "../primitives/Page";

/** What the recipient says of it, asked by somebody who did not deliver it. Nothing is chosen beforehand. */
export function AcknowledgeForm({ now, reply }: { now: string; reply: Reply | undefined }) {
  const t = useT();
  return (
    <Section title={t("handover.ackTitle")}>
      <p className="mb-4 text-muted">{t("handover.ackLead")}</p>
      <Form method="post" className="grid gap-5">
        <input type="hidden" name="intent" value="said" />
        <ChoiceField
          name="said"
          label={t("handover.ackTitle")}
          options={(["came", "less_came", "did_not_come"] as const).map((said) => ({
            value: said,
            label: t(`handover.ack_${said}`),
          }))}
          reply={reply}
        />
        <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
        <Button wide>{t("handover.ackSave")}</Button>
      </Form>
    </Section>
  );
}
