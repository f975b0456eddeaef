import { createServer, type ServerResponse } from "node:http";
import { Server as NetServer } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { Door } from "./door.server";
import { saying, sayToUnreadable } from "./everyAnswer.server";

/** Who connected before the door was closed, and has not asked yet. */
const JUST_CONNECTED_MS = 100;

type Listening = Readonly<{
  host: string;
  port: number;
  /** What every answer says. */
  always: Readonly<Record<string, string>>;
  /**
   * Until when `close` goes on taking requests, so that whoever spreads them sees at /healthz that this copy
   * ends.
   */
  drained?: () => Promise<unknown>;
  /** How long a running answer may take then, before its connection is cut. */
  deadlineMs?: number;
}>;

/**
 * Listens. The returned `close` ends without losing a request: /healthz says "draining" and every answer
 * `Connection: close`, while it goes on to take what still comes; then it takes no new connections, finishes
 * what runs, and lets idle connections go.
 */
export function listen(
  { app, door = (_always, otherwise) => otherwise }: Readonly<{ app: Hono; door?: Door }>,
  { host, port, always, drained = () => Promise.resolve(), deadlineMs = 10_000 }: Listening,
): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    let draining = false;
    const lastAnswers = new Map<Duplex, ServerResponse>();
    const answerAll = getRequestListener(
      (request, env) =>
        draining && new URL(request.url).pathname === "/healthz"
          ? new Response("draining", { status: 503 })
          : app.fetch(request, env),
      { hostname: host },
    );
    const server = createServer(
      door(
        always,
        saying(always, (incoming, outgoing) => void answerAll(incoming, outgoing)),
      ),
    );
    const close = async () => {
      draining = true;
      for (const answer of lastAnswers.values()) lastOnItsConnection(answer);
      await drained();
      // Not the close of HTTP, which cuts whoever has just connected and says what they want in the next
      // moment.
      const closed = new Promise<void>((done) => {
        NetServer.prototype.close.call(server, () => {
          done();
        });
      });
      await Promise.race([closed, pause(JUST_CONNECTED_MS)]);
      server.closeIdleConnections();
      const overdue = setTimeout(() => {
        server.closeAllConnections();
      }, deadlineMs);
      await closed;
      clearTimeout(overdue);
    };

    server.on("connection", (connection: Duplex) => {
      connection.once("close", () => lastAnswers.delete(connection));
    });
    server.prependListener("request", ({ socket }: { socket: Duplex }, answer: ServerResponse) => {
      lastAnswers.set(socket, answer);
      if (draining) lastOnItsConnection(answer);
    });
    sayToUnreadable(server, always, (connection) => lastAnswers.get(connection)?.writableFinished === false);
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve({ port: typeof address === "object" && address ? address.port : port, close });
    });
  });
}

/** Whoever asked opens another connection for the next request, and so comes to a copy that goes on. */
const lastOnItsConnection = (answer: ServerResponse): void => {
  if (!answer.headersSent) answer.setHeader("Connection", "close");
};
