import { redirect } from "@remix-run/node";
import { contextOf, sessionsFor, type RouteArgs } from "~/http/context.server";
import { paths } from "~/paths";

/** Ends the session on the server, not only in the browser. */
export async function action(args: RouteArgs) {
  const ctx = await contextOf(args);
  const sessions = sessionsFor(args.context.runtime);
  const form = await args.request.formData();
  if (form.get("everywhere") === "yes" && ctx.actor.kind === "user") await sessions.endAll(ctx.actor.userId);
  return redirect(paths(ctx.locale).home(), { headers: { "Set-Cookie": await sessions.end(args.request) } });
}

export const loader = async (args: RouteArgs) => redirect(paths((await contextOf(args)).locale).me());
