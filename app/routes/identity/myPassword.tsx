import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { changePassword, myAccount } from "~/domain/identity/changeAccount.server";
import { ChangePasswordInput } from "~/domain/identity/schemas";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { act, load } from "~/http/answer.server";
import { type RouteArgs, sessionsFor } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.passwordTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    // Before anything is typed: a password cannot go along.
    requireSteppedUp(ctx, "changePassword");
    return {
      hasPassword: (await myAccount(ctx)).hasPassword,
      messages: messagesFor(ctx.locale, ["account", "identity"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, signedIn, {
    default: form(ChangePasswordInput, async (ctx, input) => {
      await changePassword(ctx, {
        ...input,
        clientAddress: args.context.clientAddress,
        sessionId: sessionsFor(args.context.runtime).idOf(args.request),
      });
      return doneAt(paths(ctx.locale).me(), "done.passwordChanged");
    }),
  });

export default function MyPassword() {
  const t = useT();
  const at = paths(useLocale());
  const { hasPassword } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const crumbs = [{ label: t("identity.meTitle"), to: at.me() }];
  if (!hasPassword) {
    return (
      <Page title={t("account.passwordTitle")} crumbs={crumbs}>
        <FormErrors reply={reply} />
        <Notice>{t("account.noPassword")}</Notice>
        <p className="mt-5">
          <LinkButton to={at.forgotPassword()}>{t("account.forgotTitle")}</LinkButton>
        </p>
      </Page>
    );
  }

  return (
    <Page title={t("account.passwordTitle")} lead={t("account.passwordLead")} crumbs={crumbs}>
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        <TextField
          name="password"
          maxLength={LENGTHS.password}
          type="password"
          label={t("account.oldPassword")}
          autoComplete="current-password"
          reply={reply}
        />
        <TextField
          name="newPassword"
          maxLength={LENGTHS.password}
          type="password"
          label={t("account.newPassword")}
          hint={t("identity.passwordHint")}
          autoComplete="new-password"
          reply={reply}
        />
        <Button>{t("account.changePassword")}</Button>
        <Link
          to={at.forgotPassword()}
          className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
        >
          {t("account.forgotOld")}
        </Link>
      </Form>
    </Page>
  );
}
