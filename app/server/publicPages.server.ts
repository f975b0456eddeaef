import { rememberedHome, switchedByHand } from "~/http/locale.server";
import { readPreferences } from "~/http/preferences.server";
import { localeOfSegment } from "~/i18n/locales";

/**
 * The greatest age of the numbers on a public page: nobody decides by them, and a crowd that comes at once is
 * served one rendering.
 */
const KEPT_MS = 5_000;
/** Some three hundred pages; what was kept first goes first. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * What everybody may read and nobody decides on, in each language; `.data` is the same for the router in the
 * browser. All else is made anew for each request.
 */
const PUBLIC =
  /^(?:\/(?<lang>zh-Hant|en))?(?:\/(?:wishes(?:\/[0-9A-Z]+)?|lists(?:\/(?:government|social)(?:\/[A-Z0-9]+)?)?|help-me(?:\/finder)?|points|open|accessibility|elder|_root)?)?(?:\.data)?$/;
/**
 * These change nothing that the key does not know. Any other cookie (a session, a basket, one we do not know)
 * stands for a person.
 */
const IMPERSONAL_COOKIES = new Set(["look", "lang"]);
/** A form that does something once: its key belongs to one reader. */
const REQUEST_KEY = /requestKey\\?"/;

/** A page as it is kept: its bytes around the places where each answer's own nonce goes. */
type Kept = Readonly<{ headers: Headers; around: readonly Buffer[]; bytes: number; at: number }>;
/** Renders the page with the nonce of this request. */
type Render = () => Promise<Response>;
/**
 * `readVersion` answers with nothing when the database does not; then every page is made anew, and says so
 * itself.
 */
type World = Readonly<{ now: () => Date; readVersion: () => Promise<number | undefined> }>;

/** Under which key a request's answer may be shared with others; undefined when it may not. */
function sharedKey(request: Request): string | undefined {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || request.headers.has("authorization")) return undefined;
  const cookies = (request.headers.get("cookie") ?? "")
    .split(";")
    .map((cookie) => cookie.split("=")[0]?.trim() ?? "");
  if (cookies.some((name) => name !== "" && !IMPERSONAL_COOKIES.has(name))) return undefined;
  const found = PUBLIC.exec(pathname);
  const locale = localeOfSegment(found?.groups?.["lang"]);
  if (!found || !locale || switchedByHand(request, locale) || rememberedHome(request) !== undefined)
    return undefined;
  searchParams.sort();
  return [pathname, searchParams, ...Object.values(readPreferences(request))].join(" ");
}

/** Whether a request asks for a page that is the same for everybody, and shows nothing of who asks. */
export const isForEverybody = (request: Request): boolean => sharedKey(request) !== undefined;

/**
 * Keeps public pages for a few seconds in this process's memory, so that a crowd of visitors costs one
 * rendering. Only what is the same for everybody is kept: no nonce (each answer gets its own), no cookie, no
 * request key. Equal requests at once are rendered once. What leaves the public pages is gone at once in
 * every process: the version is asked of the database before each answer, and stands in the key, so that no
 * page from before is found any more.
 */
export function keepPublicPages({
  now,
  readVersion,
}: World): (request: Request, nonce: string, render: Render) => Promise<Response> {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<Kept | Response>>();
  let bytes = 0;

  const forget = (key: string): void => {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };

  const keep = (key: string, page: Kept): void => {
    forget(key);
    kept.set(key, page);
    bytes += page.bytes;
    for (const [oldest, { at }] of kept) {
      if (bytes <= MOST_BYTES && now().getTime() - at < KEPT_MS) break;
      forget(oldest);
    }
  };

  return async (request, nonce, render) => {
    const shared = sharedKey(request);
    if (shared === undefined) return render();
    // Asked before the page is read: a change in between makes the page count as older than it is, never as
    // newer.
    const version = await readVersion();
    if (version === undefined) return render();
    const key = `${version} ${shared}`;
    const known = kept.get(key);
    const age = known ? now().getTime() - known.at : KEPT_MS;
    if (known && age < KEPT_MS) return answerOf(known, nonce, age);
    const begun = underWay.get(key);
    if (begun) {
      // Who joined a rendering that failed, or that turned out to be for one reader only, gets one of their
      // own.
      const joined = await begun.catch(() => undefined);
      return joined === undefined || joined instanceof Response ? render() : answerOf(joined, nonce, 0);
    }

    const rendering = render().then((response) => takeApart(response, nonce, now().getTime()));
    underWay.set(key, rendering);
    try {
      const made = await rendering;
      if (made instanceof Response) return made;
      keep(key, made);
      return answerOf(made, nonce);
    } finally {
      underWay.delete(key);
    }
  };
}

/**
 * The page as it may be kept, or the answer as it was when it may not. Cut at this rendering's own nonce,
 * which nobody could write into a page beforehand.
 */
async function takeApart(response: Response, nonce: string, at: number): Promise<Kept | Response> {
  if (response.status !== 200 || response.headers.has("set-cookie")) return response;
  const page = await response.text();
  if (REQUEST_KEY.test(page))
    return new Response(page, { status: response.status, headers: response.headers });
  const around = page.split(nonce).map((part) => Buffer.from(part));
  return { headers: response.headers, around, bytes: around.reduce((sum, part) => sum + part.length, 0), at };
}

/** The page with this answer's nonce; `Age` says, in seconds as HTTP has it, that it was kept or shared. */
function answerOf({ headers, around }: Kept, nonce: string, ageMs?: number): Response {
  const own = Buffer.from(nonce);
  const answer = new Response(
    Buffer.concat(around.flatMap((part, index) => (index === 0 ? [part] : [own, part]))),
    { headers: new Headers(headers) },
  );
  if (ageMs !== undefined) answer.headers.set("Age", String(Math.floor(ageMs / 1_000)));
  return answer;
}
