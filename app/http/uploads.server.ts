import { holds } from "~/domain/kernel/actor";
import { MOST_TYPED_BYTES } from "./body.server";
import { sessionsFor } from "./context.server";
import type { Runtime } from "./loadContext";

/** What a page that takes files is sent at most: a photo or a table. */
export const MOST_BODY_BYTES = 12 * 1024 * 1024;
/** What somebody whose work it is may send to it: both lists of a large city whole. */
export const MOST_UPLOAD_BYTES = 64 * 1024 * 1024;

const TAKES_FILES =
  /^(\/(zh-Hant|en))?\/(field\/import|lists-desk\/(files|hsds|hsds\/notes\.csv)|deliver\/[^/]+\/hand-over)(\.data)?$/;

/**
 * How large a request's body may be: more than can be typed only where files go, and more than usual only
 * once it is known that it comes from somebody who imports them. A stranger who does not say how much is
 * coming (no browser does that) sends what can be typed.
 */
export async function mostBytesOf(request: Request, runtime: Runtime): Promise<number> {
  if (request.method !== "POST" || !TAKES_FILES.test(new URL(request.url).pathname)) return MOST_TYPED_BYTES;
  const length = request.headers.get("content-length");
  if (length !== null && length.length <= 7) return MOST_BODY_BYTES;
  const signedIn = await sessionsFor(runtime).read(request, runtime.now());
  if (signedIn === undefined) return length === null ? MOST_TYPED_BYTES : MOST_BODY_BYTES;
  const { actor } = signedIn;
  return holds(actor, "operator") || holds(actor, "caseworker") ? MOST_UPLOAD_BYTES : MOST_BODY_BYTES;
}

/** Says in words, in both languages since no page is made for it, that it was too much. */
export function tooLarge(most: number): Response {
  const megabytes = most / 1024 / 1024;
  const said =
    megabytes < 1
      ? {
          zh: "内容太多",
          en: "Too much",
          zhText: "一次送来的内容太多了，没有收下。",
          enText: "That was too much at once and was not taken.",
        }
      : {
          zh: "文件太大",
          en: "Too large",
          zhText: `一次最多 ${megabytes} MB。请把文件压缩成 ZIP，或者分成几个。`,
          enText: `The file is too large: at most ${megabytes} MB at once. Please compress it as a ZIP or split it.`,
        };
  const page = `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${said.zh} / ${said.en}</title><main><h1>${said.zh}</h1><p>${said.zhText}请按“返回”回到刚才的页面。</p><p lang="en">${said.enText} Use “Back” to return to the page.</p></main></html>`;
  return new Response(page, {
    status: 413,
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
  });
}
