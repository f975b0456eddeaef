import { loadActor } from "~/domain/identity/queries.server";
import { holds } from "~/domain/kernel/actor";
import { sessionsFor } from "./context.server";
import type { Runtime } from "./loadContext";

/** What anybody may send. */
export const MOST_BODY_BYTES = 12 * 1024 * 1024;
/** What somebody whose work it is may send to a page that takes files: both lists of a large city whole. */
export const MOST_UPLOAD_BYTES = 64 * 1024 * 1024;

const TAKES_FILES = /^(\/(zh-Hant|en))?\/(field\/import|lists-desk\/(files|hsds|hsds\/notes\.csv))(\.data)?$/;

/** How large a request's body may be: more than usual only once it is known that it comes from somebody who imports files. */
export async function mostBytesOf(request: Request, runtime: Runtime): Promise<number> {
  const length = request.headers.get("content-length");
  const isLarge = length === null || length.length > 7;
  if (request.method !== "POST" || !isLarge || !TAKES_FILES.test(new URL(request.url).pathname)) return MOST_BODY_BYTES;
  const signedIn = await sessionsFor(runtime).read(request, runtime.now());
  if (signedIn === undefined) return MOST_BODY_BYTES;
  const actor = await loadActor(runtime.db, signedIn.userId);
  return holds(actor, "operator") || holds(actor, "caseworker") ? MOST_UPLOAD_BYTES : MOST_BODY_BYTES;
}

/** Says in words, in both languages since no page is made for it, that a file is too large. */
export function tooLarge(most: number): Response {
  const megabytes = most / 1024 / 1024;
  const page = `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>文件太大 / Too large</title><main><h1>文件太大</h1><p>一次最多 ${megabytes} MB。请把文件压缩成 ZIP，或者分成几个。请按“返回”回到刚才的页面。</p><p lang="en">The file is too large: at most ${megabytes} MB at once. Please compress it as a ZIP or split it. Use “Back” to return to the page.</p></main></html>`;
  return new Response(page, { status: 413, headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" } });
}
