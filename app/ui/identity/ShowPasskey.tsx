import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { replyTo } from "../primitives/replyTo";
import { PasskeyButton } from "./PasskeyButton";

/**
 * A form in which somebody shows a passkey: for the sign-in that waits in this browser, or in their session.
 */
export function ShowPasskey({
  for: purpose,
  action,
  intent,
  label,
  reply,
  children,
}: Readonly<{
  for: "signIn" | "session";
  action?: string;
  intent?: string;
  label?: string;
  reply: Reply | undefined;
  children?: ReactNode;
}>) {
  const t = useT();
  const at = paths(useLocale());
  const show = async (): Promise<object> => {
    const asked = await fetch(at.passkeyChallenge(), {
      method: "POST",
      body: new URLSearchParams({ for: purpose }),
    });
    if (!asked.ok) throw new Error("not asked");
    const { startAuthentication } = await import("@simplewebauthn/browser");
    return startAuthentication({
      optionsJSON: (await asked.json()) as Parameters<typeof startAuthentication>[0]["optionsJSON"],
    });
  };

  return (
    <Form
      method="post"
      {...(action === undefined ? {} : { action })}
      className="grid max-w-md justify-items-start gap-4"
    >
      <FormErrors reply={replyTo(reply, "by", "passkey")} />
      <input type="hidden" name="by" value="passkey" />
      {children}
      <PasskeyButton
        label={label ?? t("account.passkeyUse")}
        work={show}
        cannot="account.passkeyCannot"
        failed="account.passkeyFailed"
        {...(intent === undefined ? {} : { intent })}
      />
    </Form>
  );
}

/** The answer to the form of a code beside it. */
export const replyToCode = (reply: Reply | undefined): Reply | undefined =>
  reply?.values["by"] === "passkey" ? undefined : reply;
