import { redirect } from "@remix-run/node";
import type { RouteArgs } from "~/http/context.server";
import { localeFrom } from "~/http/locale.server";
import { preferencesCookie, readPreferences, type Preferences } from "~/http/preferences.server";
import { safeBack } from "~/http/redirect.server";
import { paths } from "~/paths";

/** Keeps how the reader wants pages to look, and goes back to where they were. A plain form: works without JavaScript. */
export async function action({ request, params }: RouteArgs) {
  const form = await request.formData();
  const before = readPreferences(request);
  const chosen = (name: keyof Preferences) => form.get(name);
  const after: Preferences = {
    theme: chosen("theme") === "dark" ? "dark" : chosen("theme") === "light" ? "light" : before.theme,
    contrast: chosen("contrast") === "more" ? "more" : chosen("contrast") === "normal" ? "normal" : before.contrast,
    size: chosen("size") === "elder" ? "elder" : chosen("size") === "normal" ? "normal" : before.size,
  };
  const referer = request.headers.get("referer");
  const back = referer && URL.canParse(referer) ? new URL(referer).pathname + new URL(referer).search : null;
  return redirect(safeBack(back, paths(localeFrom(params)).home()), { headers: { "Set-Cookie": preferencesCookie(after) } });
}

export const loader = ({ params }: RouteArgs) => redirect(paths(localeFrom(params)).accessibility());
