import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { ageOf, isKnownTo, type KeptPage, type PublicPages, sentBytes, wordsOf } from "./publicPages.server";
import type { AnswerLog } from "./requests.server";
import type { Encoding } from "./zip.server";

/** Puts the door before whatever else answers. */
export type Door = (otherwise: RequestListener) => RequestListener;

/**
 * Gives out public pages as they are kept on bare node:http: who asks in the very words of somebody before
 * them, and says nothing of themselves, gets what these got. Everything else, and what is kept no more, is
 * answered behind it. The version is asked here as well, and the log gets the same line.
 */
export function makeDoor({ keptFor }: PublicPages, log: AnswerLog): Door {
  return (otherwise) => (incoming, outgoing) => {
    const startedAt = performance.now();
    const kept = incoming.method === "GET" ? keptFor(wordsSaid(incoming)) : undefined;
    const answer = async () => {
      const found = await kept;
      if (!found) {
        otherwise(incoming, outgoing);
        return;
      }

      const requestId = randomUUID();
      outgoing.setHeader("x-request-id", requestId);
      const status = await send(outgoing, incoming, found);
      log.info({
        requestId,
        method: "GET",
        path: found.logged,
        status,
        ms: Math.round(performance.now() - startedAt),
      });
    };

    if (kept === undefined) otherwise(incoming, outgoing);
    // A fault ends this answer alone: a promise that nobody waits for would end the process.
    else answer().catch(() => outgoing.destroy());
  };
}

const wordsSaid = ({ url = "", headers }: IncomingMessage): string =>
  wordsOf(url, (name) => {
    const said = headers[name];
    return typeof said === "string" ? said : undefined;
  });

/** @returns the status that was sent */
async function send(
  outgoing: ServerResponse,
  { headers: asked }: IncomingMessage,
  { page, ageMs, encoding }: Readonly<{ page: KeptPage; ageMs: number; encoding: Encoding | undefined }>,
): Promise<number> {
  outgoing.setHeader("age", ageOf(ageMs));
  if (isKnownTo(asked["if-none-match"], page)) {
    outgoing.writeHead(304, headersOf(page)).end();
    return 304;
  }

  const bytes = await sentBytes(page, encoding);
  if (encoding !== undefined) outgoing.setHeader("content-encoding", encoding);
  outgoing.setHeader("content-length", bytes.length);
  outgoing.writeHead(200, headersOf(page)).end(bytes);
  return 200;
}

const headersRead = new WeakMap<KeptPage, Readonly<Record<string, string>>>();

function headersOf(page: KeptPage): Readonly<Record<string, string>> {
  const known = headersRead.get(page) ?? Object.fromEntries(page.headers);
  headersRead.set(page, known);
  return known;
}
