import { Form, Link } from "@remix-run/react";
import { list } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { Notice, Page } from "../primitives/Page";
import { LOOK_AGAIN } from "./lookAgain";

/**
 * What was typed before the session ended, or before something grave asked for a code, on its way to where it
 * was meant for.
 */
export type GoOn = Readonly<{
  address: string;
  fields: readonly (readonly [name: string, value: string])[];
  files: readonly string[];
}>;

/**
 * Signed in again, or stepped up: the very fields that were posted before go to the very address, once
 * somebody says so. With a file missing they only go back to their page, so that nothing is done without it.
 */
export function GoOnPage({
  goOn: { address, fields, files },
  after = "signIn",
}: {
  goOn: GoOn;
  after?: "signIn" | "stepUp";
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <Page
      title={t("identity.goOnTitle")}
      lead={t(after === "stepUp" ? "account.stepUpDone" : "identity.goOnLead")}
    >
      {/* By the browser: the page that answers may be a still one, which the router does not show. */}
      <Form method="post" action={address} reloadDocument className="grid gap-5">
        {fields.map(([name, value], index) => (
          <input key={index} type="hidden" name={name} value={value} />
        ))}
        {files.length > 0 ? (
          <Notice tone="wait">
            <p className="break-words">{t("identity.keptFiles", { files: list(locale, files) })}</p>
          </Notice>
        ) : null}
        <div className="flex flex-wrap items-center gap-3">
          {files.length > 0 ? null : <Button>{t("identity.goOnSend")}</Button>}
          <Button look={files.length > 0 ? "primary" : "secondary"} name={LOOK_AGAIN} value="yes">
            {t("identity.goOnLook")}
          </Button>
          <Link
            to={address}
            className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
          >
            {t("identity.goOnDrop")}
          </Link>
        </div>
      </Form>
    </Page>
  );
}
