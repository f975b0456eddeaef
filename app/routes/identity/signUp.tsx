import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
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
import { useT } from "~/i18n/useT";
import { CheckMail, type Sent } from "~/ui/identity/CheckMail";
import { SignUpForm } from "~/ui/identity/SignUpForm";
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
      <SignUpForm back={back} typedBack={typed("back")} kept={kept} reply={reply} />
    </Page>
  );
}
