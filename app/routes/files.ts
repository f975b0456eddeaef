import { readFile } from "~/domain/delivery/photos.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idFrom } from "~/http/ids.server";

/** A file of evidence, to those who may see it; shown, never run, and kept by no cache. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { bytes, mediaType } = await readFile(ctx, idFrom(args, "id"));
    return new Response(new Uint8Array(bytes), {
      headers: {
        "Content-Type": mediaType,
        "Content-Length": String(bytes.length),
        "Content-Disposition": "inline",
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
        "Cross-Origin-Resource-Policy": "same-origin",
      },
    });
  });
