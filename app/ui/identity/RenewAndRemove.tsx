import { Form } from "@remix-run/react";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Section } from "../primitives/Page";
import { replyTo } from "../primitives/replyTo";
import { replyToCode, ShowPasskey } from "./ShowPasskey";
import { StepCodeInput } from "./StepCodeField";

/**
 * What somebody whose second step is on may do with it for a code or a passkey: take new recovery codes, or
 * switch it all off.
 */
export function RenewAndRemove({ passkey, reply }: Readonly<{ passkey: boolean; reply: Reply | undefined }>) {
  const t = useT();
  return (
    <>
      <Section title={t("account.recoveryRenew")}>
        <ProofForm
          intent="renew"
          byPasskey={t("account.passkeyRenew")}
          lead={t("account.recoveryRenewLead")}
          button={t("account.recoveryRenew")}
          passkey={passkey}
          reply={replyTo(reply, "intent", "renew")}
        />
      </Section>
      <Section title={t("account.stepRemove")}>
        <ProofForm
          intent="remove"
          byPasskey={t("account.passkeyOff")}
          lead={t("account.stepRemoveLead")}
          button={t("account.stepRemoveDo")}
          passkey={passkey}
          reply={replyTo(reply, "intent", "remove")}
        />
      </Section>
    </>
  );
}

function ProofForm({
  intent,
  byPasskey,
  lead,
  button,
  passkey,
  reply,
}: Readonly<{
  intent: string;
  byPasskey: string;
  lead: string;
  button: string;
  passkey: boolean;
  reply: Reply | undefined;
}>) {
  const t = useT();
  const code = replyToCode(reply);
  return (
    <>
      <p className="mb-4 max-w-measure">{lead}</p>
      {passkey ? (
        <>
          <ShowPasskey for="session" intent={intent} label={byPasskey} reply={reply} />
          <p className="my-5 font-semibold">{t("account.passkeyOr")}</p>
        </>
      ) : null}
      <Form method="post" className="grid max-w-md gap-4">
        <FormErrors reply={code} />
        <StepCodeInput reply={code} />
        <Button look="secondary" name="intent" value={intent}>
          {button}
        </Button>
      </Form>
    </>
  );
}
