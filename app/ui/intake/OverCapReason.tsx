import { useT } from "~/i18n/useT";
import { OVER_CAP_REASONS } from "~db/schema/needVocabulary";
import { ChoiceField, type Reply } from "../primitives/Field";

/** Why a wish may cost more than the cap: asked where it is submitted. */
export function OverCapReason({ reply }: { reply: Reply | undefined }) {
  const t = useT();
  return (
    <ChoiceField
      name="overCapReason"
      label={t("intake.overCapReason")}
      hint={t("intake.overCapHint")}
      columns={2}
      options={OVER_CAP_REASONS.map((reason) => ({ value: reason, label: t(`intake.over_${reason}`) }))}
      reply={reply}
    />
  );
}
