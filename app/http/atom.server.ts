import { hasTag, weakTagOf } from "./tag.server";

type Entry = Readonly<{ url: string; title: string; summary: string; at: Date }>;

type Feed = Readonly<{
  /** Its own address, which is also what it is known by. */
  url: string;
  /** The page that shows the same. */
  page: string;
  lang: string;
  title: string;
  author: string;
  /** What it says of its age while nothing stands in it. */
  now: Date;
  entries: readonly Entry[];
}>;

/** Signs that no XML can hold, however they are written. */
const NO_XML = /(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu;

const escaped = (text: string): string =>
  text
    .replace(NO_XML, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

const entryOf = ({ url, title, summary, at }: Entry): string =>
  [
    "<entry>",
    element("id", url),
    element("title", title),
    `<link href="${escaped(url)}"/>`,
    element("updated", at.toISOString()),
    element("summary", summary),
    "</entry>",
  ].join("");

/** A feed as Atom has it (RFC 4287), newest first as its entries stand. */
export function atomOf({ url, page, lang, title, author, now, entries }: Feed): string {
  return [
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(lang)}">`,
    element("id", url),
    element("title", title),
    `<author>${element("name", author)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(url)}"/>`,
    `<link rel="alternate" type="text/html" href="${escaped(page)}"/>`,
    element("updated", (entries[0]?.at ?? now).toISOString()),
    ...entries.map(entryOf),
    "</feed>\n",
  ].join("\n");
}

/**
 * The feed as readers fetch it again and again: a tag tells them that nothing new stands in it. It lies in no
 * cache, so that what leaves the public pages leaves it at once.
 */
export function atomResponse(request: Request, feed: Feed): Response {
  const body = atomOf(feed);
  const tag = weakTagOf(body);
  const headers = { ETag: tag };
  if (hasTag(request.headers.get("if-none-match"), tag)) return new Response(null, { status: 304, headers });
  return new Response(body, {
    headers: { ...headers, "Content-Type": "application/atom+xml; charset=utf-8" },
  });
}
