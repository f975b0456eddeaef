import { data, type HeadersFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { hasPasskey } from "~/domain/identity/passkeys.server";
import { SignInStepInput } from "~/domain/identity/schemas";
import { requireUser } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { mustStepUp } from "~/domain/kernel/stepUp";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { openKept } from "~/http/keptForm.server";
import { form } from "~/http/pageForm.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { safeBack } from "~/http/redirect.server";
import { stepUp } from "~/http/stepUp.server";
import { signedIn } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { type GoOn, GoOnPage } from "~/ui/identity/GoOnPage";
import { StepUpPage } from "~/ui/identity/StepUpPage";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.stepUpTitle" };

const backTo = (ctx: UseCaseContext, back: string | null | undefined): string =>
  safeBack(back, paths(ctx.locale).me());

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { userId } = requireUser(ctx.actor);
    const back = new URL(args.request.url).searchParams.get("back");
    // Whoever need not, or has done it in another window, goes on.
    if (!mustStepUp(ctx.actor)) throw redirect(backTo(ctx, back));
    return data(
      {
        back: safeBack(back, ""),
        passkey: await hasPasskey(ctx.db, userId),
        messages: messagesFor(ctx.locale, ["account", "identity", "errors"]),
      },
      { headers: PRIVATE_PAGE },
    );
  });
export const headers: HeadersFunction = () => PRIVATE_PAGE;

/** Once it was right nobody need be asked: read anew, the page would lead away from what was typed. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  formMethod === undefined && defaultShouldRevalidate;

export const action = (args: RouteArgs) =>
  act(args, signedIn, {
    default: form(SignInStepInput, async (ctx, { proof, back, kept, drop }) => {
      const { userId } = requireUser(ctx.actor);
      const headers = new Headers();
      if (mustStepUp(ctx.actor)) headers.set("Set-Cookie", await stepUp(args, ctx, proof, { back, kept }));
      const form = kept === undefined || drop !== undefined ? undefined : openKept(ctx, kept);
      if (form?.owner !== userId) return redirect(backTo(ctx, back), { headers });
      const goOn: GoOn = { address: form.address, fields: form.fields, files: form.files };
      return data({ goOn }, { headers });
    }),
  });

export default function StepUp() {
  const { back, passkey } = useLoaderData<typeof loader>();
  const { goOn, reply } = useActionData<typeof action>() ?? {};
  if (goOn) return <GoOnPage goOn={goOn} after="stepUp" />;
  return <StepUpPage facts={{ back, kept: undefined, passkey }} reply={reply} />;
}
