import { Form } from "@remix-run/react";
import { useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button, LinkButton } from "../primitives/Button";
import { Notice } from "../primitives/Page";

/** What is not whole is gone on with, given up, or (`submit`, by the button's words) asked what it lacks. */
export function UnfinishedForms({ to, submit }: { to: string; submit?: string }) {
  const t = useT();
  return (
    <div className="grid gap-4">
      <Notice tone="wait">{t("intake.unfinished")}</Notice>
      <div className="flex flex-wrap gap-3">
        <LinkButton to={to}>{t("intake.goOn")}</LinkButton>
        {submit === undefined ? null : (
          <Form method="post">
            <Button look="secondary">{submit}</Button>
          </Form>
        )}
      </div>
      <Form method="post">
        <AskFirst name="intent" value="discard" label={t("intake.discard")} says={t("intake.discardSays")} />
      </Form>
    </div>
  );
}
