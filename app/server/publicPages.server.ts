import { readDone } from "~/http/done.server";
import type { Frame } from "~/http/loadContext";
import { chosenHome, localeOfPath } from "~/http/locale.server";
import { readPreferences } from "~/http/preferences.server";
import { hasTag, weakTagOf } from "~/http/tag.server";
import { askedTogether } from "./askedTogether";
import { loggedPath, saySecurely } from "./requests.server";
import { writtenBytes } from "./written.server";
import { type Encoding, encodingFor, zip } from "./zip.server";

/**
 * The greatest age of the numbers on a public page: nobody decides by them, and a crowd that comes at once is
 * served one rendering.
 */
const KEPT_MS = 5_000;
/** Some four hundred pages; what was kept first goes first. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Of a page that shows nothing of whoever asks: a city's nginx or CDN may give it out as long as we do. */
const FOR_CACHES = "public, max-age=0, s-maxage=5";
/** These, and how the page is to be sent, are all that it depends on beside its address. */
const VARIES_BY = "Accept-Encoding, Cookie";
/** A form that does something once: its key belongs to one reader. */
const REQUEST_KEY = /requestKey\\?"/;
/** Cookies that a still page reads. No other reaches it, so that nothing of a person can stand in it. */
const IMPERSONAL_COOKIES = new Set(["look", "lang", "done"]);

/**
 * A page as it is kept, of one version of the public pages: its bytes, and the same zipped for whoever takes
 * that, once it was asked for.
 */
export type KeptPage = Readonly<{
  version: number;
  headers: Headers;
  plain: Buffer<ArrayBuffer>;
  zipped: Map<Encoding, Promise<Buffer<ArrayBuffer>>>;
  /** For the memory that it takes: what is zipped is smaller, however often it is. */
  bytes: number;
  at: number;
}>;
/** Makes the page as it is at this version; nobody knows the version of a page that is for one reader. */
type Render = (version?: number) => Promise<Response>;
/**
 * `readVersion` answers with nothing when the database does not; then every page is made anew, and says so
 * itself.
 */
type World = Readonly<{ now: () => Date; readVersion: () => Promise<number | undefined> }>;

export type PublicPages = Readonly<{
  /** The page, kept or made, as whoever asks takes it. */
  answer: (request: Request, frame: Frame, render: Render) => Promise<Response>;
  /**
   * The page and its age, where somebody got it a moment ago who asked in the very same words and of whom it
   * shows nothing; undefined at once where these words are new.
   */
  keptFor: (words: string) => Promise<Found | undefined> | undefined;
}>;

/** A page that is still fresh, and how somebody takes it. */
export type Found = Readonly<{
  page: KeptPage;
  ageMs: number;
  encoding: Encoding | undefined;
  logged: string;
}>;

/** Read once from the words in which somebody asks: how they take what is zipped, and what the log gets. */
type Asking = Readonly<{ shared: string; encoding: Encoding | undefined; logged: string }>;

/** So many ways of asking are known at once; the first goes first. */
const MOST_WORDS = 4_000;
/** Whoever needs more words than this goes the long way: all that is known of them takes some megabytes. */
const MOST_SIGNS = 1_000;
/** All that a page for everybody may depend on, beside its address. */
const HEADERS_READ = ["cookie", "accept-encoding"];

/** What somebody asks, as they said it: who says the same, and nothing of themselves, gets the same. */
export const wordsOf = (address: string, header: (name: string) => string | null | undefined): string =>
  [address, ...HEADERS_READ.map((name) => header(name) ?? "")].join("\n");

/** The request as a still page is made from it: as anybody's, from nowhere in particular. */
export function asAnybodys(request: Request): Request {
  const headers = new Headers(request.headers);
  for (const name of ["origin", "x-forwarded-host"]) headers.delete(name);
  const cookies = cookiesOf(request).filter(isImpersonal);
  if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
  else headers.delete("cookie");
  return new Request(request.url, { method: request.method, headers });
}

const cookiesOf = ({ headers }: Request): string[] =>
  (headers.get("cookie") ?? "").split(";").flatMap((cookie) => cookie.trim() || []);

const isImpersonal = (cookie: string): boolean => IMPERSONAL_COOKIES.has(cookie.split("=")[0] ?? "");

/** Whether a page with this frame shows nothing of whoever asks. */
export const isAnybodys = ({ basket, roles }: Frame): boolean => basket === 0 && roles === undefined;

/** Under which key a still page may be shared with others; undefined when it says something to one reader. */
function sharedKey(request: Request, { basket, roles }: Frame): string | undefined {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || readDone(request, localeOfPath(pathname)) !== undefined) return undefined;
  // By link they get this page, typed another one: nothing that a cache on the way may give out for both.
  if (chosenHome(request) !== undefined) return undefined;
  searchParams.sort();
  const look = Object.values(readPreferences(request));
  return [pathname, searchParams, ...look, basket, roles?.join("+") ?? "visitor"].join(" ");
}

/**
 * Keeps still pages for a few seconds in this process's memory, so that a crowd costs one rendering and one
 * zipping. What is kept is the same for everybody with the same frame: the page was made from a request that
 * says nothing else of them (`asAnybodys`), sets no cookie and holds no request key. Equal requests at once
 * are rendered once. What leaves the public pages is gone at once in every process: the version is asked of
 * the database before each answer, and a page from before is found no more.
 */
export function keepPublicPages({ now, readVersion }: World): PublicPages {
  const kept = new Map<string, KeptPage>();
  const underWay = new Map<string, Promise<KeptPage | Response>>();
  const askings = new Map<string, Asking>();
  const version = askedTogether(readVersion);
  let bytes = 0;

  const forget = (key: string): void => {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };

  const keep = (key: string, page: KeptPage): void => {
    forget(key);
    kept.set(key, page);
    bytes += page.bytes;
    for (const [oldest, { at }] of kept) {
      if (bytes <= MOST_BYTES && now().getTime() - at < KEPT_MS) break;
      forget(oldest);
    }
  };

  /** The page under this key that is of this version and not too old, and its age. */
  const fresh = (key: string, version: number) => {
    const page = kept.get(key);
    const ageMs = page ? now().getTime() - page.at : KEPT_MS;
    return page?.version === version && ageMs < KEPT_MS ? { page, ageMs } : undefined;
  };

  const remember = (request: Request, shared: string): void => {
    const { pathname, search } = new URL(request.url);
    const words = wordsOf(pathname + search, (name) => request.headers.get(name));
    if (words.length > MOST_SIGNS) return;
    const encoding = encodingFor(request.headers.get("accept-encoding"));
    askings.set(words, { shared, encoding, logged: loggedPath(pathname) });
    for (const oldest of askings.keys()) {
      if (askings.size <= MOST_WORDS) break;
      askings.delete(oldest);
    }
  };

  const keptFor: PublicPages["keptFor"] = (words) => {
    const asking = askings.get(words);
    return asking === undefined
      ? undefined
      : version().then((current) => {
          const { shared, encoding, logged } = asking;
          const found = current === undefined ? undefined : fresh(shared, current);
          return found && { page: found.page, ageMs: found.ageMs, encoding, logged };
        });
  };

  const answer: PublicPages["answer"] = async (request, frame, render) => {
    const shared = sharedKey(request, frame);
    if (shared === undefined) return render();
    // Asked before the page is read: a change in between makes the page count as older than it is, never as
    // newer.
    const current = await version();
    if (current === undefined) return render();
    if (isAnybodys(frame) && cookiesOf(request).every(isImpersonal)) remember(request, shared);
    const known = fresh(shared, current);
    if (known) return answerOf(known.page, request, known.ageMs);
    const key = `${current} ${shared}`;
    const begun = underWay.get(key);
    if (begun) {
      // Who joined a rendering that failed, or that turned out to be for one reader only, gets one of their
      // own.
      const joined = await begun.catch(() => undefined);
      return joined === undefined || joined instanceof Response
        ? render(current)
        : answerOf(joined, request, 0);
    }

    const rendering = render(current).then((response) => asKept(response, frame, current, now().getTime()));
    underWay.set(key, rendering);
    try {
      const made = await rendering;
      if (made instanceof Response) return made;
      keep(shared, made);
      return await answerOf(made, request);
    } finally {
      underWay.delete(key);
    }
  };

  return { answer, keptFor };
}

/** The page as it may be kept, or the answer as it was when it is for its reader alone. */
async function asKept(
  response: Response,
  frame: Frame,
  version: number,
  at: number,
): Promise<KeptPage | Response> {
  if (response.status !== 200 || response.headers.has("set-cookie")) return response;
  const plain = await writtenBytes(response);
  if (plain === undefined) return response;
  if (plain.includes("requestKey") && REQUEST_KEY.test(plain.toString()))
    return new Response(plain, { status: response.status, headers: response.headers });
  const headers = new Headers(response.headers);
  saySecurely(headers, undefined);
  headers.set("Vary", VARIES_BY);
  if (isAnybodys(frame)) {
    headers.set("Cache-Control", FOR_CACHES);
    headers.set("ETag", weakTagOf(plain));
  }

  return { version, headers, plain, zipped: new Map(), bytes: 2 * plain.length, at };
}

/** `Age` says, in seconds as HTTP has it, that the page was kept or shared. */
async function answerOf(page: KeptPage, request: Request, ageMs?: number): Promise<Response> {
  const headers = new Headers(page.headers);
  if (ageMs !== undefined) headers.set("Age", ageOf(ageMs));
  if (isKnownTo(request.headers.get("if-none-match"), page))
    return new Response(null, { status: 304, headers });
  const encoding = encodingFor(request.headers.get("accept-encoding"));
  if (encoding !== undefined) headers.set("Content-Encoding", encoding);
  return new Response(await sentBytes(page, encoding), { headers });
}

export const ageOf = (ageMs: number): string => String(Math.floor(ageMs / 1_000));

/** The page's bytes as somebody takes them, zipped once for all who take them so. */
export function sentBytes(
  page: KeptPage,
  encoding: Encoding | undefined,
): Promise<Buffer<ArrayBuffer>> | Buffer<ArrayBuffer> {
  if (encoding === undefined) return page.plain;
  const zipped = page.zipped.get(encoding) ?? zip(page.plain, encoding);
  page.zipped.set(encoding, zipped);
  return zipped;
}

/** Whether the browser, or a cache on the way, says that it has this very page. */
export function isKnownTo(ifNoneMatch: string | null | undefined, { headers }: KeptPage): boolean {
  const etag = ifNoneMatch ? headers.get("etag") : null;
  return etag !== null && hasTag(ifNoneMatch, etag);
}
