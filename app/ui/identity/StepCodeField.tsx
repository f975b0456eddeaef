import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { type Reply, TextField } from "../primitives/Field";

/** Where somebody types the code of their app or, where that is taken too, a recovery code. */
export function StepCodeInput({
  reply,
  digitsOnly = false,
}: {
  reply: Reply | undefined;
  digitsOnly?: boolean;
}) {
  const t = useT();
  return (
    <TextField
      name="stepCode"
      label={t("account.stepCode")}
      hint={t(digitsOnly ? "account.stepCodeHint" : "account.stepAnyHint")}
      maxLength={LENGTHS.stepCode}
      autoComplete="one-time-code"
      inputMode={digitsOnly ? "numeric" : "text"}
      reply={reply}
    />
  );
}
