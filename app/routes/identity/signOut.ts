import { redirect } from "@remix-run/node";
import { z } from "zod";
import { endMySessions } from "~/domain/identity/endSessions.server";
import { act } from "~/http/answer.server";
import { contextOf, type RouteArgs, sessionsFor } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { anybody } from "~/http/who.server";
import { paths } from "~/paths";

/**
 * What the browser still has of these pages goes with the session, the finder's answers of a shared computer
 * too. Not its cookies: browsers take those of all sites of the city with them, and how somebody wants pages
 * to look stays.
 */
const FORGOTTEN = { "Clear-Site-Data": '"cache", "storage"' };

const Input = z.object({ everywhere: z.literal("yes").optional() });

/** Ends the session on the server, not only in the browser; on wish those on all other devices too. */
export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(Input, async (ctx, { everywhere }) => {
      if (everywhere && ctx.actor.kind === "user") await endMySessions(ctx);
      const cookie = {
        "Set-Cookie": await sessionsFor(args.context.runtime).end(args.request, ctx.now()),
        ...FORGOTTEN,
      };
      const home = paths(ctx.locale).home();
      return everywhere
        ? doneAt(home, "done.signedOutEverywhere", new Headers(cookie))
        : redirect(home, { headers: cookie });
    }),
  });

export const loader = async (args: RouteArgs) => redirect(paths((await contextOf(args)).locale).me());
