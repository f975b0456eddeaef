import { randomBytes, randomUUID } from "node:crypto";
import { serveStatic } from "@hono/node-server/serve-static";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import { readPublicVersion } from "~/domain/needs/publicVersion.server";
import { frameOf } from "~/http/frame.server";
import type { Frame, Runtime } from "~/http/loadContext";
import { MOST_UPLOAD_BYTES, mostBytesOf, tooLarge } from "~/http/uploads.server";
import { outboxStanding } from "~/worker/setAside.server";
import { isDatabaseAway, within } from "~db/client";
import { type Door, makeDoor } from "./door.server";
import { refusesOrigin } from "./origin.server";
import { asAnybodys, keepPublicPages } from "./publicPages.server";
import {
  type AnswerLog,
  clientAddress,
  keepOutOfCaches,
  loggedPath,
  prolong,
  saySecurely,
} from "./requests.server";
import { securityTxt } from "./securityTxt.server";
import { pageOfData, type StillAsked, stillPagesOf } from "./stillPages.server";
import { zipped } from "./zip.server";

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

/** `door` gives out what was kept for anybody, before anything of the rest is asked. */
export type Portal = Readonly<{ app: Hono; door: Door }>;

type Parts = Readonly<{
  build: ServerBuild;
  runtime: Runtime;
  ping: () => Promise<void>;
  log: AnswerLog;
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
}: Parts): Portal {
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
  app.get("*", compress());
  app.get(
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
  return { app, door: makeDoor(publicPages, log) };

  async function respond(c: Context, still?: StillAsked): Promise<Response> {
    const startedAt = performance.now();
    const requestId = randomUUID();
    if (refusesOrigin(c.req.raw, runtime.settings.PUBLIC_URL))
      return c.text("This form was sent from another site.", 403);
    // A still page for everybody is read from nothing but its address and a few cookies: `asAnybodys` makes
    // its request.
    const request = c.req.raw;
    const isAnybodys = still?.as === "page";
    if (!isAnybodys) withoutOrigin(request);
    const nonce = isAnybodys ? undefined : randomBytes(16).toString("base64url");
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
    saySecurely(headers, nonce);
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

  /**
   * A still page: its reader's own made for them, one for everybody kept or made as for a visitor. The
   * framework's script gets none: it sends the browser.
   */
  async function answerStill(
    request: Request,
    context: AppLoadContext,
    { as }: StillAsked,
  ): Promise<Response> {
    if (as === "own page") return answer(request, context);
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
    return publicPages.answer(request, frame, (version) =>
      makeStill(request, { ...context, frame }, version),
    );
  }

  /** From the replica where that may be; what does not come of it is made from the database itself. */
  async function makeStill(request: Request, context: AppLoadContext, version?: number): Promise<Response> {
    if (version === undefined) return answer(asAnybodys(request), context);
    const still = { ...context, publicVersion: version };
    const replicaDb = await runtime.replica?.forPages(version);
    const made =
      replicaDb === undefined
        ? undefined
        : await within(REPLICA_DEADLINE_MS, answer(asAnybodys(request), { ...still, replicaDb })).catch(
            () => undefined,
          );
    return made && made.status < 500 ? made : answer(asAnybodys(request), still);
  }
}

/**
 * Ours is the one check of where a form comes from. Remix would compare Origin with Host again, and fail
 * where a proxy asks by an inner name, or where a page without referrer makes the browser send "null". Taken
 * out of the request itself: a copy of it costs a tenth of a form that is sent.
 */
function withoutOrigin({ headers }: Request): void {
  for (const name of ["origin", "x-forwarded-host"]) headers.delete(name);
}
