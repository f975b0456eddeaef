import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";

/** Ten recovery codes to write down, shown once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const t = useT();
  return (
    <>
      <ol className="grid list-decimal gap-2 pl-8 font-mono text-4" translate="no">
        {codes.map((code) => (
          <li key={code} className="pl-2 select-all">
            {code}
          </li>
        ))}
      </ol>
      <p className="mt-6">
        <LinkButton to={paths(useLocale()).mySecondStep()}>{t("account.recoveryKept")}</LinkButton>
      </p>
    </>
  );
}
