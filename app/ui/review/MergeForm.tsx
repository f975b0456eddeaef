import { Form } from "@remix-run/react";
import { MERGE_REASONS } from "~/domain/needs/mergeVocabulary";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, SelectField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Card } from "../primitives/Page";

/** Which of two wishes stays, and why they are one. */
export function MergeForm({
  choices,
  reply,
}: {
  choices: readonly Readonly<{ id: string; code: string; title: string | undefined }>[];
  reply: Reply | undefined;
}) {
  const t = useT();
  return (
    <Card className="mt-6">
      <h2 className="mb-3 text-5">{t("review.mergeTitle")}</h2>
      <Form method="post" className="grid gap-4">
        <FormErrors reply={reply} />
        <ChoiceField
          name="keep"
          label={t("review.keep")}
          hint={t("review.keepHint")}
          columns={2}
          options={choices.map(({ id, code, title }) => ({
            value: id,
            label: code,
            hint: <span lang="zh-Hans">{title}</span>,
          }))}
          reply={reply}
        />
        <SelectField
          name="reason"
          label={t("review.mergeWhy")}
          empty=""
          options={MERGE_REASONS.map((reason) => ({ value: reason, label: t(`review.merge_${reason}`) }))}
          reply={reply}
        />
        <div>
          <Button>{t("review.merge")}</Button>
        </div>
      </Form>
    </Card>
  );
}
