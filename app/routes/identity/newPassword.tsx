import { data, type HeadersFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { setNewPassword } from "~/domain/identity/forgottenPassword.server";
import { isOpen } from "~/domain/identity/oneTimeLinks.server";
import { NewPasswordInput } from "~/domain/identity/schemas";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkEnded } from "~/ui/identity/LinkEnded";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.newPasswordTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) =>
    data(
      {
        open: await isOpen(ctx, args.params["token"] ?? "", "password"),
        messages: messagesFor(ctx.locale, ["account", "identity"]),
      },
      { headers: PRIVATE_PAGE },
    ),
  );
export const headers: HeadersFunction = () => PRIVATE_PAGE;

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(NewPasswordInput, async (ctx, { newPassword }) => {
      await setNewPassword(ctx, args.params["token"] ?? "", newPassword);
      return doneAt(paths(ctx.locale).signIn(), "done.passwordSet");
    }),
  });

export default function NewPassword() {
  const t = useT();
  const at = paths(useLocale());
  const { open } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  if (!open) return <LinkEnded again={at.forgotPassword()} />;
  return (
    <Page title={t("account.newPasswordTitle")} lead={t("account.newPasswordLead")}>
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        <TextField
          name="newPassword"
          maxLength={LENGTHS.password}
          type="password"
          label={t("account.newPassword")}
          hint={t("identity.passwordHint")}
          autoComplete="new-password"
          reply={reply}
        />
        <Button>{t("account.setPassword")}</Button>
      </Form>
    </Page>
  );
}
