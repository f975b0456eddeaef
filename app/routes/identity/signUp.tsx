import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { demoBoxOf } from "~/domain/identity/demoLetters.server";
import { linkHolds } from "~/domain/identity/oneTimeLinks.server";
import { AlongInput, SignUpInput } from "~/domain/identity/schemas";
import { signUp } from "~/domain/identity/signUp.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { requireNobodys } from "~/http/enter.server";
import { form } from "~/http/pageForm.server";
import { safeBack } from "~/http/redirect.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useT } from "~/i18n/useT";
import { CheckMail } from "~/ui/identity/CheckMail";
import { SignUpForm } from "~/ui/identity/SignUpForm";
import { Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "identity.signUpTitle" };

export const loader = (args: RouteArgs) =>
  load(args, (ctx) =>
    Promise.resolve({
      back: new URL(args.request.url).searchParams.get("back") ?? "",
      messages: messagesFor(ctx.locale, ["identity", "demo"]),
    }),
  );

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(SignUpInput, async (ctx, { back, kept, ...input }) => {
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
    }),
    // From the page that asks to sign in: what was typed before comes along.
    begin: form(AlongInput, (_ctx, { back = "", kept = "" }) =>
      Promise.resolve(data({ along: { back, kept } })),
    ),
  });

export default function SignUp() {
  const t = useT();
  const { back } = useLoaderData<typeof loader>();
  const { sent, along, reply } = useActionData<typeof action>() ?? {};
  if (sent) return <CheckMail sent={sent} />;
  const typed = (name: "back" | "kept"): string | undefined => {
    const value = reply?.values[name];
    return typeof value === "string" ? value : along?.[name];
  };

  const kept = typed("kept");
  return (
    <Page title={t("identity.signUpTitle")}>
      {kept ? (
        <div className="mb-6">
          <Notice tone="wait">{t("identity.signUpKept")}</Notice>
        </div>
      ) : null}
      <SignUpForm back={back} typedBack={typed("back")} kept={kept} reply={reply} />
    </Page>
  );
}
