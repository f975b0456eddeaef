import { useActionData, useLoaderData } from "@remix-run/react";
import { demoAccounts, readInstallation } from "~/domain/identity/queries.server";
import { DemoInput, SignInInput } from "~/domain/identity/schemas";
import { checkPassword } from "~/domain/identity/signIn.server";
import { DomainError } from "~/domain/kernel/errors";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { enter } from "~/http/enter.server";
import { form } from "~/http/pageForm.server";
import { safeBack } from "~/http/redirect.server";
import { signInFacts } from "~/http/signInPage.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { GoOnPage } from "~/ui/identity/GoOnPage";
import { SignInPage } from "~/ui/identity/SignInPage";
import { SignInStepPage } from "~/ui/identity/SignInStepPage";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "identity.signInTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const back = safeBack(new URL(args.request.url).searchParams.get("back"), "");
    return {
      facts: await signInFacts(args, ctx, { back }),
      messages: messagesFor(ctx.locale, ["identity", "account"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(SignInInput, async (ctx, input) => {
      const { userId } = await checkPassword(ctx, { ...input, clientAddress: args.context.clientAddress });
      return enter(args, ctx, userId, { ...input, otherwise: paths(ctx.locale).home() });
    }),
    demo: form(DemoInput, async (ctx, { userId, ...way }) => {
      if (!(await readInstallation(ctx.db)).isDemo) throw new DomainError("NOT_FOUND");
      const account = (await demoAccounts(ctx.db)).find((known) => known.userId === userId);
      if (!account) throw new DomainError("NOT_FOUND");
      // Nobody of the demo has a phone: its door counts as both steps, and is there in a demo alone.
      return enter(
        args,
        ctx,
        account.userId,
        { ...way, otherwise: paths(ctx.locale).me() },
        { secondStep: "demo's door" },
      );
    }),
  });

export default function SignIn() {
  const { facts } = useLoaderData<typeof loader>();
  const { askedStep, goOn, reply } = useActionData<typeof action>() ?? {};
  if (askedStep) return <SignInStepPage asked={askedStep} reply={undefined} />;
  return goOn ? <GoOnPage goOn={goOn} /> : <SignInPage facts={facts} reply={reply} />;
}
