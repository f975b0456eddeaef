import { data } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { askMailChange, myAccount } from "~/domain/identity/changeAccount.server";
import { hintOf } from "~/domain/identity/contact";
import { linkHolds } from "~/domain/identity/oneTimeLinks.server";
import { ChangeMailInput } from "~/domain/identity/schemas";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Facts, Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.mailTitle" };

/** What is shown of it: of a number no more than it takes to know it again. */
const shownAccount = ({ email, phone, hasPassword }: Awaited<ReturnType<typeof myAccount>>) => ({
  email,
  phone: phone === undefined ? undefined : hintOf({ kind: "phone", address: phone }),
  hasPassword,
});

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    // Before anything is typed: a password cannot go along.
    requireSteppedUp(ctx, "askMailChange");
    const account = shownAccount(await myAccount(ctx));
    return {
      account,
      // Whoever has only a number changes no mail address here.
      title: account.email === null ? serverT(ctx.locale, ["account"])("account.phoneNow") : undefined,
      ...(await linkHolds(ctx.db, ctx)),
      messages: messagesFor(ctx.locale, ["account", "identity"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, signedIn, {
    default: form(ChangeMailInput, async (ctx, input) => {
      await askMailChange(ctx, { ...input, clientAddress: args.context.clientAddress });
      return data({ sent: true });
    }),
  });

export default function MyMail() {
  const t = useT();
  const at = paths(useLocale());
  const { account, title, minutes } = useLoaderData<typeof loader>();
  const { sent = false, reply } = useActionData<typeof action>() ?? {};
  return (
    <Page
      title={title ?? t(sent ? "account.mailSentTitle" : "account.mailTitle")}
      lead={sent || account.email === null ? undefined : t("account.mailLead")}
      crumbs={[{ label: t("identity.meTitle"), to: at.me() }]}
    >
      {sent ? (
        <Notice tone="done" live>
          {t("account.mailSent", { minutes })}
        </Notice>
      ) : (
        <>
          <Facts
            rows={[
              ...(account.email === null
                ? []
                : [
                    [
                      t("account.mailNow"),
                      <span key="mail" className="break-all">
                        {account.email}
                      </span>,
                    ] as const,
                  ]),
              ...(account.phone === undefined ? [] : [[t("account.phoneNow"), account.phone] as const]),
            ]}
          />
          {account.hasPassword ? (
            <Form method="post" className="mt-5 grid max-w-md gap-5">
              <FormErrors reply={reply} />
              <TextField
                name="email"
                maxLength={LENGTHS.mail}
                type="email"
                label={t("account.newMail")}
                autoComplete="email"
                reply={reply}
              />
              <TextField
                name="password"
                maxLength={LENGTHS.password}
                type="password"
                label={t("account.oldPassword")}
                autoComplete="current-password"
                reply={reply}
              />
              <Button>{t("account.changeMail")}</Button>
            </Form>
          ) : account.email === null ? (
            <div className="mt-5">
              <Notice>{t("account.byPhoneOnly")}</Notice>
            </div>
          ) : (
            <div className="mt-5 grid gap-4">
              <FormErrors reply={reply} />
              <Notice>{t("account.noPassword")}</Notice>
              <p>
                <LinkButton to={at.forgotPassword()}>{t("account.forgotTitle")}</LinkButton>
              </p>
            </div>
          )}
        </>
      )}
    </Page>
  );
}
