import { data, type HeadersFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { SignInStepInput } from "~/domain/identity/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { enter } from "~/http/enter.server";
import { form } from "~/http/pageForm.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { passStep, stepWaits } from "~/http/signInStep.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { GoOnPage } from "~/ui/identity/GoOnPage";
import { SignInStepPage, StepEndedPage } from "~/ui/identity/SignInStepPage";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.signInStepTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) =>
    data(
      {
        step: await stepWaits(args, ctx),
        messages: messagesFor(ctx.locale, ["account", "identity", "errors"]),
      },
      { headers: PRIVATE_PAGE },
    ),
  );
export const headers: HeadersFunction = () => PRIVATE_PAGE;

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(SignInStepInput, async (ctx, { proof, ...way }) => {
      const { userId, forget } = await passStep(args, ctx, proof);
      return enter(
        args,
        ctx,
        userId,
        { ...way, otherwise: paths(ctx.locale).home() },
        { secondStep: "passed", forget },
      );
    }),
  });

export default function SignInStep() {
  const { step } = useLoaderData<typeof loader>();
  const { goOn, reply } = useActionData<typeof action>() ?? {};
  if (goOn) return <GoOnPage goOn={goOn} />;
  return step.waits ? (
    <SignInStepPage asked={{ back: "", kept: undefined, passkey: step.passkey }} reply={reply} />
  ) : (
    <StepEndedPage />
  );
}
