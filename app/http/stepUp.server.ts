import { data } from "@remix-run/node";
import { hasPasskey } from "~/domain/identity/passkeys.server";
import type { StepProof } from "~/domain/identity/stepCodes";
import { passStepUp } from "~/domain/identity/stepUp.server";
import { actorId } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { Messages } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import type { SignInAgain } from "./answer.server";
import { type RouteArgs, sessionsFor } from "./context.server";
import { keepForm, type KeptForm, openKept, worthKeeping } from "./keptForm.server";
import { safeBack } from "./redirect.server";
import { signInFacts } from "./signInPage.server";

/**
 * What the page that asks anew needs: where it leads back to, the form that goes along (`lost` when it was
 * too much), and whether there is a passkey to show.
 */
export type StepUpFacts = Readonly<{ back: string; kept: KeptForm | "lost" | undefined; passkey: boolean }>;

/**
 * What an error page knows where somebody has to show their second step before what they posted can be done.
 */
export type StepUpFirst = Readonly<{ stepUp: StepUpFacts; messages: Messages }>;

/**
 * In place of what was asked: the page that asks for the second step, carrying along what was typed as
 * signing in does.
 */
export async function stepUpFirst(
  { request }: RouteArgs,
  ctx: UseCaseContext,
  form: FormData,
): Promise<unknown> {
  const { pathname, search } = new URL(request.url);
  const back = pathname + search;
  const kept = worthKeeping(form)
    ? (keepForm(ctx, { address: back, form, owner: actorId(ctx.actor) ?? undefined }) ?? "lost")
    : undefined;
  return data<StepUpFirst>(
    {
      stepUp: { back, kept, passkey: await hasPasskey(ctx.db, actorId(ctx.actor) ?? "") },
      messages: messagesFor(ctx.locale, ["common", "shell", "errors", "identity", "account"]),
    },
    { status: 401 },
  );
}

type Way = Readonly<{ back?: string | undefined; kept?: string | undefined }>;

/**
 * Takes a code or a passkey for the request's session, which from now on counts as stepped up. Where too many
 * were wrong the session is over: the page that asks to sign in comes in its place, and what was typed goes
 * along. @returns the cookie with its fresh token
 * @throws {DomainError} STEP_CODE_WRONG, PASSKEY_WRONG, TOO_MANY_REQUESTS
 */
export async function stepUp(
  args: RouteArgs,
  ctx: UseCaseContext,
  proof: StepProof,
  way: Way,
): Promise<string> {
  try {
    await passStepUp(ctx, sessionsFor(args.context.runtime).idOf(args.request) ?? "", proof);
  } catch (error) {
    if (error instanceof DomainError && error.code === "STEP_ENDED") throw await signInAfter(args, ctx, way);
    throw error;
  }

  return steppedUp(args);
}

async function signInAfter(args: RouteArgs, ctx: UseCaseContext, { back, kept }: Way): Promise<unknown> {
  const form = kept === undefined ? undefined : openKept(ctx, kept);
  const facts = await signInFacts(args, ctx, {
    back: safeBack(back, paths(ctx.locale).me()),
    kept: form && kept !== undefined ? { sealed: kept, files: form.files } : undefined,
  });
  return data<SignInAgain>(
    {
      signIn: { ...facts, why: "codes" },
      messages: messagesFor(ctx.locale, ["common", "shell", "errors", "identity"]),
    },
    { status: 401 },
  );
}

/**
 * A code of theirs was right just now: the session counts as stepped up. @returns the cookie with its fresh
 * token @throws {DomainError} SIGN_IN_NEEDED
 */
export async function steppedUp({ request, context: { runtime } }: RouteArgs): Promise<string> {
  const cookie = await sessionsFor(runtime).stepUp(request, runtime.now());
  if (cookie === undefined) throw new DomainError("SIGN_IN_NEEDED");
  return cookie;
}
