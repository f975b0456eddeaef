import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { leave, leavePage } from "~/domain/ending/leave.server";
import { myAccount } from "~/domain/identity/changeAccount.server";
import { LeaveInput } from "~/domain/identity/schemas";
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
import { WayOut } from "~/ui/identity/WayOut";
import { Button } from "~/ui/primitives/Button";
import { CheckField, TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.leaveTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    // Before anything is typed: a password cannot go along.
    requireSteppedUp(ctx, "leave");
    return {
      ...(await leavePage(ctx)),
      hasPassword: (await myAccount(ctx)).hasPassword,
      messages: messagesFor(ctx.locale, ["account", "identity"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, signedIn, {
    default: form(LeaveInput, async (ctx, { password }) => {
      await leave(ctx, { password, clientAddress: args.context.clientAddress });
      return doneAt(
        paths(ctx.locale).home(),
        "done.left",
        new Headers({ "Set-Cookie": await sessionsFor(args.context.runtime).end(args.request, ctx.now()) }),
      );
    }),
  });

export default function Leave() {
  const t = useT();
  const at = paths(useLocale());
  const { inTheWay, hasPassword } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page
      title={t("account.leaveTitle")}
      lead={t("account.leaveLead")}
      crumbs={[{ label: t("identity.meTitle"), to: at.me() }]}
    >
      <div className="grid max-w-measure gap-3">
        <p>{t("account.leaveErases")}</p>
        <p>{t("account.leaveKeeps")}</p>
      </div>
      {inTheWay.length > 0 ? (
        <>
          <FormErrors reply={reply} />
          <WayOut inTheWay={inTheWay} />
        </>
      ) : (
        <Form method="post" className="mt-6 grid max-w-md gap-5">
          <FormErrors reply={reply} />
          {hasPassword ? (
            <TextField
              name="password"
              maxLength={LENGTHS.password}
              type="password"
              label={t("account.oldPassword")}
              autoComplete="current-password"
              reply={reply}
            />
          ) : null}
          <CheckField name="sure" label={t("account.sure")} reply={reply} />
          <Button>{t("account.leave")}</Button>
        </Form>
      )}
    </Page>
  );
}
