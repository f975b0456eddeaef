import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

export const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ["X-Content-Type-Options", "nosniff"],
  ["Referrer-Policy", "strict-origin-when-cross-origin"],
  ["X-Frame-Options", "DENY"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Permissions-Policy", "camera=(self), geolocation=(), microphone=()"],
];

/** Own scripts only, by nonce; forms go to us and to the payment page. */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self' https://checkout.stripe.com",
  ].join("; ");

/** The path as the log may keep it: a token opens what it names, so it never reaches a log. */
export const loggedPath = (path: string): string => path.replace(/(\/(?:t|s|new-password|new-mail|invitation)\/)[^/]+/g, "$1…");

/**
 * Sends the cookie that prolongs a session in use along with an answer. Never with one that others may keep, and never beside a
 * cookie of the answer's own for the session: who has just signed out stays signed out.
 */
export function prolong(headers: Headers, sessionCookie: string | undefined): void {
  if (sessionCookie === undefined || headers.get("cache-control")?.includes("public")) return;
  const name = sessionCookie.slice(0, sessionCookie.indexOf("=") + 1);
  if (!headers.getSetCookie().some((cookie) => cookie.startsWith(name))) headers.append("Set-Cookie", sessionCookie);
}

/** The caller's address: the socket's own, or behind so many trusted proxies the entry that the outermost of them wrote; where that is missing, the socket's. */
export function clientAddress(c: Context, trustedProxies: number): string {
  const socket = getConnInfo(c).remote.address ?? "unknown";
  if (trustedProxies === 0) return socket;
  const chain = (c.req.header("x-forwarded-for") ?? "").split(",").flatMap((entry) => entry.trim() || []);
  return chain.at(-trustedProxies) ?? socket;
}
