import { redirect } from "@remix-run/node";
import { Outlet } from "@remix-run/react";
import type { RouteArgs } from "~/http/context.server";
import { localeFrom } from "~/http/locale.server";

/** Knows only whether the first segment names a language; the root language has no segment of its own. */
export function loader({ params, request }: RouteArgs) {
  if (params["lang"] === "zh-Hans") {
    const url = new URL(request.url);
    throw redirect(url.pathname.replace(/^\/zh-Hans/, "") + url.search || "/", 301);
  }
  localeFrom(params);
  return null;
}

export default function Locale() {
  return <Outlet />;
}
