import { data, type HeadersFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { isOpen } from "~/domain/identity/oneTimeLinks.server";
import { ConfirmSignUpInput } from "~/domain/identity/schemas";
import { confirmSignUp } from "~/domain/identity/signUp.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { enter } from "~/http/enter.server";
import { form } from "~/http/pageForm.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { searchOf } from "~/http/query.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkEnded } from "~/ui/identity/LinkEnded";
import { Button, TextLink } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "identity.confirmSignUpTitle" };

/** Looking changes nothing: programs that read mail follow links too. The password opens the account. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) =>
    data(
      {
        open: await isOpen(ctx, args.params["token"] ?? "", "sign_up"),
        back: searchOf(args.request).get("back") ?? "",
        messages: messagesFor(ctx.locale, ["account", "identity"]),
      },
      { headers: PRIVATE_PAGE },
    ),
  );
export const headers: HeadersFunction = () => PRIVATE_PAGE;

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(ConfirmSignUpInput, async (ctx, { password, back }) => {
      const { userId } = await confirmSignUp(ctx, args.params["token"] ?? "", {
        password,
        clientAddress: args.context.clientAddress,
      });
      return enter(args, ctx, userId, { back, otherwise: paths(ctx.locale).home() });
    }),
  });

export default function ConfirmSignUp() {
  const t = useT();
  const at = paths(useLocale());
  const { open, back } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  if (!open) return <LinkEnded again={at.signUp()} />;
  return (
    <Page title={t("identity.confirmSignUpTitle")} lead={t("identity.confirmSignUpLead")}>
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        <input type="hidden" name="back" value={back} />
        <TextField
          name="password"
          maxLength={LENGTHS.password}
          type="password"
          label={t("identity.chosenPassword")}
          autoComplete="current-password"
          reply={reply}
        />
        <Button>{t("identity.confirmSignUp")}</Button>
        <p>
          <TextLink to={at.forgotPassword()}>{t("identity.forgotPassword")}</TextLink>
        </p>
      </Form>
    </Page>
  );
}
