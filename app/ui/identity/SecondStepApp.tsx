import { Form } from "@remix-run/react";
import { moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { QrCode } from "~/ui/store/QrCode";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { replyTo } from "../primitives/replyTo";
import { FirstPassword } from "./FirstPassword";
import { StepCodeInput } from "./StepCodeField";

export type AppShown = Readonly<
  | { state: "off" }
  | { state: "begun"; groups: string; qr: Parameters<typeof QrCode>[0]["drawing"] }
  | { state: "on"; since: Date }
>;

/** The app that makes codes: set up, asked for, or taken away where a passkey stays. */
export function SecondStepApp({
  app,
  isFirst,
  mayRemove,
  reply,
}: Readonly<{ app: AppShown; isFirst: boolean; mayRemove: boolean; reply: Reply | undefined }>) {
  const t = useT();
  const locale = useLocale();
  if (app.state === "begun") return <SetUp qr={app.qr} groups={app.groups} isFirst={isFirst} reply={reply} />;
  if (app.state === "on") {
    return (
      <>
        <p className="mb-4">{t("account.stepSince", { time: moment(locale, app.since) })}</p>
        {mayRemove ? (
          <Form method="post">
            <FormErrors reply={replyTo(reply, "intent", "removeApp")} />
            <AskFirst
              name="intent"
              value="removeApp"
              label={t("account.stepAppRemove")}
              says={t("account.stepAppRemoveSays")}
            />
          </Form>
        ) : null}
      </>
    );
  }

  return (
    <Form method="post" className="grid max-w-md justify-items-start gap-4">
      <p>{t("account.stepAppLead")}</p>
      <FormErrors reply={replyTo(reply, "intent", "begin")} />
      {isFirst ? <FirstPassword reply={replyTo(reply, "intent", "begin")} /> : null}
      <Button name="intent" value="begin">
        {isFirst ? t("account.stepBegin") : t("account.stepAppAdd")}
      </Button>
    </Form>
  );
}

function SetUp({
  qr,
  groups,
  isFirst,
  reply,
}: Readonly<{
  qr: Parameters<typeof QrCode>[0]["drawing"];
  groups: string;
  isFirst: boolean;
  reply: Reply | undefined;
}>) {
  const t = useT();
  const anew = replyTo(reply, "intent", "begin");
  return (
    <>
      <p className="max-w-measure">{t("account.stepScan")}</p>
      <QrCode drawing={qr} label={t("account.stepQr")} />
      <p>{t("account.stepSecret")}</p>
      <p className="mt-1 mb-5 font-mono text-4 break-words select-all" translate="no">
        {groups}
      </p>
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={replyTo(reply, "form", "app")} />
        <input type="hidden" name="form" value="app" />
        <StepCodeInput reply={replyTo(reply, "form", "app")} digitsOnly />
        <Button>{t("account.stepConfirm")}</Button>
      </Form>
      <details className="mt-4">
        <summary className="inline-flex min-h-tap cursor-pointer items-center text-brand underline underline-offset-4">
          {t("account.stepAnew")}
        </summary>
        <Form method="post" className="mt-2 grid max-w-md justify-items-start gap-4">
          <FormErrors reply={anew} />
          {isFirst ? <FirstPassword reply={anew} /> : null}
          <Button look="secondary" name="intent" value="begin">
            {t("account.stepAnew")}
          </Button>
        </Form>
      </details>
    </>
  );
}
