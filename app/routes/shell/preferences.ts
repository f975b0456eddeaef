import { redirect } from "@remix-run/node";
import { readBody } from "~/http/body.server";
import type { RouteArgs } from "~/http/context.server";
import { localeFrom } from "~/http/locale.server";
import { changedPreferences, preferencesCookie, readPreferences } from "~/http/preferences.server";
import { safeBack } from "~/http/redirect.server";
import { paths } from "~/paths";

/** A handful of short choices. */
const MOST_BYTES = 4_096;

/**
 * Keeps how the reader wants pages to look, and goes back to where they were. A plain form: works without
 * JavaScript.
 */
export async function action({ request, params }: RouteArgs) {
  const form = await readBody(request, MOST_BYTES);
  const after = changedPreferences(
    readPreferences(request),
    form instanceof FormData ? form : new FormData(),
  );
  const referer = request.headers.get("referer");
  const back = referer && URL.canParse(referer) ? new URL(referer).pathname + new URL(referer).search : null;
  return redirect(safeBack(back, paths(localeFrom(params)).home()), {
    headers: { "Set-Cookie": preferencesCookie(after) },
  });
}

export const loader = ({ params }: RouteArgs) => redirect(paths(localeFrom(params)).accessibility());
