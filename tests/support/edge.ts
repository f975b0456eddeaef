import { connect } from "node:net";
import { type AppLoadContext, redirect, type ServerBuild } from "@remix-run/node";
import { onTestFinished } from "vitest";
import type { Runtime } from "~/http/loadContext";
import { saidAlways } from "~/server/everyAnswer.server";
import { listen } from "~/server/listen.server";
import { makeServer } from "~/server/makeServer.server";

type Seen = Readonly<{ context: AppLoadContext; request: Request }>;

/**
 * The server's edge on a real socket, in front of one page (/page) and one route that answers everything
 * else; what these were given is kept.
 */
export async function anEdge({
  publicUrl = "http://portal.test",
  proxies = 0,
  contact,
  still,
  assets = "public",
}: {
  publicUrl?: string;
  proxies?: number;
  contact?: string;
  /** The page is a still one, in this world, and says this. */
  still?: Readonly<{ runtime: Partial<Runtime>; say: (context: AppLoadContext) => unknown }>;
  /** The folder of what browsers fetch as it is. */
  assets?: string;
} = {}) {
  const seen: Seen[] = [];
  const logged: unknown[] = [];
  const answer = async ({ context, request }: Seen) => {
    seen.push({ context, request });
    if (request.url.endsWith("/moved")) return redirect("/me");
    if (request.url.endsWith("/broken")) throw new Error("a fault");
    const read = request.url.endsWith("/unread") ? "" : await request.text();
    return new Response(`answered ${read}`.trim());
  };

  const route = { id: "all", path: "*", module: { loader: answer, action: answer } };
  const stillLoader = (asked: Seen) => {
    seen.push(asked);
    return still?.say(asked.context);
  };

  const page = {
    id: "page",
    path: "page",
    module: {
      ...route.module,
      default: () => null,
      ...(still && { loader: stillLoader, handle: { isStill: true } }),
    },
  };
  const build = {
    entry: {
      module: {
        default: (_: Request, status: number) => new Response("rendered", { status }),
        handleError: () => undefined,
      },
    },
    routes: { all: route, page },
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "test" },
    publicPath: "/",
    assetsBuildDirectory: "",
    future: { v3_singleFetch: true },
    isSpaMode: false,
  } as unknown as ServerBuild;
  const runtime = {
    settings: { PUBLIC_URL: publicUrl, TRUSTED_PROXIES: proxies, SECURITY_CONTACT: contact },
    now: () => new Date(0),
    ...still?.runtime,
  } as unknown as Runtime;
  const log = { info: (line: object) => logged.push(line) };
  const server = await listen(makeServer({ build, runtime, ping: () => Promise.resolve(), log, assets }), {
    host: "127.0.0.1",
    port: 0,
    always: saidAlways(publicUrl),
  });
  onTestFinished(() => server.close());
  const at = `http://127.0.0.1:${server.port}`;
  // Read to its end: a half-read answer keeps its connection busy, and the server from ending.
  const whole = async (answer: Response) => {
    await answer.arrayBuffer();
    return answer;
  };

  return {
    seen,
    logged,
    at,
    get: (path: string, headers: Record<string, string> = {}) => fetch(at + path, { headers }).then(whole),
  };
}

/** Bytes as they are, and everything that comes back until the other side hangs up. */
export const raw = (port: number, bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.once("error", reject);
    socket.once("close", () => {
      resolve(Buffer.concat(chunks).toString("latin1"));
    });
  });
