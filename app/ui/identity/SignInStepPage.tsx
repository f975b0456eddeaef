import { Form } from "@remix-run/react";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, TextLink } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Notice, Page } from "../primitives/Page";
import { Along } from "./Along";
import { replyToCode, ShowPasskey } from "./ShowPasskey";
import { StepCodeInput } from "./StepCodeField";

/**
 * What goes along through the second step: where it leads back to, what was typed before, sealed, and whether
 * there is a passkey to show.
 */
export type AskedStep = Readonly<{ back: string; kept: string | undefined; passkey: boolean }>;

/** The password was right: the page that asks for the passkey or the code. */
export function SignInStepPage({ asked, reply }: { asked: AskedStep; reply: Reply | undefined }) {
  const t = useT();
  const at = paths(useLocale());
  const typed = (name: string): string | undefined => {
    const value = reply?.values[name];
    return typeof value === "string" ? value : undefined;
  };

  const back = typed("back") ?? asked.back;
  const kept = typed("kept") ?? asked.kept;
  return (
    <Page title={t("account.signInStepTitle")} lead={t("account.signInStepLead")}>
      {asked.passkey ? (
        <>
          <ShowPasskey for="signIn" action={at.signInStep()} reply={reply}>
            <Along back={back} sealed={kept} />
          </ShowPasskey>
          <p className="my-5 font-semibold">{t("account.passkeyOr")}</p>
        </>
      ) : null}
      <Form method="post" action={at.signInStep()} className="grid max-w-md gap-5">
        <FormErrors reply={replyToCode(reply)} />
        <Along back={back} sealed={kept} />
        <StepCodeInput reply={replyToCode(reply)} />
        <Button>{t("account.signInStepDo")}</Button>
        <p className="text-2 text-muted">{t("account.signInStepLost")}</p>
      </Form>
    </Page>
  );
}

/** No sign-in of this browser waits for a code: it ran out, too many codes were wrong, or none was begun. */
export function StepEndedPage() {
  const t = useT();
  const at = paths(useLocale());
  return (
    <Page title={t("account.signInStepTitle")}>
      <Notice tone="wait">
        <p>{t("errors.stepEnded")}</p>
        <TextLink to={at.signIn()}>{t("identity.signInTitle")}</TextLink>
      </Notice>
    </Page>
  );
}
