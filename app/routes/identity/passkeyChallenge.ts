import { redirect } from "@remix-run/node";
import { PasskeyChallengeInput } from "~/domain/identity/schemas";
import { askPasskeyOfSession } from "~/domain/identity/stepUp.server";
import { act, load } from "~/http/answer.server";
import { type RouteArgs, sessionsFor } from "~/http/context.server";
import { forScript } from "~/http/jsonAnswer.server";
import { form } from "~/http/pageForm.server";
import { askPasskeyOfWaiting } from "~/http/signInStep.server";
import { anybody } from "~/http/who.server";
import { paths } from "~/paths";

/**
 * What a page's script hands to the browser so that it shows a passkey: for the sign-in that waits in it, or
 * for its session.
 */
export const action = (args: RouteArgs) =>
  forScript(
    act(args, anybody, {
      default: form(PasskeyChallengeInput, async (ctx, asked) => {
        const options =
          asked.for === "signIn"
            ? await askPasskeyOfWaiting(args, ctx)
            : await askPasskeyOfSession(ctx, sessionsFor(args.context.runtime).idOf(args.request) ?? "");
        return Response.json(options, { headers: { "Cache-Control": "no-store" } });
      }),
    }),
  );

export const loader = (args: RouteArgs) =>
  load(args, (ctx) => Promise.resolve(redirect(paths(ctx.locale).mySecondStep())));
