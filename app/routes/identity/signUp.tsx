import { data } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { demoBoxOf } from "~/domain/identity/letters.server";
import { linkHolds } from "~/domain/identity/oneTimeLinks.server";
import { signUp } from "~/domain/identity/signUp.server";
import { AlongInput, SignUpInput } from "~/domain/identity/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { requireNobodys } from "~/http/enter.server";
import { safeBack } from "~/http/redirect.server";
import { replyOf } from "~/http/reply";
import { small } from "~/http/smallForm.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { CheckMail, type Sent } from "~/ui/identity/CheckMail";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField, TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, (ctx) =>
    Promise.resolve({
      back: new URL(args.request.url).searchParams.get("back") ?? "",
      messages: messagesFor(ctx.locale, ["identity", "demo"]),
    }),
  );

export const action = (args: RouteArgs) =>
  act(
    args,
    anybody,
    SignUpInput,
    async (ctx, { back, kept, ...input }) => {
      requireNobodys(ctx, kept);
      await signUp(ctx, input, {
        clientAddress: args.context.clientAddress,
        back: safeBack(back, "") || undefined,
      });
      return data({
        sent: {
          email: input.email,
          back: back ?? "",
          kept,
          box: await demoBoxOf(ctx, input.email),
          ...(await linkHolds(ctx.db, ctx)),
        },
      });
    },
    {
      // From the page that asks to sign in: what was typed before comes along.
      begin: small(AlongInput, (_ctx, { back = "", kept = "" }) =>
        Promise.resolve(data({ along: { back, kept } })),
      ),
    },
  );

type Along = Readonly<{ back: string; kept: string }>;
const alongOf = (answer: unknown): Along | undefined =>
  typeof answer === "object" && answer !== null && "along" in answer ? (answer.along as Along) : undefined;
const sentOf = (answer: unknown): Sent | undefined =>
  typeof answer === "object" && answer !== null && "sent" in answer ? (answer.sent as Sent) : undefined;

export default function SignUp() {
  const t = useT();
  const at = paths(useLocale());
  const { back } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const reply = replyOf(answer);
  const sent = sentOf(answer);
  if (sent) return <CheckMail sent={sent} />;
  const typed = (name: keyof Along): string | undefined => {
    const value = reply?.values[name];
    return typeof value === "string" ? value : alongOf(answer)?.[name];
  };

  const kept = typed("kept");
  return (
    <Page title={t("identity.signUpTitle")}>
      {kept ? (
        <div className="mb-6">
          <Notice tone="wait">{t("identity.signUpKept")}</Notice>
        </div>
      ) : null}
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        <input type="hidden" name="back" value={typed("back") ?? back} />
        {kept ? <input type="hidden" name="kept" value={kept} /> : null}
        <ChoiceField
          name="kind"
          label={t("identity.kind")}
          reply={reply}
          options={[
            { value: "person", label: t("identity.person") },
            { value: "company", label: t("identity.company") },
          ]}
        />
        <TextField
          name="displayName"
          maxLength={LENGTHS.displayName}
          label={t("identity.displayName")}
          hint={t("identity.displayNameHint")}
          autoComplete="nickname"
          reply={reply}
        />
        <TextField
          name="email"
          maxLength={LENGTHS.mail}
          type="email"
          label={t("identity.email")}
          autoComplete="username"
          reply={reply}
        />
        <TextField
          name="password"
          maxLength={LENGTHS.password}
          type="password"
          label={t("identity.password")}
          hint={t("identity.passwordHint")}
          autoComplete="new-password"
          reply={reply}
        />
        <TextField
          name="realName"
          maxLength={LENGTHS.personName}
          label={t("identity.realName")}
          hint={t("identity.realNameHint")}
          optional
          autoComplete="name"
          reply={reply}
        />
        <TextField
          name="phone"
          maxLength={LENGTHS.phone}
          type="tel"
          label={t("identity.phone")}
          optional
          autoComplete="tel"
          reply={reply}
        />
        <TextField
          name="creditCode"
          maxLength={LENGTHS.creditCode}
          label={t("identity.creditCode")}
          optional
          reply={reply}
        />
        <Button>{t("identity.signUpTitle")}</Button>
        <Link
          to={at.signIn(back || undefined)}
          className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
        >
          {t("identity.haveAccount")}
        </Link>
      </Form>
    </Page>
  );
}
