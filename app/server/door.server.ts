import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import {
  ageOf,
  type Found,
  isKnownTo,
  type KeptPage,
  type PublicPages,
  sentBytes,
  wordsOf,
} from "./publicPages.server";
import type { AnswerLog } from "./requests.server";

/** Puts the door before whatever else answers; what every answer says, it says itself. */
export type Door = (always: Readonly<Record<string, string>>, otherwise: RequestListener) => RequestListener;

/**
 * Gives out public pages as they are kept on bare node:http: who asks in the very words of somebody before
 * them, and says nothing of themselves, gets what these got. Everything else, and what is kept no more, is
 * answered behind it. The version is asked here as well, and the log gets the same line.
 */
export function makeDoor({ keptFor }: PublicPages, log: AnswerLog): Door {
  return (always, otherwise) => {
    const said = Object.entries(always).flat();
    const answer = async (
      looked: Promise<Found | undefined>,
      incoming: IncomingMessage,
      outgoing: ServerResponse,
    ) => {
      const startedAt = performance.now();
      const found = await looked;
      if (!found) {
        otherwise(incoming, outgoing);
        return;
      }

      const requestId = randomUUID();
      const status = await send(outgoing, incoming, found, [...said, "x-request-id", requestId]);
      log.info({
        requestId,
        method: "GET",
        path: found.logged,
        status,
        ms: Math.round(performance.now() - startedAt),
      });
    };

    return (incoming, outgoing) => {
      const looked = incoming.method === "GET" ? keptFor(wordsSaid(incoming)) : undefined;
      if (looked === undefined) otherwise(incoming, outgoing);
      // A fault ends this answer alone: a promise that nobody waits for would end the process.
      else answer(looked, incoming, outgoing).catch(() => outgoing.destroy());
    };
  };
}

const wordsSaid = ({ url = "", headers }: IncomingMessage): string =>
  wordsOf(url, (name) => {
    const said = headers[name];
    return typeof said === "string" ? said : undefined;
  });

/**
 * Sends a kept page, or says that it is known. All headers go in one list: one that was set before would send
 * the rest a slower way.
 * @returns the status that was sent
 */
async function send(
  outgoing: ServerResponse,
  { headers: asked }: IncomingMessage,
  { page, ageMs, encoding }: Found,
  ofThisAnswer: readonly string[],
): Promise<number> {
  const headers = [...headersOf(page), ...ofThisAnswer, "age", ageOf(ageMs)];
  if (isKnownTo(asked["if-none-match"], page)) {
    outgoing.writeHead(304, headers).end();
    return 304;
  }

  const bytes = await sentBytes(page, encoding);
  if (encoding !== undefined) headers.push("content-encoding", encoding);
  headers.push("content-length", String(bytes.length));
  outgoing.writeHead(200, headers).end(bytes);
  return 200;
}

const headersRead = new WeakMap<KeptPage, readonly string[]>();

function headersOf(page: KeptPage): readonly string[] {
  const known = headersRead.get(page) ?? [...page.headers].flat();
  headersRead.set(page, known);
  return known;
}
