import { beginSignInStep, passSignInStep, signInStepWaits, STEP_MINUTES } from "~/domain/identity/signInSteps.server";
import type { StepCode } from "~/domain/identity/stepCodes";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { cookieOf } from "~/session/cookieOf";
import type { RouteArgs } from "./context.server";

const isSecure = ({ context }: RouteArgs): boolean => context.runtime.settings.PUBLIC_URL.startsWith("https:");
const nameFor = (args: RouteArgs): string => (isSecure(args) ? "__Host-step" : "step");
const cookie = (args: RouteArgs, value: string, seconds: number): string =>
  `${nameFor(args)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure(args) ? "; Secure" : ""}`;

/** The cookie that binds a sign-in whose password was right to this browser, until its code comes. */
export const stepCookie = async (args: RouteArgs, ctx: UseCaseContext, userId: string): Promise<string> => cookie(args, await beginSignInStep(ctx, userId), STEP_MINUTES * 60);

/** Whether this browser has a sign-in that waits for its code. */
export const stepWaits = (args: RouteArgs, ctx: UseCaseContext): Promise<boolean> => signInStepWaits(ctx, cookieOf(args.request, nameFor(args)));

/** Passes the step of this browser. @returns whose account it is, and the cookie that forgets the step @throws {DomainError} STEP_ENDED, STEP_CODE_WRONG, TOO_MANY_REQUESTS */
export async function passStep(args: RouteArgs, ctx: UseCaseContext, code: StepCode): Promise<{ userId: string; forget: string }> {
  const { userId } = await passSignInStep(ctx, cookieOf(args.request, nameFor(args)), code);
  return { userId, forget: cookie(args, "", 0) };
}
