import { Agent, createServer, get, request as ask, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Hono } from "hono";
import { afterEach, expect, test } from "vitest";
import { listen } from "~/server/makeServer.server";

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

/** A copy of a portal: ready at /healthz, some milliseconds for an answer, as long as it is told for /slow. */
async function aCopy({ settleMs = 400, deadlineMs = 5_000 } = {}) {
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ready"));
  app.get("/slow/:ms", async (c) => {
    await pause(Number.parseInt(c.req.param("ms"), 10));
    return c.text("done");
  });
  app.all("*", async (c) => {
    await pause(Math.random() * 8);
    return c.text("answer");
  });
  const copy = await listen(app, { host: "127.0.0.1", port: 0, always: {}, settleMs, deadlineMs });
  return { ...copy, at: `http://127.0.0.1:${copy.port}` };
}

type Answer = Readonly<{ status: number; connection: string | undefined; body: string }>;

const fetched = (url: string, agent?: Agent) =>
  new Promise<Answer>((resolve, reject) => {
    get(url, agent === undefined ? { agent: false } : { agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () => {
        resolve({ status: answer.statusCode ?? 0, connection: answer.headers.connection, body: Buffer.concat(chunks).toString() });
      });
    }).once("error", reject);
  });

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error));

/** So many who ask again and again over connections that they keep, until they are told to stop; what befell them, counted. */
function load(url: string, clients: number) {
  const befell = new Map<string, number>();
  const stopped = new AbortController();
  const agent = new Agent({ keepAlive: true });
  const count = (what: string) => befell.set(what, (befell.get(what) ?? 0) + 1);
  const loops = Array.from({ length: clients }, async () => {
    while (!stopped.signal.aborted) {
      try {
        count(String((await fetched(`${url}/page`, agent)).status));
      } catch (error) {
        count(codeOf(error));
      }
    }
  });
  return {
    end: async () => {
      stopped.abort();
      await Promise.all(loops);
      agent.destroy();
      return Object.fromEntries(befell);
    },
  };
}

test("a copy that ends under load resets no request: it finishes what runs, and what still comes while it settles is answered", async () => {
  const copy = await aCopy();
  const clients = load(copy.at, 24);
  await pause(150);
  const slow = fetched(`${copy.at}/slow/900`, new Agent({ keepAlive: true }));
  await pause(50);
  const closed = copy.close();
  // Whoever spreads requests sees at /healthz that it ends, and sends it no more before it has settled.
  await pause(250);
  const befell = await clients.end();
  await closed;
  expect(Object.keys(befell)).toEqual(["200"]);
  expect(await slow).toEqual({ status: 200, connection: "close", body: "done" });
});

test("while it settles, health says draining and each answer ends its connection; before, neither", async () => {
  const copy = await aCopy();
  expect(await fetched(`${copy.at}/healthz`, new Agent({ keepAlive: true }))).toMatchObject({ status: 200, connection: "keep-alive", body: "ready" });
  const closed = copy.close();
  expect(await fetched(`${copy.at}/healthz`)).toEqual({ status: 503, connection: "close", body: "draining" });
  expect(await fetched(`${copy.at}/page`, new Agent({ keepAlive: true }))).toEqual({ status: 200, connection: "close", body: "answer" });
  await closed;
  await expect(fetched(`${copy.at}/healthz`)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("an answer that never ends is cut at the deadline, and a connection that nobody uses holds nothing up", async () => {
  const copy = await aCopy({ settleMs: 50, deadlineMs: 300 });
  await fetched(`${copy.at}/page`, new Agent({ keepAlive: true }));
  const endless = fetched(`${copy.at}/slow/60000`).then(() => "answered", codeOf);
  await pause(50);
  await copy.close();
  expect(await endless).toBe("ECONNRESET");
});

/** The smallest balancer: asks each copy how it is, sends a request to one of those that are ready, and is no cleverer than that: it tries nothing twice. */
async function aBalancer(copies: readonly { at: string }[]) {
  const ready = new Set<string>();
  const look = async (at: string) => {
    const answer = await fetched(`${at}/healthz`).catch(() => undefined);
    if (answer?.status === 200) ready.add(at);
    else ready.delete(at);
  };
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const able = copies.filter(({ at }) => ready.has(at));
    const to = able[Math.floor(Math.random() * able.length)];
    if (to === undefined) return void outgoing.writeHead(503).end();
    const forward = ask(`${to.at}${incoming.url ?? ""}`, { agent }, (answer: IncomingMessage) => {
      outgoing.writeHead(answer.statusCode ?? 502);
      answer.pipe(outgoing);
    });
    forward.once("error", () => outgoing.writeHead(502).end());
    forward.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const timer = setInterval(() => {
    for (const { at } of copies) void look(at);
  }, 40);
  await Promise.all(copies.map(({ at }) => look(at)));
  ending.push(() => {
    clearInterval(timer);
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("two copies behind a balancer that looks at their health are restarted one after the other without one lost request", async () => {
  const copies = [await aCopy(), await aCopy()];
  const clients = load(await aBalancer(copies), 16);
  for (const [index, copy] of [...copies.entries()]) {
    await pause(250);
    await copy.close();
    copies[index] = await aCopy();
    await pause(250);
  }
  const befell = await clients.end();
  expect(Object.keys(befell)).toEqual(["200"]);
  for (const copy of copies) await copy.close();
});
