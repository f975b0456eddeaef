import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { ITEM_REPORT_KINDS } from "~db/schema/factVocabulary";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, TextField } from "../primitives/Field";
import { FormErrors, RequestKey } from "../primitives/FormParts";

/**
 * "This is wrong" of an item, for anybody. Words are those of `reports`; what is wrong with the form is
 * shown by the page it is sent to.
 */
export function ReportForm({
  action,
  requestKey,
  reply,
}: {
  action: string;
  requestKey: string;
  reply?: Reply | undefined;
}) {
  const t = useT();
  return (
    <Form method="post" action={action} className="grid gap-5">
      <FormErrors reply={reply} />
      <RequestKey value={requestKey} reply={reply} />
      <ChoiceField
        name="kind"
        label={t("reports.kind")}
        options={ITEM_REPORT_KINDS.map((kind) => ({ value: kind, label: t(`reports.kind_${kind}`) }))}
        reply={reply}
      />
      <TextField
        name="words"
        label={t("reports.words")}
        hint={t("reports.wordsHint")}
        rows={3}
        maxLength={LENGTHS.words}
        optional
        reply={reply}
      />
      <div>
        <Button>{t("reports.send")}</Button>
      </div>
    </Form>
  );
}
