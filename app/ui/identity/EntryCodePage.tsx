import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { SentCode } from "~/http/entryCode.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton, TextLink } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Notice, Page } from "../primitives/Page";
import { ContactInput } from "./ContactInput";

type Props = Readonly<{
  title: string;
  lead: string;
  /** What the right code does. */
  does: string;
  /** To where a code went that waits to be typed; undefined before one is asked for. */
  sent: SentCode | undefined;
  /** Whether codes go to phones too. */
  phoneToo: boolean;
  /** The way for whoever has a password. */
  byPassword: string;
  /** Whether something that was typed goes along, which may be left behind. */
  isKept?: boolean;
  reply: Reply | undefined;
  /** What goes along in hidden fields. */
  children: ReactNode;
}>;

/** Coming in by a code: first where to send it, then the code itself. */
export function EntryCodePage(props: Props) {
  const { title, lead, sent, phoneToo, byPassword, reply, children } = props;
  const t = useT();
  if (sent) return <TypeCode {...props} sent={sent} />;
  return (
    <Page title={title} lead={lead}>
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        {children}
        <ContactInput phoneToo={phoneToo} reply={reply} />
        <Button>{t("account.codeSend")}</Button>
        <p>
          <TextLink to={byPassword}>{t("account.codeByPassword")}</TextLink>
        </p>
      </Form>
    </Page>
  );
}

/** The code that came stays good where another cannot be sent: what stopped that stands at its own form. */
function TypeCode({ does, sent, phoneToo, isKept = false, reply, children }: Props & { sent: SentCode }) {
  const t = useT();
  const at = paths(useLocale());
  const isAskedAgain = reply?.values["contact"] !== undefined;
  const [toCode, toAskAgain] = isAskedAgain ? [undefined, reply] : [reply, undefined];
  return (
    <Page title={t("account.codeSentTitle")}>
      <Notice tone="done" live>
        <p className="break-words">
          {t(sent.kind === "phone" ? "account.codeSentPhone" : "account.codeSentMail", {
            hint: sent.hint,
            minutes: sent.minutes,
          })}
        </p>
        {isKept ? <p>{t("account.codeKept")}</p> : null}
      </Notice>
      {sent.box === undefined ? null : (
        <p className="mt-5">
          <LinkButton look="secondary" to={at.demoMail(sent.box)}>
            {t("demo.open")}
          </LinkButton>
        </p>
      )}
      <Form method="post" className="mt-6 grid max-w-md gap-5">
        <FormErrors reply={toCode} />
        {children}
        <TextField
          name="entryCode"
          label={t("account.entryCode")}
          hint={t("account.entryCodeHint")}
          maxLength={LENGTHS.stepCode}
          autoComplete="one-time-code"
          inputMode="numeric"
          reply={toCode}
        />
        <Button name="intent" value="enter">
          {does}
        </Button>
        {isKept ? (
          <Button look="quiet" name="drop" value="yes">
            {t("identity.dropKept")}
          </Button>
        ) : null}
      </Form>
      <details className="mt-6 max-w-md" open={isAskedAgain}>
        <summary className="flex min-h-tap cursor-pointer items-center text-brand underline underline-offset-4">
          {t("account.codeNone")}
        </summary>
        <Form method="post" className="mt-3 grid gap-5">
          <FormErrors reply={toAskAgain} />
          {children}
          <ContactInput phoneToo={phoneToo} address={sent.address} reply={toAskAgain} />
          <Button look="secondary">{t("account.codeSendAgain")}</Button>
        </Form>
      </details>
    </Page>
  );
}
