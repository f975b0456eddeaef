import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { changeName, myAccount } from "~/domain/identity/changeAccount.server";
import { ChangeNameInput } from "~/domain/identity/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.nameTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    displayName: (await myAccount(ctx)).displayName,
    messages: messagesFor(ctx.locale, ["account", "identity"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, signedIn, {
    default: form(ChangeNameInput, async (ctx, { displayName }) => {
      await changeName(ctx, displayName);
      return doneAt(paths(ctx.locale).me(), "done.nameChanged");
    }),
  });

export default function MyName() {
  const t = useT();
  const at = paths(useLocale());
  const { displayName } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page title={t("account.nameTitle")} crumbs={[{ label: t("identity.meTitle"), to: at.me() }]}>
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        <TextField
          name="displayName"
          label={t("identity.displayName")}
          hint={t("identity.displayNameHint")}
          autoComplete="nickname"
          defaultValue={displayName}
          maxLength={40}
          reply={reply}
        />
        <Button>{t("account.changeName")}</Button>
      </Form>
    </Page>
  );
}
