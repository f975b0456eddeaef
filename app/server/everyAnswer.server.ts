import type { RequestListener, Server as HttpServer } from "node:http";
import type { Duplex } from "node:stream";

type Headers = Readonly<Record<string, string>>;

/**
 * What every answer says, whatever it is of: a browser guesses no type of it, and over https comes back by
 * https only.
 */
export const saidAlways = (publicUrl: string): Headers => ({
  "X-Content-Type-Options": "nosniff",
  ...(publicUrl.startsWith("https:")
    ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" }
    : {}),
});

/** What cannot be read as HTTP, by what was wrong with it; anything else is a bad request. */
const UNREADABLE: ReadonlyMap<string, string> = new Map([
  ["HPE_HEADER_OVERFLOW", "431 Request Header Fields Too Large"],
  ["HPE_CHUNK_EXTENSIONS_OVERFLOW", "413 Payload Too Large"],
  ["ERR_HTTP_REQUEST_TIMEOUT", "408 Request Timeout"],
]);

/** Puts these headers on every answer that is given here: pages, files, health, refusals of the edge. */
export const saying =
  (headers: Headers, answer: RequestListener): RequestListener =>
  (incoming, outgoing) => {
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    answer(incoming, outgoing);
  };

/**
 * Puts these headers on what never becomes a request: bytes that are no HTTP, headers without an end, an
 * expectation that nobody meets.
 */
export function sayToUnreadable(
  server: HttpServer,
  headers: Headers,
  isAnswering: (connection: Duplex) => boolean,
): void {
  server.on(
    "checkExpectation",
    saying(headers, (_request, answer) => answer.writeHead(417).end()),
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // Into an answer that is under way nothing can be said any more.
    if (!socket.writable || isAnswering(socket)) return void socket.destroy();
    const lines = Object.entries({ ...headers, Connection: "close", "Content-Length": "0" }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.end(`HTTP/1.1 ${UNREADABLE.get(error.code ?? "") ?? "400 Bad Request"}\r\n${lines.join("")}\r\n`);
  });
}
