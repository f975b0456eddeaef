import type { RequestOptions } from "~/domain/identity/passkeyKeys.server";
import {
  askPasskeyOfStep,
  beginSignInStep,
  passSignInStep,
  signInStepWaits,
  STEP_MINUTES,
} from "~/domain/identity/signInSteps.server";
import type { StepProof } from "~/domain/identity/stepCodes";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { boundCookie } from "./boundCookie.server";
import type { RouteArgs } from "./context.server";

const cookie = boundCookie("step");

/** The cookie that binds a sign-in whose password was right to this browser, until its code comes. */
export const stepCookie = async (args: RouteArgs, ctx: UseCaseContext, userId: string): Promise<string> =>
  cookie.set(args, await beginSignInStep(ctx, userId), STEP_MINUTES * 60);

/**
 * Whether this browser has a sign-in that waits for its second step, and whether a passkey can be shown for
 * it.
 */
export const stepWaits = (args: RouteArgs, ctx: UseCaseContext) => signInStepWaits(ctx, cookie.read(args));

/**
 * What this browser needs to show a passkey for its sign-in that waits. @throws {DomainError} STEP_ENDED,
 * NOT_FOUND
 */
export const askPasskeyOfWaiting = (args: RouteArgs, ctx: UseCaseContext): Promise<RequestOptions> =>
  askPasskeyOfStep(ctx, cookie.read(args));

/**
 * Passes the step of this browser. @returns whose account it is, and the cookie that forgets the step @throws
 * {DomainError} STEP_ENDED, STEP_CODE_WRONG, PASSKEY_WRONG, TOO_MANY_REQUESTS
 */
export async function passStep(
  args: RouteArgs,
  ctx: UseCaseContext,
  proof: StepProof,
): Promise<{ userId: string; forget: string }> {
  const { userId } = await passSignInStep(ctx, cookie.read(args), proof);
  return { userId, forget: cookie.set(args, "", 0) };
}
