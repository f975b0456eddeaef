import { Agent, createServer, get, type IncomingMessage, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as immediately } from "node:timers/promises";
import { Hono } from "hono";
import { afterEach, expect, test } from "vitest";
import { listen } from "~/server/listen.server";

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

/** Something that is waited for until somebody says that it is so. */
function aGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** A copy of a portal: ready at /healthz; an answer at /held comes once it is let go. */
async function aCopy({ drained = () => Promise.resolve<unknown>(undefined), deadlineMs = 5_000 } = {}) {
  const app = new Hono();
  const [asked, held] = [aGate(), aGate()];
  app.get("/healthz", (c) => c.text("ready"));
  app.get("/held", async (c) => {
    asked.open();
    await held.opened;
    return c.text("done");
  });
  app.all("*", async (c) => {
    await immediately();
    return c.text("answer");
  });
  const copy = await listen({ app }, { host: "127.0.0.1", port: 0, always: {}, drained, deadlineMs });
  return { ...copy, at: `http://127.0.0.1:${copy.port}`, asked: asked.opened, letGo: held.open };
}

type Answer = Readonly<{ status: number; connection: string | undefined; body: string }>;

const fetched = (url: string, agent?: Agent) =>
  new Promise<Answer>((resolve, reject) => {
    get(url, agent === undefined ? { agent: false } : { agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () => {
        resolve({
          status: answer.statusCode ?? 0,
          connection: answer.headers.connection,
          body: Buffer.concat(chunks).toString(),
        });
      });
    }).once("error", reject);
  });

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);

/**
 * So many who ask again and again over connections that they keep, until they are told to stop; what befell
 * them, counted.
 */
function load(url: string, clients: number) {
  const befell = new Map<string, number>();
  const stopped = new AbortController();
  const agent = new Agent({ keepAlive: true });
  let [answers, waiting] = [0, { from: 0, gate: aGate() }];
  const count = (what: string) => {
    befell.set(what, (befell.get(what) ?? 0) + 1);
    answers += 1;
    if (answers >= waiting.from) waiting.gate.open();
  };

  const loops = Array.from({ length: clients }, async () => {
    while (!stopped.signal.aborted) {
      try {
        count(String((await fetched(`${url}/page`, agent)).status));
      } catch (error) {
        count(codeOf(error));
        await immediately();
      }
    }
  });
  return {
    /** Once each of them was answered a few times more. */
    goesOn: () => {
      waiting = { from: answers + 5 * clients, gate: aGate() };
      return waiting.gate.opened;
    },
    end: async () => {
      stopped.abort();
      await Promise.all(loops);
      agent.destroy();
      return Object.fromEntries(befell);
    },
  };
}

test("a copy that ends under load resets no request: it finishes what runs, and what still comes while it settles is answered", async () => {
  const drained = aGate();
  const copy = await aCopy({ drained: () => drained.opened });
  const clients = load(copy.at, 24);
  await clients.goesOn();
  const slow = fetched(`${copy.at}/held`, new Agent({ keepAlive: true }));
  await copy.asked;
  const closed = copy.close();
  // Whoever spreads requests sees at /healthz that it ends, and sends it no more before it has drained.
  await clients.goesOn();
  const befell = await clients.end();
  drained.open();
  copy.letGo();
  await closed;
  expect(Object.keys(befell)).toEqual(["200"]);
  expect(await slow).toEqual({ status: 200, connection: "close", body: "done" });
});

test("while it settles, health says draining and each answer ends its connection; before, neither", async () => {
  const drained = aGate();
  const copy = await aCopy({ drained: () => drained.opened });
  expect(await fetched(`${copy.at}/healthz`, new Agent({ keepAlive: true }))).toMatchObject({
    status: 200,
    connection: "keep-alive",
    body: "ready",
  });
  const closed = copy.close();
  expect(await fetched(`${copy.at}/healthz`)).toEqual({ status: 503, connection: "close", body: "draining" });
  expect(await fetched(`${copy.at}/page`, new Agent({ keepAlive: true }))).toEqual({
    status: 200,
    connection: "close",
    body: "answer",
  });
  drained.open();
  await closed;
  await expect(fetched(`${copy.at}/healthz`)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("an answer that never ends is cut at the deadline, and a connection that nobody uses holds nothing up", async () => {
  const copy = await aCopy({ deadlineMs: 50 });
  await fetched(`${copy.at}/page`, new Agent({ keepAlive: true }));
  const endless = fetched(`${copy.at}/held`).then(() => "answered", codeOf);
  await copy.asked;
  await copy.close();
  expect(await endless).toBe("ECONNRESET");
});

/**
 * The smallest balancer: asks each copy how it is, sends a request to one of those that are ready, and is no
 * cleverer than that: it tries nothing twice.
 */
async function aBalancer() {
  const ready = new Set<string>();
  /** Asks how a copy is, as a balancer does every few seconds. */
  const look = async ({ at }: { at: string }) => {
    const answer = await fetched(`${at}/healthz`).catch(() => undefined);
    if (answer?.status === 200) ready.add(at);
    else ready.delete(at);
  };

  const agent = new Agent({ keepAlive: true });
  let next = 0;
  const server = createServer((incoming, outgoing) => {
    const able = [...ready];
    const to = able[(next += 1) % able.length];
    if (to === undefined) return void outgoing.writeHead(503).end();
    const forward = ask(`${to}${incoming.url ?? ""}`, { agent }, (answer: IncomingMessage) => {
      outgoing.writeHead(answer.statusCode ?? 502);
      answer.pipe(outgoing);
    });
    forward.once("error", () => outgoing.writeHead(502).end());
    forward.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ending.push(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { look, at: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("two copies behind a balancer that looks at their health are restarted one after the other without one lost request", async () => {
  const balancer = await aBalancer();
  const aWatched = async () => {
    // It has drained once the balancer has looked, and what it sent before is answered.
    const copy: Awaited<ReturnType<typeof aCopy>> = await aCopy({
      drained: async () => {
        await balancer.look(copy);
        await clients.goesOn();
      },
    });
    await balancer.look(copy);
    return copy;
  };

  const copies = [await aWatched(), await aWatched()];
  const clients = load(balancer.at, 16);
  for (const [index, copy] of [...copies.entries()]) {
    await clients.goesOn();
    await copy.close();
    copies[index] = await aWatched();
    await clients.goesOn();
  }

  const befell = await clients.end();
  expect(Object.keys(befell)).toEqual(["200"]);
});
