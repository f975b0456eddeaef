import { data, type HeadersFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { acceptInvitation, invitationPage } from "~/domain/identity/invitations.server";
import { InvitationInput } from "~/domain/identity/schemas";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { act, load } from "~/http/answer.server";
import { type RouteArgs, sessionsFor } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { button, form } from "~/http/pageForm.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { anybody } from "~/http/who.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkEnded } from "~/ui/identity/LinkEnded";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { roleKey } from "~/ui/shell/roleKey";

export const handle: PageHandle = { title: "account.invitationTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) =>
    data(
      {
        invitation: (await invitationPage(ctx, args.params["token"] ?? "")) ?? null,
        messages: messagesFor(ctx.locale, ["account", "identity"]),
      },
      { headers: PRIVATE_PAGE },
    ),
  );
export const headers: HeadersFunction = () => PRIVATE_PAGE;

export const action = (args: RouteArgs) => {
  const accept = async (ctx: UseCaseContext, answer: Parameters<typeof acceptInvitation>[2]) => {
    const { userId } = await acceptInvitation(ctx, args.params["token"] ?? "", answer);
    const isIn = ctx.actor.kind === "user" && ctx.actor.userId === userId;
    const headers = new Headers(
      isIn ? {} : { "Set-Cookie": await sessionsFor(args.context.runtime).start(userId, ctx.now()) },
    );
    return doneAt(paths(ctx.locale).me(), "done.invitationAccepted", headers);
  };

  return act(args, anybody, {
    default: form(InvitationInput, accept),
    yes: button((ctx) => accept(ctx, {})),
  });
};

export default function Invitation() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { pathname } = useLocation();
  const { invitation } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  if (!invitation) return <LinkEnded text={t("account.invitationEnded")} />;
  const place = invitation.place ? nameIn(locale, invitation.place) : t("identity.wholeCity");
  return (
    <Page
      title={t("account.invitationTitle")}
      lead={t("account.invitationLead", { role: t(roleKey(invitation.role)), place })}
    >
      <p className="mb-5 text-muted">
        {t("account.invitationUntil", { time: moment(locale, invitation.expiresAt) })}
      </p>
      {invitation.needs === "signIn" ? (
        <>
          <p className="mb-4">{t("account.invitationSignIn")}</p>
          <LinkButton to={at.signIn(pathname)}>{t("identity.signInTitle")}</LinkButton>
        </>
      ) : (
        <Form method="post" className="grid max-w-md gap-5">
          <FormErrors reply={reply} />
          {invitation.needs === "account" ? (
            <>
              <p>{t("account.invitationAccount")}</p>
              <TextField
                name="displayName"
                maxLength={LENGTHS.displayName}
                label={t("identity.displayName")}
                autoComplete="name"
                reply={reply}
              />
              <TextField
                name="newPassword"
                maxLength={LENGTHS.password}
                type="password"
                label={t("identity.password")}
                hint={t("identity.passwordHint")}
                autoComplete="new-password"
                reply={reply}
              />
              <Button>{t("account.accept")}</Button>
            </>
          ) : (
            <Button name="intent" value="yes">
              {t("account.accept")}
            </Button>
          )}
        </Form>
      )}
    </Page>
  );
}
