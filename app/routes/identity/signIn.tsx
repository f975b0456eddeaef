import { redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { checkPassword } from "~/domain/identity/accounts.server";
import { demoAccounts, readInstallation } from "~/domain/identity/queries.server";
import { SignInInput } from "~/domain/identity/schemas";
import { DomainError } from "~/domain/kernel/errors";
import { act, load } from "~/http/answer.server";
import { sessionsFor, type RouteArgs } from "~/http/context.server";
import { safeBack } from "~/http/redirect.server";
import { replyOf } from "~/http/reply";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page, Section } from "~/ui/primitives/Page";
import { roleKey } from "~/ui/shell/roleKey";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { isDemo } = await readInstallation(ctx.db);
    return {
      back: new URL(args.request.url).searchParams.get("back") ?? "",
      accounts: isDemo ? (await demoAccounts(ctx.db)).map(({ userId, displayName, role }) => ({ userId, displayName, role })) : [],
      messages: messagesFor(ctx.locale, ["identity"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(
    args,
    SignInInput,
    async (ctx, input) => {
      const { userId } = await checkPassword(ctx, { ...input, clientAddress: args.context.clientAddress });
      return enter(args, userId, safeBack(input.back, paths(ctx.locale).home()));
    },
    {
      demo: async (ctx, form) => {
        if (!(await readInstallation(ctx.db)).isDemo) throw new DomainError("NOT_FOUND");
        const account = (await demoAccounts(ctx.db)).find(({ userId }) => userId === form.get("userId"));
        if (!account) throw new DomainError("NOT_FOUND");
        return enter(args, account.userId, safeBack(String(form.get("back") ?? ""), paths(ctx.locale).me()));
      },
    },
  );

const enter = async ({ context: { runtime } }: RouteArgs, userId: string, to: string) =>
  redirect(to, { headers: { "Set-Cookie": await sessionsFor(runtime).start(userId, runtime.now()) } });

export default function SignIn() {
  const t = useT();
  const at = paths(useLocale());
  const { back, accounts } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  return (
    <Page title={t("identity.signInTitle")}>
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        <input type="hidden" name="back" value={back} />
        <TextField name="email" maxLength={LENGTHS.mail} type="email" label={t("identity.email")} autoComplete="username" reply={reply} />
        <TextField name="password" maxLength={LENGTHS.password} type="password" label={t("identity.password")} autoComplete="current-password" reply={reply} />
        <Button>{t("identity.signInTitle")}</Button>
        <Link to={at.signUp(back || undefined)} className="inline-flex min-h-tap items-center text-brand underline underline-offset-4">
          {t("identity.noAccount")}
        </Link>
      </Form>
      {accounts.length > 0 ? (
        <Section title={t("identity.demoTitle")}>
          <p className="mb-3 text-muted">{t("identity.demoText")}</p>
          <ul className="grid gap-3 sm:grid-cols-2 elder:grid-cols-1">
            {accounts.map((account) => (
              <li key={`${account.userId}${account.role}`}>
                <Form method="post">
                  <input type="hidden" name="userId" value={account.userId} />
                  <input type="hidden" name="back" value={back} />
                  <button
                    name="intent"
                    value="demo"
                    className="flex min-h-tap w-full cursor-pointer flex-col items-start rounded-md border-(length:--border) border-line-strong bg-surface px-4 py-2 text-left hover:border-brand"
                  >
                    <span className="font-semibold">{t(roleKey(account.role))}</span>
                    <span className="text-2 text-muted" lang="zh-Hans">
                      {account.displayName}
                    </span>
                  </button>
                </Form>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </Page>
  );
}
