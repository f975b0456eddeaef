import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { TextField, type Reply } from "../primitives/Field";

/** The password that whoever switches their first second step on types once more. */
export function FirstPassword({ reply }: Readonly<{ reply: Reply | undefined }>) {
  const t = useT();
  return (
    <TextField
      name="password"
      maxLength={LENGTHS.password}
      type="password"
      label={t("account.oldPassword")}
      hint={t("account.stepPassword")}
      autoComplete="current-password"
      reply={reply}
    />
  );
}
