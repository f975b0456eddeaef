import { data } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { askNewPassword } from "~/domain/identity/forgottenPassword.server";
import { linkHolds } from "~/domain/identity/oneTimeLinks.server";
import { ForgottenInput } from "~/domain/identity/schemas";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { form } from "~/http/pageForm.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";
import { PhoneLine } from "~/ui/primitives/PhoneLine";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { title: "account.forgotTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await linkHolds(ctx.db, ctx)),
    messages: messagesFor(ctx.locale, ["account", "identity"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(ForgottenInput, async (ctx, { email }) => {
      await askNewPassword(ctx, { email, clientAddress: args.context.clientAddress });
      return data({ sent: true });
    }),
  });

export default function ForgotPassword() {
  const t = useT();
  const at = paths(useLocale());
  const { minutes } = useLoaderData<typeof loader>();
  const phone = useRoot()?.place.phoneLine;
  const { sent = false, reply } = useActionData<typeof action>() ?? {};
  return (
    <Page
      title={t(sent ? "account.forgotSentTitle" : "account.forgotTitle")}
      lead={sent ? undefined : t("account.forgotLead")}
      crumbs={[{ label: t("identity.signInTitle"), to: at.signIn() }]}
    >
      {sent ? (
        <Notice tone="done" live>
          {t("account.forgotSent", { minutes })}
        </Notice>
      ) : (
        <Form method="post" className="grid max-w-md gap-5">
          <FormErrors reply={reply} />
          <TextField
            name="email"
            maxLength={LENGTHS.mail}
            type="email"
            label={t("identity.email")}
            autoComplete="username"
            reply={reply}
          />
          <Button>{t("account.forgotSend")}</Button>
        </Form>
      )}
      <p className="mt-8">{t("account.forgotNoMail")}</p>
      {phone === undefined ? null : <PhoneLine phone={phone} />}
    </Page>
  );
}
