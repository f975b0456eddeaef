import { Writable } from "node:stream";
import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { faultOf } from "~/server/fault.server";
import { keepParts } from "~/server/keptParts.server";
import { withoutNul } from "~/server/withoutNul.server";
import { writtenPage } from "~/server/written.server";
import { FieldLabels } from "~/ui/primitives/Field";
import { isGivenBack } from "~/ui/primitives/givenBack";
import { StillContext } from "~/ui/primitives/Link";
import { KeptContext } from "~/ui/shell/Kept";
import { NonceContext } from "~/ui/shell/nonce";
import { isStill } from "~/ui/shell/pageHandle";

const RENDER_DEADLINE_MS = 5_000;
const partsOfOne = keepParts();

/**
 * Renders a page; where a form came back with errors twice, so that the list above it knows what its fields
 * are called.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const labels = new Map<string, string>();
  const page = { request, status, remixContext, loadContext, labels };
  const isAnswered = Object.values(remixContext.staticHandlerContext.actionData ?? {}).some(hasErrors);
  if (loadContext.frame !== undefined || isOfStillRoute(remixContext)) {
    if (isAnswered) renderStill(page);
    headers.set("Content-Type", "text/html; charset=utf-8");
    return writtenPage(renderStill(page), { status, headers });
  }

  if (isAnswered) {
    // What goes to the browser's script can be handed over once: the page that is only listened to hands
    // nothing over.
    const { serverHandoffStream: _once, ...heard } = remixContext;
    await render({ ...page, remixContext: { ...heard, renderMeta: {} } });
  }

  const rendered = await render(page);
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(rendered.html, { status: rendered.status, headers });
}

/**
 * Whether the page that was asked for is still. What stands in its place when something went wrong is not: to
 * sign in first may need the framework's scripts.
 */
function isOfStillRoute({ staticHandlerContext, routeModules }: EntryContext): boolean {
  const leaf = staticHandlerContext.matches.at(-1)?.route.id ?? "";
  return staticHandlerContext.errors === null && isStill(routeModules[leaf]?.handle);
}

/** A still page, in one go: nothing of it waits, and nothing of it is handed over to a script. */
function renderStill({ request, remixContext, loadContext, labels }: Page): string {
  // Taken out, not only left unread: it is encoded when somebody asks for it.
  Object.defineProperty(remixContext, "serverHandoffStream", { value: undefined });
  const { placeOf, whole } = partsOfOne();
  const page = (
    <StillContext.Provider value={true}>
      <KeptContext.Provider value={placeOf}>
        <NonceContext.Provider value={loadContext.nonce}>
          <FieldLabels.Provider value={labels}>
            <RemixServer context={remixContext} url={request.url} />
          </FieldLabels.Provider>
        </NonceContext.Provider>
      </KeptContext.Provider>
    </StillContext.Provider>
  );
  return `<!DOCTYPE html>${whole(renderToString(page))}`;
}

const hasErrors = (data: unknown): boolean => isGivenBack(data) && Object.keys(data.reply.errors).length > 0;

type Page = Readonly<{
  request: Request;
  status: number;
  remixContext: EntryContext;
  loadContext: AppLoadContext;
  labels: Map<string, string>;
}>;

/**
 * The whole page in one buffer: no page defers data, and a buffered answer costs a third less than a streamed
 * one. The timer is cleared when the page is done; left alone it would keep every render in memory for five
 * seconds.
 */
function render({
  request,
  status,
  remixContext,
  loadContext,
  labels,
}: Page): Promise<Readonly<{ html: Uint8Array<ArrayBuffer>; status: number }>> {
  const nonce = loadContext.nonce === undefined ? {} : { nonce: loadContext.nonce };
  return new Promise((resolve, reject) => {
    let finalStatus = status;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={loadContext.nonce}>
        <FieldLabels.Provider value={labels}>
          <RemixServer context={remixContext} url={request.url} {...nonce} abortDelay={RENDER_DEADLINE_MS} />
        </FieldLabels.Provider>
      </NonceContext.Provider>,
      {
        ...nonce,
        onAllReady() {
          const chunks: Uint8Array[] = [];
          pipe(
            new Writable({
              write(chunk: Buffer, _encoding, done) {
                chunks.push(withoutNul(chunk));
                done();
              },
              final(done) {
                clearTimeout(timer);
                resolve({ html: Buffer.concat(chunks), status: finalStatus });
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
export function handleError(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  say(error, context);
}

/** One line of JSON like those of the log, under the request's id, without anything that was typed. */
function say(error: unknown, { requestId }: AppLoadContext): void {
  console.error(JSON.stringify({ requestId, ...faultOf(error) }));
}
