import { Form, Link } from "@remix-run/react";
import type { StepUpFacts } from "~/http/stepUp.server";
import { list } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Notice, Page } from "../primitives/Page";
import { Along, alongOf } from "./Along";
import { replyToCode, ShowPasskey } from "./ShowPasskey";
import { StepCodeInput } from "./StepCodeField";

/** Before something grave: asks for the second step once more, and carries along what was typed. */
export function StepUpPage({ facts, reply }: { facts: StepUpFacts; reply: Reply | undefined }) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { form, back, sealed } = alongOf(facts, reply);
  return (
    <Page title={t("account.stepUpTitle")} lead={t("account.stepUpLead")}>
      {facts.kept === undefined ? null : (
        <div className="mb-6">
          <Notice tone="wait">
            <p>{t(form ? "account.stepUpKept" : "identity.keptTooMuch")}</p>
            {form && form.files.length > 0 ? (
              <p className="break-words">{t("account.stepUpFiles", { files: list(locale, form.files) })}</p>
            ) : null}
          </Notice>
        </div>
      )}
      {facts.passkey ? (
        <>
          <ShowPasskey for="session" action={at.stepUp()} reply={reply}>
            <Along back={back} sealed={sealed} />
          </ShowPasskey>
          <p className="my-5 font-semibold">{t("account.passkeyOr")}</p>
        </>
      ) : null}
      <Form method="post" action={at.stepUp()} className="grid max-w-md gap-5">
        <FormErrors reply={replyToCode(reply)} />
        <Along back={back} sealed={sealed} />
        <StepCodeInput reply={replyToCode(reply)} />
        <Button>{t("account.stepUpDo")}</Button>
        {back === "" ? null : (
          <Link
            to={back}
            className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
          >
            {t("account.stepUpNot")}
          </Link>
        )}
        <p className="text-2 text-muted">{t("account.signInStepLost")}</p>
      </Form>
    </Page>
  );
}
