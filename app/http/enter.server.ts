import { data, redirect } from "@remix-run/node";
import { hasPasskey } from "~/domain/identity/passkeys.server";
import { hasSecondStep } from "~/domain/identity/secondStepOn.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";
import type { GoOn } from "~/ui/identity/GoOnPage";
import type { AskedStep } from "~/ui/identity/SignInStepPage";
import { nowSignedIn, type RouteArgs, sessionsFor } from "./context.server";
import { openKept } from "./keptForm.server";
import { patternOf } from "./pattern.server";
import { safeBack } from "./redirect.server";
import { stepCookie } from "./signInStep.server";

/**
 * How somebody has shown who they are: by the password (or a link) alone, or by the second step too; by the
 * demo's door, where nobody has secrets.
 */
type Shown = Readonly<
  { secondStep: "to come" } | { secondStep: "passed"; forget: string } | { secondStep: "demo's door" }
>;

type Way = Readonly<{
  back?: string | undefined;
  kept?: string | undefined;
  drop?: string | undefined;
  otherwise: string;
}>;

/**
 * Signed in: back to where they came from, or on with what they had typed. Somebody else's form is handed to
 * nobody. An account with a second step is asked for it first, wherever it comes in.
 * @throws {DomainError} KEPT_FOR_ANOTHER
 */
export async function enter(
  args: RouteArgs,
  ctx: UseCaseContext,
  userId: string,
  { back, kept, drop, otherwise }: Way,
  shown: Shown = { secondStep: "to come" },
) {
  const { runtime } = args.context;
  const form = kept === undefined || drop !== undefined ? undefined : openKept(ctx, kept);
  if (form?.owner !== undefined && form.owner !== userId) throw new DomainError("KEPT_FOR_ANOTHER");
  if (shown.secondStep === "to come" && (await hasSecondStep(ctx.db, userId))) {
    const asked: AskedStep = {
      back: safeBack(back, ""),
      kept: form && kept,
      passkey: await hasPasskey(ctx.db, userId),
    };
    return data({ askedStep: asked }, { headers: { "Set-Cookie": await stepCookie(args, ctx, userId) } });
  }

  // What this browser was signed in with opens nothing any more, whoever has a copy of it.
  await sessionsFor(runtime).end(args.request, runtime.now());
  await recordUse(ctx.db, ctx, { kind: "sign_in", what: patternOf(args), accountId: userId });
  const began = { "to come": "password", passed: "secondStep", "demo's door": "demoDoor" } as const;
  const headers = new Headers({
    "Set-Cookie": await sessionsFor(runtime).start(userId, runtime.now(), began[shown.secondStep]),
  });
  if (shown.secondStep === "passed") headers.append("Set-Cookie", shown.forget);
  if (!form) return redirect(safeBack(back, otherwise), { headers });
  await nowSignedIn(args, userId);
  const goOn: GoOn = { address: form.address, fields: form.fields, files: form.files };
  return data({ goOn }, { headers });
}

/**
 * Whoever makes an account goes on with a form that nobody owned before. @throws {DomainError}
 * KEPT_FOR_ANOTHER for one of somebody who was signed in
 */
export function requireNobodys(ctx: UseCaseContext, kept: string | undefined): void {
  if (kept !== undefined && openKept(ctx, kept)?.owner !== undefined)
    throw new DomainError("KEPT_FOR_ANOTHER");
}
