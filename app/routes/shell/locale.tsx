import { data, redirect } from "@remix-run/node";
import { Outlet } from "@remix-run/react";
import type { RouteArgs } from "~/http/context.server";
import { localeFrom, rememberedHome, switchedByHand } from "~/http/locale.server";
import { languageCookie } from "~/http/preferences.server";

/** Knows only whether the first segment names a language; the root language has no segment of its own. */
export function loader({ params, request }: RouteArgs) {
  if (params["lang"] === "zh-Hans") {
    const url = new URL(request.url);
    throw redirect(url.pathname.replace(/^\/zh-Hans/, "") + url.search || "/", 301);
  }
  const locale = localeFrom(params);
  if (switchedByHand(request, locale)) return data(null, { headers: { "Set-Cookie": languageCookie(locale) } });
  const home = rememberedHome(request);
  if (home) throw redirect(home);
  return null;
}

export default function Locale() {
  return <Outlet />;
}
