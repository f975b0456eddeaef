import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { TextField } from "../primitives/Field";

/** The code by which a list of work is searched. */
export function CodeField({ code }: Readonly<{ code: string | undefined }>) {
  const t = useT();
  return (
    <TextField
      name="code"
      type="search"
      label={t("work.findCode")}
      maxLength={LENGTHS.code}
      autoComplete="off"
      defaultValue={code}
    />
  );
}
