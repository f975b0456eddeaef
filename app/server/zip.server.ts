import { promisify } from "node:util";
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from "node:zlib";
import { writtenBytes } from "./written.server";

const asGzip = promisify(gzip);
const asBrotli = promisify(brotliCompress);
/** Half the work of the usual 6 for a twentieth more bytes. */
const GZIP_LEVEL = 4;
/** A tenth fewer bytes than 4; above it the work grows faster than they shrink. */
const BROTLI_QUALITY = 5;
const WORTH_BYTES = 1_024;
/** Zipped in under a millisecond. */
const SMALL_BYTES = 64 * 1_024;
const WORDS = /^(?:text\/|application\/json)/;

export type Encoding = "br" | "gzip";

/** How a browser takes what is zipped, the smaller way first; undefined when it does not. */
export function encodingFor(acceptEncoding: string | null | undefined): Encoding | undefined {
  const accepts = (acceptEncoding ?? "").split(",").map((one) => one.trim());
  const takes = (name: string) => accepts.some((one) => TAKEN.exec(one)?.[1] === name);
  return takes("br") ? "br" : takes("gzip") ? "gzip" : undefined;
}

/** A name with any weight but none at all. */
const TAKEN = /^(\w+)(?:\s*;\s*q=(?!0(?:\.0*)?$)[\d.]+)?$/;

/**
 * Bytes zipped: off the main thread, but for what is small, which to hand over costs more than half of what
 * it costs to zip.
 */
export function zip(bytes: Buffer<ArrayBuffer>, encoding: Encoding): Promise<Buffer<ArrayBuffer>> {
  const isSmall = bytes.length <= SMALL_BYTES;
  if (encoding === "gzip") {
    const how = { level: GZIP_LEVEL };
    return isSmall ? Promise.resolve(gzipSync(bytes, how)) : asGzip(bytes, how);
  }

  const how = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  };
  return isSmall ? Promise.resolve(brotliCompressSync(bytes, how)) : asBrotli(bytes, how);
}

/**
 * The answer zipped, where the browser takes that and it is worth it: the whole of it in one go. Through
 * streams, as the framework's middleware does it, a page costs twice that. Pictures, what is zipped already,
 * and a file that is still being made while it is sent (no-transform) stay as they are.
 */
export async function zipped(request: Request, response: Response): Promise<Response> {
  const { status, headers } = response;
  if (
    request.method === "HEAD" ||
    headers.has("content-encoding") ||
    headers.get("cache-control")?.includes("no-transform") ||
    !WORDS.test(headers.get("content-type") ?? "")
  )
    return response;
  if (!headers.get("vary")?.includes("Accept-Encoding")) headers.append("Vary", "Accept-Encoding");
  const encoding = encodingFor(request.headers.get("accept-encoding"));
  const bytes = encoding && (await writtenBytes(response));
  if (encoding === undefined || bytes === undefined) return response;
  if (bytes.length < WORTH_BYTES) return new Response(bytes, { status, headers });
  headers.set("Content-Encoding", encoding);
  headers.delete("Content-Length");
  return new Response(await zip(bytes, encoding), { status, headers });
}
