import { redirect } from "@remix-run/node";
import { Outlet } from "@remix-run/react";
import type { RouteArgs } from "~/http/context.server";
import { localeFrom, rememberedHome } from "~/http/locale.server";
import { languageCookie } from "~/http/preferences.server";
import { chosenPage, samePageIn } from "~/paths";
import { ErrorPage } from "~/ui/shell/ErrorPage";

/** Knows only whether the first segment names a language; the root language has no segment of its own. */
export function loader({ params, request }: RouteArgs) {
  const url = new URL(request.url);
  if (params["lang"] === "zh-Hans") throw redirect(samePageIn("zh-Hans", url.pathname, url.search), 301);

  const locale = localeFrom(params);
  const chosen = chosenPage(locale, url);
  if (chosen !== undefined) throw redirect(chosen, { headers: { "Set-Cookie": languageCookie(locale) } });
  const home = rememberedHome(request);
  if (home) throw redirect(home);
  return null;
}

export default function Locale() {
  return <Outlet />;
}

/**
 * What went wrong on any page of the house. It stands here and not only at the root: after a refused form the
 * loaders above the boundary alone are asked, and without the root's answer the page would have no words.
 */
export const ErrorBoundary = ErrorPage;
