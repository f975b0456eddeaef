import type { ComponentProps } from "react";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Card, Page, Section, Tag } from "../primitives/Page";
import { NoPasswordYet } from "./FirstPassword";
import { Passkeys, type PasskeyShown } from "./Passkeys";
import { RenewAndRemove } from "./RenewAndRemove";
import { type AppShown, SecondStepApp } from "./SecondStepApp";
import { isSaidByItsForm } from "./secondStepForms";
import { StepDue } from "./StepDue";

type Shown = ComponentProps<typeof StepDue> &
  Readonly<{
    app: AppShown;
    passkeys: readonly PasskeyShown[];
    /** Whether somebody has either of them. */
    isOn: boolean;
    /** How many recovery codes are left. */
    left: number;
    hasPassword: boolean;
    /** How many passkeys one may have. */
    most: number;
  }>;

/** Somebody's second step: the app and the passkeys, how each is begun and ended. */
export function SecondStepPage({ shown, reply }: Readonly<{ shown: Shown; reply: Reply | undefined }>) {
  const { app, passkeys, isOn, left, hasPassword, due, most } = shown;
  const t = useT();
  const at = paths(useLocale());
  return (
    <Page
      title={t("account.stepTitle")}
      lead={t("account.stepLead")}
      crumbs={[{ label: t("identity.meTitle"), to: at.me() }]}
    >
      {isSaidByItsForm(shown, reply) ? null : <FormErrors reply={reply} />}
      <StepDue due={due} />
      <Card className="flex flex-wrap items-center gap-3">
        {isOn ? <Tag tone="done">{t("account.stepOn")}</Tag> : <p>{t("account.stepOff")}</p>}
        {isOn ? <p>{t("account.recoveryLeft", { n: left })}</p> : null}
      </Card>
      {isOn || hasPassword ? (
        <>
          <Section title={t("account.stepApp")}>
            <SecondStepApp app={app} isFirst={!isOn} mayRemove={passkeys.length > 0} reply={reply} />
          </Section>
          <Section title={t("account.passkeys")}>
            <Passkeys passkeys={passkeys} most={most} isFirst={!isOn} reply={reply} />
          </Section>
        </>
      ) : (
        <NoPasswordYet />
      )}
      {isOn ? <RenewAndRemove passkey={passkeys.length > 0} reply={reply} /> : null}
    </Page>
  );
}
