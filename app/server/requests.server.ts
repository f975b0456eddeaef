import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { isUuid } from "~/domain/kernel/typed/uuid";

/** Where each answer leaves its line. */
export type AnswerLog = Readonly<{ info: (line: object) => void }>;

const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ["Referrer-Policy", "strict-origin-when-cross-origin"],
  ["X-Frame-Options", "DENY"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Permissions-Policy", "camera=(self), geolocation=(), microphone=()"],
];

/**
 * Own scripts only, by nonce; a page without one runs no script that stands in it, only files of our build.
 * Forms go to us and to the payment page.
 */
export const contentSecurityPolicy = (nonce: string | undefined): string =>
  [
    "default-src 'self'",
    nonce === undefined ? "script-src 'self'" : `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self' https://checkout.stripe.com",
  ].join("; ");

/** What every page and answer says to browsers of what may be done with it, and may run in it. */
export function saySecurely(headers: Headers, nonce: string | undefined): void {
  for (const [name, value] of SECURITY_HEADERS) if (!headers.has(name)) headers.set(name, value);
  headers.set("Content-Security-Policy", contentSecurityPolicy(nonce));
}

/** After these words of an address stands a secret: whoever has it opens what it names. */
const BEFORE_SECRET = new Set(["t", "s", "new-password", "new-mail", "invitation", "confirm-sign-up"]);
/**
 * A part as long as our secrets, and no id: hidden wherever it stands, also under an address that we do not
 * have.
 */
const LIKE_A_SECRET = /[\w-]{22,}/g;
const HIDDEN = "…";

/**
 * The path as the log may keep it. A secret never reaches a log, however its address is spelt: capitals,
 * doubled and turned slashes and signs in % are read first as a careless reader would read them, more than
 * once.
 */
export function loggedPath(path: string): string {
  let hides = false;
  const parts = plainly(path).map((part) => {
    if (part === "" || !hides) {
      hides ||= BEFORE_SECRET.has(part.toLowerCase().trim());
      return part.replace(LIKE_A_SECRET, (run) => (isUuid(run) ? run : HIDDEN));
    }

    hides = false;
    return HIDDEN;
  });
  return parts.join("/");
}

const MOST_READINGS = 5;

/**
 * The parts of a path with nothing in % left in it; of what is still in % after so many readings, nothing is
 * kept.
 */
function plainly(path: string): string[] {
  let text = path;
  for (let reading = 0; text.includes("%"); reading += 1) {
    if (reading === MOST_READINGS) return ["", HIDDEN];
    // What stands for no sign (half a letter, a bare %) is left out, so that it hides nothing either.
    text = text.replace(/(?:%[\da-f]{2})+|%/gi, (signs) =>
      Buffer.from(signs.replaceAll("%", ""), "hex").toString("utf8").replaceAll("\uFFFD", ""),
    );
  }

  return text.split(/[/\\]+/);
}

const KEPT_OUT = "private, no-store";

/**
 * What was made for one reader lies in no cache, neither the browser's nor anybody's on the way: everything
 * but what says itself that it is public (decision 21). What an answer asks for besides stays (a file that is
 * made while it is sent is not to be zipped).
 */
export function keepOutOfCaches(headers: Headers): void {
  const said = headers.get("cache-control") ?? "";
  if (!said.includes("public") && !said.startsWith(KEPT_OUT)) headers.set("Cache-Control", KEPT_OUT);
}

/**
 * Sends the cookie that prolongs a session in use along with an answer. Never with one that others may keep,
 * and never beside a cookie of the answer's own for the session: who has just signed out stays signed out.
 */
export function prolong(headers: Headers, sessionCookie: string | undefined): void {
  if (sessionCookie === undefined || headers.get("cache-control")?.includes("public")) return;
  const name = sessionCookie.slice(0, sessionCookie.indexOf("=") + 1);
  if (!headers.getSetCookie().some((cookie) => cookie.startsWith(name)))
    headers.append("Set-Cookie", sessionCookie);
}

/**
 * The caller's address: the socket's own, or behind so many trusted proxies the entry that the outermost of
 * them wrote; where that is missing, the socket's.
 */
export function clientAddress(c: Context, trustedProxies: number): string {
  const socket = getConnInfo(c).remote.address ?? "unknown";
  if (trustedProxies === 0) return socket;
  const chain = (c.req.header("x-forwarded-for") ?? "").split(",").flatMap((entry) => entry.trim() || []);
  return chain.at(-trustedProxies) ?? socket;
}
