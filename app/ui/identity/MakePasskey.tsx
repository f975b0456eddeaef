import { Form } from "@remix-run/react";
import type { startRegistration } from "@simplewebauthn/browser";
import { useT } from "~/i18n/useT";
import { PasskeyButton } from "./PasskeyButton";

type Options = Parameters<typeof startRegistration>[0]["optionsJSON"];

/** What a browser needs to make a passkey, and how its person calls it. */
export type MakingPasskey = Readonly<{
  options: Readonly<{ challenge: string }>;
  name: string;
  minutes: number;
}>;

/** The password was right: the browser makes the passkey now, and its answer is sent. */
export function MakePasskey({ making: { options, name, minutes } }: Readonly<{ making: MakingPasskey }>) {
  const t = useT();
  const make = async (): Promise<object> => {
    const { startRegistration } = await import("@simplewebauthn/browser");
    // What the library wrote on the server for itself in the browser: nobody in between looks into it.
    return startRegistration({ optionsJSON: options as Options });
  };

  return (
    <Form method="post" className="grid max-w-md justify-items-start gap-4">
      <p>{t("account.passkeyMakeLead", { minutes })}</p>
      <input type="hidden" name="name" value={name} />
      <PasskeyButton
        label={t("account.passkeyMake")}
        work={make}
        cannot="account.passkeyCannotAdd"
        failed="account.passkeyNotMade"
        intent="addPasskey"
      />
    </Form>
  );
}
