import { data, redirect } from "@remix-run/node";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { GoOn } from "~/ui/identity/GoOnPage";
import { nowSignedIn, sessionsFor, type RouteArgs } from "./context.server";
import { openKept } from "./keptForm.server";
import { recordUse } from "~/journal/recordUse.server";
import { patternOf } from "./pattern.server";
import { safeBack } from "./redirect.server";

type Way = Readonly<{ back?: string | undefined; kept?: string | undefined; drop?: string | undefined; otherwise: string }>;

/** Signed in: back to where they came from, or on with what they had typed. Somebody else's form is handed to nobody. */
export async function enter(args: RouteArgs, ctx: UseCaseContext, userId: string, { back, kept, drop, otherwise }: Way) {
  const { runtime } = args.context;
  const form = kept === undefined || drop !== undefined ? undefined : openKept(ctx, kept);
  if (form?.owner !== undefined && form.owner !== userId) throw new DomainError("KEPT_FOR_ANOTHER");
  // What this browser was signed in with opens nothing any more, whoever has a copy of it.
  await sessionsFor(runtime).end(args.request, runtime.now());
  await recordUse(ctx.db, ctx, { kind: "sign_in", what: patternOf(args), accountId: userId });
  const headers = { "Set-Cookie": await sessionsFor(runtime).start(userId, runtime.now()) };
  if (!form) return redirect(safeBack(back, otherwise), { headers });
  await nowSignedIn(args, userId);
  const goOn: GoOn = { address: form.address, fields: form.fields, files: form.files };
  return data({ goOn }, { headers });
}

/** Whoever makes an account goes on with a form that nobody owned before. @throws {DomainError} KEPT_FOR_ANOTHER for one of somebody who was signed in */
export function requireNobodys(ctx: UseCaseContext, kept: string | undefined): void {
  if (kept !== undefined && openKept(ctx, kept)?.owner !== undefined) throw new DomainError("KEPT_FOR_ANOTHER");
}
