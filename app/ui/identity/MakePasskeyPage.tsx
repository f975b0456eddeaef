import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";
import { Page } from "../primitives/Page";
import { MakePasskey, type MakingPasskey } from "./MakePasskey";

/** The page on which the browser makes a passkey, with the way back. */
export function MakePasskeyPage({ making }: Readonly<{ making: MakingPasskey }>) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <Page
      title={t("account.passkeyMakeTitle", { name: making.name })}
      crumbs={[
        { label: t("identity.meTitle"), to: at.me() },
        { label: t("account.stepTitle"), to: at.mySecondStep() },
      ]}
    >
      <MakePasskey making={making} />
      <p className="mt-5">
        <LinkButton look="quiet" to={at.mySecondStep()}>
          {t("account.passkeyBack")}
        </LinkButton>
      </p>
    </Page>
  );
}
