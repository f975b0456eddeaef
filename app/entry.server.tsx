import { Writable } from "node:stream";
import type { AppLoadContext, DataFunctionArgs, EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { faultOf } from "~/server/fault.server";
import { withoutNul } from "~/server/withoutNul.server";
import { NonceContext } from "~/ui/shell/nonce";

const RENDER_DEADLINE_MS = 5_000;

/**
 * Renders the whole page into one buffer: no page defers data, and a buffered answer costs a third less than a streamed one.
 * The timer is cleared when the page is done; left alone it would keep every render in memory for five seconds.
 */
export default function handleRequest(request: Request, status: number, headers: Headers, remixContext: EntryContext, loadContext: AppLoadContext): Promise<Response> {
  return new Promise((resolve, reject) => {
    let finalStatus = status;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={loadContext.nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={loadContext.nonce} abortDelay={RENDER_DEADLINE_MS} />
      </NonceContext.Provider>,
      {
        nonce: loadContext.nonce,
        onAllReady() {
          headers.set("Content-Type", "text/html; charset=utf-8");
          const chunks: Uint8Array[] = [];
          pipe(
            new Writable({
              write(chunk: Buffer, _encoding, done) {
                chunks.push(withoutNul(chunk));
                done();
              },
              final(done) {
                clearTimeout(timer);
                resolve(new Response(Buffer.concat(chunks), { status: finalStatus, headers }));
                done();
              },
            }),
          );
        },
        onShellError(error) {
          clearTimeout(timer);
          reject(error instanceof Error ? error : new Error("render failed"));
        },
        onError(error) {
          finalStatus = 500;
          say(error, loadContext);
        },
      },
    );
    const timer = setTimeout(abort, RENDER_DEADLINE_MS);
  });
}

/** Refusals are answers, not faults: only real bugs are logged, and nothing once the reader has gone. */
export function handleError(error: unknown, { request, context }: DataFunctionArgs): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  say(error, context);
}

/** One line of JSON like those of the log, under the request's id, without anything that was typed. */
function say(error: unknown, { requestId }: AppLoadContext): void {
  console.error(JSON.stringify({ requestId, ...faultOf(error) }));
}
