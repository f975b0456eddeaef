import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { Notice } from "../primitives/Page";

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

/** For whoever has no password to type: where to get one. */
export function NoPasswordYet() {
  const t = useT();
  const at = paths(useLocale());
  return (
    <div className="mt-5 grid gap-4">
      <Notice>{t("account.stepNoPassword")}</Notice>
      <p>
        <LinkButton to={at.forgotPassword()}>{t("account.forgotTitle")}</LinkButton>
      </p>
    </div>
  );
}
