import { data, type HeadersFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { confirmMail } from "~/domain/identity/changeAccount.server";
import { isOpen } from "~/domain/identity/oneTimeLinks.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form, NothingTyped } from "~/http/pageForm.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkEnded } from "~/ui/identity/LinkEnded";
import { Button } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.confirmMailTitle" };

/** Looking changes nothing: programs that read mail follow links too. The button does it. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) =>
    data(
      {
        open: await isOpen(ctx, args.params["token"] ?? "", "mail"),
        messages: messagesFor(ctx.locale, ["account"]),
      },
      { headers: PRIVATE_PAGE },
    ),
  );
export const headers: HeadersFunction = () => PRIVATE_PAGE;

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(NothingTyped, async (ctx) => {
      await confirmMail(ctx, args.params["token"] ?? "");
      return doneAt(
        ctx.actor.kind === "user" ? paths(ctx.locale).me() : paths(ctx.locale).signIn(),
        "done.mailConfirmed",
      );
    }),
  });

export default function NewMail() {
  const t = useT();
  const at = paths(useLocale());
  const { open } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  if (!open) return <LinkEnded again={at.myMail()} />;
  return (
    <Page title={t("account.confirmMailTitle")} lead={t("account.confirmMailLead")}>
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        <Button>{t("account.confirmMail")}</Button>
      </Form>
    </Page>
  );
}
