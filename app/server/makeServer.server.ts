import { randomBytes, randomUUID } from "node:crypto";
import { Server as HttpServer, type ServerResponse } from "node:http";
import { Server as NetServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { serve, type ServerType } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import type { Logger } from "pino";
import { readPublicVersion } from "~/domain/needs/publicVersion.server";
import { frameOf } from "~/http/frame.server";
import type { Frame, Runtime } from "~/http/loadContext";
import { MOST_UPLOAD_BYTES, mostBytesOf, tooLarge } from "~/http/uploads.server";
import { outboxStanding } from "~/worker/setAside.server";
import { isDatabaseAway, within } from "~db/client";
import { sayAlways } from "./everyAnswer.server";
import { refusesOrigin } from "./origin.server";
import { asAnybodys, keepPublicPages } from "./publicPages.server";
import {
  clientAddress,
  contentSecurityPolicy,
  keepOutOfCaches,
  loggedPath,
  prolong,
  SECURITY_HEADERS,
} from "./requests.server";
import { securityTxt } from "./securityTxt.server";
import { pageOfData, type StillAsked, stillPagesOf } from "./stillPages.server";
import { zipped } from "./zip.server";

/** Who connected before the door was closed, and has not asked yet. */
const JUST_CONNECTED_MS = 100;
const VERSION_DEADLINE_MS = 2_000;
/** A page that a replica did not give by then is made without it. */
const REPLICA_DEADLINE_MS = 3_000;
/**
 * When a browser or a crawler may ask again that was told that there is too much to do, or that the database
 * is away.
 */
const RETRY_AFTER_SECONDS = "60";

/** Where it cannot be read who asks: a page for everybody needs no more, and says itself what is away. */
const NOBODY: Frame = { basket: 0, roles: undefined };

type Parts = Readonly<{
  build: ServerBuild;
  runtime: Runtime;
  ping: () => Promise<void>;
  log: Logger;
  /** The folder of what browsers fetch as it is. */
  assets?: string;
  proxyTestDesk?: (request: Request) => Promise<Response>;
}>;

/**
 * The HTTP face of the portal: health, static files, one Origin check for everything, then Remix. Keeps
 * nothing between requests but copies of public pages, for seconds.
 */
export function makeServer({
  build,
  runtime,
  ping,
  log,
  assets = "build/client",
  proxyTestDesk,
}: Parts): Hono {
  const app = new Hono();
  // The build object itself: given as a function, Remix would rebuild its route table at every request.
  const answer = createRequestHandler(build, "production");
  const stillPage = stillPagesOf(build);
  const publicPages = keepPublicPages({
    now: runtime.now,
    readVersion: () => within(VERSION_DEADLINE_MS, readPublicVersion(runtime.db)).catch(() => undefined),
  });

  app.get("/healthz", async (c) => {
    try {
      await ping();
      if (c.req.query("verbose") !== undefined)
        return c.json({
          ready: true,
          outbox: await within(VERSION_DEADLINE_MS, outboxStanding(runtime.db)),
          replica: await runtime.replica?.following(),
        });
      return c.text("ready");
    } catch {
      return c.text("the database does not answer", 503);
    }
  });
  app.get("/.well-known/security.txt", (c) => {
    const text = securityTxt(runtime.settings, runtime.now());
    return text === undefined ? c.notFound() : c.text(text);
  });
  app.use(
    "/assets/*",
    serveStatic({
      root: assets,
      precompressed: true,
      onFound: (_path, c) => {
        c.header("Cache-Control", "public, max-age=31536000, immutable");
        // Also of one that was asked for as it is, or a cache would give that to everybody.
        c.header("Vary", "Accept-Encoding");
      },
    }),
  );
  // Before the files: no still page is one.
  app.get("*", (c, next) => {
    const still = stillPage(c.req.path);
    return still ? respond(c, still) : next();
  });
  app.use(compress());
  app.use(
    "*",
    serveStatic({
      root: assets,
      onFound: (_path, c) => {
        c.header("Cache-Control", "public, max-age=3600");
      },
    }),
  );
  if (proxyTestDesk) app.all("/test-desk/*", (c) => proxyTestDesk(c.req.raw));
  app.use("*", async (c, next) => {
    // Only what is announced: whoever reads a body counts for themselves, and a body that is touched here
    // could not be left unread.
    const announced = /^\d+$/.exec(c.req.header("content-length") ?? "")?.[0];
    // While the database is away nobody's body is read: the page says so.
    const most = await mostBytesOf(c.req.raw, runtime).catch((error: unknown) => {
      if (isDatabaseAway(error)) return MOST_UPLOAD_BYTES;
      throw error;
    });
    return announced !== undefined && BigInt(announced) > most ? tooLarge(most) : next();
  });

  app.all("*", (c) => respond(c));
  return app;

  async function respond(c: Context, still?: StillAsked): Promise<Response> {
    const startedAt = performance.now();
    const requestId = randomUUID();
    if (refusesOrigin(c.req.raw, runtime.settings.PUBLIC_URL))
      return c.text("This form was sent from another site.", 403);
    // A still page is read from nothing but its address and a few cookies: `asAnybodys` makes its request.
    const request = still?.as === "page" ? c.req.raw : asChecked(c.req.raw);

    const nonce = still?.as === "page" ? undefined : randomBytes(16).toString("base64url");
    const toSay: AppLoadContext["toSay"] = {};
    const context: AppLoadContext = {
      runtime,
      requestId,
      nonce,
      clientAddress: clientAddress(c, runtime.settings.TRUSTED_PROXIES),
      toSay,
    };
    const response = await (still ? answerStill(request, context, still) : answer(request, context));
    // Set on the answer itself: taking its body into another one would make a stream of a buffer.
    const { headers } = response;
    prolong(headers, toSay.sessionCookie);
    for (const [name, value] of SECURITY_HEADERS) if (!headers.has(name)) headers.set(name, value);
    headers.set("Content-Security-Policy", contentSecurityPolicy(nonce));
    keepOutOfCaches(headers);
    headers.set("X-Request-Id", requestId);
    if (response.status === 503) headers.set("Retry-After", RETRY_AFTER_SECONDS);
    log.info({
      requestId,
      method: request.method,
      path: loggedPath(c.req.path),
      status: response.status,
      ms: Math.round(performance.now() - startedAt),
    });
    return zipped(request, response);
  }

  /** A still page, kept or made as for anybody. The framework's script gets none: it sends the browser. */
  async function answerStill(
    request: Request,
    context: AppLoadContext,
    { as }: StillAsked,
  ): Promise<Response> {
    if (as === "data") {
      const { pathname, search } = new URL(request.url);
      return answer(request, { ...context, byBrowser: pageOfData(pathname) + search });
    }

    const frame = await frameOf({ request, params: {}, context }).catch((error: unknown) => {
      // A database that is away was told of already, and is no fault.
      if (error instanceof Error)
        runtime.ports.faults.rowsFailed("frame", [{ id: context.requestId, error }]);
      return NOBODY;
    });
    return publicPages(request, frame, (version) => makeStill(request, { ...context, frame }, version));
  }

  /** From the replica where that may be; what does not come of it is made from the database itself. */
  async function makeStill(request: Request, context: AppLoadContext, version?: number): Promise<Response> {
    const replicaDb = version === undefined ? undefined : await runtime.replica?.forPages(version);
    const made =
      replicaDb === undefined
        ? undefined
        : await within(REPLICA_DEADLINE_MS, answer(asAnybodys(request), { ...context, replicaDb })).catch(
            () => undefined,
          );
    return made && made.status < 500 ? made : answer(asAnybodys(request), context);
  }
}

/**
 * Ours is the one check of where a form comes from. Remix would compare Origin with Host again, and fail
 * where a proxy asks by an inner name, or where a page without referrer makes the browser send "null".
 */
function asChecked(request: Request): Request {
  const headers = new Headers(request.headers);
  for (const name of ["origin", "x-forwarded-host"]) headers.delete(name);
  return new Request(request, { headers });
}

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
  app: Hono,
  { host, port, always, drained = () => Promise.resolve(), deadlineMs = 10_000 }: Listening,
): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    let draining = false;
    const running = new Set<ServerResponse>();
    const server: ServerType = serve(
      {
        fetch: (request, env) =>
          draining && new URL(request.url).pathname === "/healthz"
            ? new Response("draining", { status: 503 })
            : app.fetch(request, env),
        hostname: host,
        port,
      },
      (address) => {
        resolve({ port: address.port, close });
      },
    );
    const close = async () => {
      draining = true;
      for (const answer of running) lastOnItsConnection(answer);
      await drained();
      // Not the close of HTTP, which cuts whoever has just connected and says what they want in the next
      // moment.
      const closed = new Promise<void>((done) => {
        NetServer.prototype.close.call(server, () => {
          done();
        });
      });
      if (!(server instanceof HttpServer)) return closed;
      await Promise.race([closed, pause(JUST_CONNECTED_MS)]);
      server.closeIdleConnections();
      const overdue = setTimeout(() => {
        server.closeAllConnections();
      }, deadlineMs);
      await closed;
      clearTimeout(overdue);
    };

    server.prependListener("request", (_request: unknown, answer: ServerResponse) => {
      running.add(answer);
      answer.once("close", () => running.delete(answer));
      if (draining) lastOnItsConnection(answer);
    });
    sayAlways(server, always);
    server.once("error", reject);
  });
}

/** Whoever asked opens another connection for the next request, and so comes to a copy that goes on. */
const lastOnItsConnection = (answer: ServerResponse): void => {
  if (!answer.headersSent) answer.setHeader("Connection", "close");
};
