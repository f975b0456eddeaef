import { get, type IncomingHttpHeaders, request } from "node:http";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import type { Frame } from "~/http/loadContext";
import { makeDoor } from "~/server/door.server";
import { listen } from "~/server/listen.server";
import { keepPublicPages } from "~/server/publicPages.server";

type Answer = Readonly<{ status: number; headers: IncomingHttpHeaders; body: string }>;
type Asked = Readonly<{ path?: string; method?: string; headers?: Readonly<Record<string, string>> }>;

const AS_BROWSERS = { "accept-encoding": "gzip, deflate, br" };

/** A portal of one page on a real socket, which counts who came past its door. */
async function aPortal() {
  const world = { ms: 0, version: 1 as number | undefined, behind: 0, logged: [] as unknown[] };
  const pages = keepPublicPages({
    now: () => new Date(world.ms),
    readVersion: () => Promise.resolve(world.version),
  });
  const app = new Hono();
  app.all("*", (c) => {
    world.behind += 1;
    const roles: Frame["roles"] = c.req.header("cookie")?.includes("session=") ? ["donor"] : undefined;
    const basket = c.req.header("cookie")?.includes("basket=") ? 1 : 0;
    return pages.answer(c.req.raw, { basket, roles }, () =>
      Promise.resolve(
        new Response(`${String(roles)} ${"心愿".repeat(2_000)}`, {
          headers: { "content-type": "text/html; charset=utf-8" },
        }),
      ),
    );
  });
  const log = { info: (line: object) => world.logged.push(line) };
  const server = await listen(
    { app, door: makeDoor(pages, log) },
    { host: "127.0.0.1", port: 0, always: { "X-Content-Type-Options": "nosniff" } },
  );
  onTestFinished(() => server.close());
  const ask = ({ path = "/wishes", method = "GET", headers = {} }: Asked = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const asked = (method === "GET" ? get : request)(
        { host: "127.0.0.1", port: server.port, path, method, headers },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("end", () => {
            const body = Buffer.concat(chunks).toString("base64");
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
          });
        },
      );
      asked.on("error", reject);
      asked.end();
    });
  return { world, ask };
}

/** An answer without what tells one answer from another. */
const same = ({ headers: { date: _date, age: _age, "x-request-id": _id, ...headers }, ...rest }: Answer) => ({
  ...rest,
  headers,
});

test("who asks in the words of somebody before them gets the same answer at the door, header for header and byte for byte", async () => {
  const { world, ask } = await aPortal();
  for (const headers of [
    AS_BROWSERS,
    { "accept-encoding": "gzip" },
    {},
    { ...AS_BROWSERS, cookie: "look=dark.more; lang=en" },
    { ...AS_BROWSERS, referer: "http://elsewhere.test/" },
  ]) {
    const first = await ask({ headers });
    const before = world.behind;
    world.ms += 1_500;
    const again = await ask({ headers });
    expect(world.behind, JSON.stringify(headers)).toBe(before);
    expect(same(again)).toEqual(same(first));
    expect(again.headers.age).toBe(String(Math.floor(world.ms / 1_000)));
    expect(again.headers["x-content-type-options"]).toBe("nosniff");
    world.ms = 0;
    const known = { ...headers, "if-none-match": first.headers.etag ?? "" };
    const not = await ask({ headers: known });
    expect([not.status, not.body, not.headers.etag]).toEqual([304, "", first.headers.etag]);
    expect(world.behind, "at the door too").toBe(before);
  }
});

test("the log says of an answer at the door what it says of any other, without what was asked", async () => {
  const { world, ask } = await aPortal();
  await ask({ path: "/wishes?q=secret" });
  const { headers } = await ask({ path: "/wishes?q=secret" });
  expect(world.logged).toEqual([
    {
      requestId: headers["x-request-id"],
      method: "GET",
      path: "/wishes",
      status: 200,
      ms: expect.any(Number) as unknown,
    },
  ]);
});

test("whoever says something of themselves, or wants anything but the page, goes past the door", async () => {
  const { world, ask } = await aPortal();
  await ask();
  for (const personal of [
    { headers: { cookie: "session=abc" } },
    { headers: { cookie: "basket=AAAA1" } },
    { headers: { cookie: "look=dark; other=1" } },
    { headers: { cookie: "done=done.saved" } },
    { method: "HEAD" },
    { method: "POST" },
    { path: "/", headers: { cookie: "lang=en" } },
  ] satisfies Asked[]) {
    for (const turn of [1, 2]) {
      const before = world.behind;
      await ask(personal);
      expect(world.behind, `${JSON.stringify(personal)} ${turn}`).toBe(before + 1);
    }
  }
});

test("what is older than five seconds, of another version, or of none is not given out at the door", async () => {
  const { world, ask } = await aPortal();
  const goesPast = async () => {
    const before = world.behind;
    await ask();
    return world.behind > before;
  };

  expect([await goesPast(), await goesPast()]).toEqual([true, false]);
  world.ms = 5_000;
  expect([await goesPast(), await goesPast()]).toEqual([true, false]);
  world.version = 2;
  expect([await goesPast(), await goesPast()]).toEqual([true, false]);
  world.version = undefined;
  expect([await goesPast(), await goesPast()]).toEqual([true, true]);
});

test("a fault at the door ends the answer that it hits, and nothing else", async () => {
  const lost: unknown[] = [];
  const note = (error: unknown) => lost.push(error);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
  let fails = true;
  const door = makeDoor(
    {
      keptFor: () => (fails ? Promise.reject(new Error("a fault")) : Promise.resolve(undefined)),
      answer: () => Promise.reject(new Error("nobody asks")),
    },
    { info: () => undefined },
  );
  const app = new Hono();
  app.all("*", (c) => c.text("behind"));
  const server = await listen({ app, door }, { host: "127.0.0.1", port: 0, always: {} });
  onTestFinished(() => server.close());
  const at = `http://127.0.0.1:${server.port}/wishes`;
  await expect(fetch(at)).rejects.toThrow("fetch failed");
  fails = false;
  expect(await (await fetch(at)).text()).toBe("behind");
  expect(lost).toEqual([]);
});
