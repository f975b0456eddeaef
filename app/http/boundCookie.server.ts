import { cookieOf } from "~/session/cookieOf";
import type { RouteArgs } from "./context.server";

/**
 * A secret that only one browser holds while somebody comes in, in a cookie of this name: never read by
 * scripts, and over https of this host alone.
 */
export function boundCookie(name: string) {
  const isSecure = ({ context }: RouteArgs): boolean =>
    context.runtime.settings.PUBLIC_URL.startsWith("https:");
  const nameFor = (args: RouteArgs): string => (isSecure(args) ? `__Host-${name}` : name);
  return {
    /** What this browser holds; empty where nothing. */
    read: (args: RouteArgs): string => cookieOf(args.request, nameFor(args)),
    /** The header that gives it to this browser for so long; for no seconds, that takes it away. */
    set: (args: RouteArgs, value: string, seconds: number): string =>
      `${nameFor(args)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure(args) ? "; Secure" : ""}`,
  };
}
