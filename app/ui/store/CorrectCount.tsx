import { Form } from "@remix-run/react";
import { useT } from "~/i18n/useT";
import { Button } from "~/ui/primitives/Button";
import { type Reply, SelectField } from "~/ui/primitives/Field";
import { RequestKey } from "~/ui/primitives/FormParts";
import { CORRECTION_REASONS } from "~db/schema/goodsVocabulary";
import { NumberField } from "./NumberField";

/** What is really there, where a parcel was counted or written down wrong. */
export function CorrectCount({
  stage,
  was,
  unit,
  requestKey,
  reply,
}: {
  stage: "counted" | "inspected";
  was: bigint;
  unit: string;
  requestKey: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  return (
    <Form method="post">
      <details open={reply !== undefined} className="rounded-md border-(length:--border) border-line p-4">
        <summary className="min-h-tap cursor-pointer font-semibold">{t("store.correctTitle")}</summary>
        <div className="mt-3 grid gap-4">
          <p>{t(`store.correctLead_${stage}`)}</p>
          <input type="hidden" name="was" value={String(was)} />
          <NumberField name="shall" label={t("store.correctShall", { unit })} reply={reply} />
          <SelectField
            name="reason"
            label={t("store.correctWhy")}
            empty=""
            options={CORRECTION_REASONS.map((reason) => ({
              value: reason,
              label: t(`store.correct_${reason}`),
            }))}
            reply={reply}
          />
          <RequestKey value={requestKey} reply={reply} />
          <Button look="secondary" name="intent" value="correct">
            {t("store.correctPropose")}
          </Button>
        </div>
      </details>
    </Form>
  );
}
