import { setImmediate as turn } from "node:timers/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Frame } from "~/http/loadContext";
import { asAnybodys, keepPublicPages } from "~/server/publicPages.server";

const HTML = { "content-type": "text/html; charset=utf-8" };
const ANYBODY: Frame = { basket: 0, roles: undefined };
type Asked = { path?: string; method?: string; frame?: Frame; headers?: Record<string, string> };
const asking = ({ path = "/wishes", method = "GET", headers = {} }: Asked = {}) =>
  new Request(`http://portal.test${path}`, { method, headers });

/** Lets go on what was begun until this is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}

/** A portal whose clock, version and pages the test sets; it counts how often a page was really made. */
function aPortal(
  page: (time: number) => Response = (time) => new Response(`<p>${time}</p>`, { headers: HTML }),
) {
  const world = { ms: 0, version: 1 as number | undefined, made: 0, versionsRead: 0 };
  const pages = keepPublicPages({
    now: () => new Date(world.ms),
    readVersion: () => {
      world.versionsRead += 1;
      return Promise.resolve(world.version);
    },
  });
  const answer = (asked: Asked = {}) =>
    pages.answer(asking(asked), asked.frame ?? ANYBODY, async () => {
      const turn = (world.made += 1);
      await Promise.resolve();
      return page(turn);
    });
  const get = async (asked: Asked = {}) => {
    const response = await answer(asked);
    return { response, body: await response.text() };
  };

  return { world, get, answer };
}

test("a second visitor within five seconds gets the same page, and then it is made anew", async () => {
  const { world, get } = aPortal();
  const first = await get();
  world.ms = 4_999;
  const second = await get();
  expect([first.body, second.body]).toEqual(["<p>1</p>", "<p>1</p>"]);
  expect([
    first.response.headers.get("age"),
    second.response.headers.get("age"),
    second.response.headers.get("content-type"),
  ]).toEqual([null, "4", HTML["content-type"]]);
  world.ms = 5_000;
  expect((await get()).body).toBe("<p>2</p>");
});

test("what says something to one reader is neither served from what is kept, nor kept", async () => {
  for (const personal of [
    { headers: { cookie: "look=auto; done=done.saved" } },
    { method: "POST" },
    { method: "HEAD" },
    { path: "/", headers: { cookie: "lang=en", "sec-fetch-site": "none" } },
    { path: "/", headers: { cookie: "lang=en" } },
  ] satisfies Asked[]) {
    const { world, get } = aPortal();
    const anybodys: Asked = "path" in personal ? { path: personal.path } : {};
    for (const asked of [anybodys, personal, anybodys]) await get(asked);
    expect(world.made, JSON.stringify(personal)).toBe(2);
    await get(personal);
    expect(world.made, JSON.stringify(personal)).toBe(3);
  }
});

test("the key is the address with its query in any order, the five fields of the look and the frame; nothing else", async () => {
  const { world, get } = aPortal();
  await get({ path: "/wishes?q=a&town=1" });
  await get({
    path: "/wishes?town=1&q=a",
    headers: {
      cookie: "look=auto.auto.normal.100.normal; lang=zh-Hant; session=abc; unknown=1; done=nonsense",
      "user-agent": "another",
      "accept-language": "fr",
      referer: "http://portal.test/en/wishes",
      authorization: "Bearer x",
    },
  });
  await get({ path: "/wishes?town=1&q=a", headers: { cookie: "look=nonsense.auto" } });
  expect(world.made).toBe(1);
  const path = "/wishes?q=a&town=1";
  for (const [index, other] of [
    { path: "/wishes?q=b&town=1" },
    { path: "/en/wishes?q=a&town=1" },
    ...["dark", "auto.more", "auto.auto.elder", "auto.auto.normal.150", "auto.auto.normal.100.roomy"].map(
      (look) => ({ path, headers: { cookie: `look=${look}` } }),
    ),
    { path, frame: { basket: 1, roles: undefined } },
    { path, frame: { basket: 2, roles: undefined } },
    { path, frame: { basket: 0, roles: [] } },
    { path, frame: { basket: 0, roles: ["donor"] } },
    { path, frame: { basket: 0, roles: ["caseworker", "donor"] } },
    { path, frame: { basket: 1, roles: ["donor"] } },
  ].entries() as Iterable<[number, Asked]>) {
    await get(other);
    await get(other);
    expect(world.made, JSON.stringify(other)).toBe(index + 2);
  }
});

test("an answer with a cookie, a request key or another status than 200 is for its reader alone", async () => {
  const answers: (() => Response)[] = [
    () => new Response("x", { headers: { ...HTML, "set-cookie": "lang=en" } }),
    () => new Response('<input type="hidden" name="requestKey" value="1">', { headers: HTML }),
    () => new Response('enqueue("[\\"requestKey\\",\\"1\\"]")', { headers: HTML }),
    () => new Response("gone", { status: 410, headers: HTML }),
    () => new Response(null, { status: 302, headers: { location: "/" } }),
  ];
  for (const answer of answers) {
    const { world, get } = aPortal(answer);
    const [first] = await Promise.all([get(), get(), get()]);
    await get();
    expect(world.made).toBe(4);
    expect([first.response.status, first.body]).toEqual([answer().status, await answer().text()]);
    expect(first.response.headers.get("cache-control")).toBeNull();
  }
});

test("caches on the way may give out what shows nothing of whoever asks, for five seconds; nobody else's", async () => {
  const { get } = aPortal();
  const saidTo = async (frame: Frame) => {
    const { headers } = (await get({ frame })).response;
    return [headers.get("cache-control"), headers.has("etag"), headers.get("vary")];
  };

  expect(await saidTo(ANYBODY)).toEqual(["public, max-age=0, s-maxage=5", true, "Accept-Encoding, Cookie"]);
  for (const frame of [
    { basket: 1, roles: undefined },
    { basket: 0, roles: [] },
    { basket: 0, roles: ["donor"] as const },
  ])
    expect(await saidTo(frame)).toEqual([null, false, "Accept-Encoding, Cookie"]);
});

test("who has this very page is told so, with nothing sent; who has another gets this one", async () => {
  const { world, get } = aPortal();
  const etag = (await get()).response.headers.get("etag") ?? "";
  expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
  for (const known of [etag, `"other", ${etag}`]) {
    const { response, body } = await get({ headers: { "if-none-match": known } });
    expect([response.status, body, response.headers.get("etag")]).toEqual([304, "", etag]);
    expect(response.headers.get("cache-control")).toBe("public, max-age=0, s-maxage=5");
  }

  world.ms = 5_000;
  const { response, body } = await get({ headers: { "if-none-match": etag } });
  expect([response.status, body]).toEqual([200, "<p>2</p>"]);
});

test("the page goes out as the browser takes it, zipped once for all who take it so", async () => {
  const words = "心愿".repeat(1_000);
  const { world, answer } = aPortal(() => new Response(words, { headers: HTML }));
  const bytesAs = async (accept: string) => {
    const response = await answer({ headers: { "accept-encoding": accept } });
    return {
      encoding: response.headers.get("content-encoding"),
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };

  for (const [accept, encoding, read] of [
    ["gzip, deflate, br", "br", brotliDecompressSync],
    ["gzip", "gzip", gunzipSync],
    ["br;q=0, gzip;q=0.5", "gzip", gunzipSync],
    ["identity", null, (bytes: Buffer) => bytes],
  ] as const) {
    const [first, second] = [await bytesAs(accept), await bytesAs(accept)];
    expect([first.encoding, second.encoding], accept).toEqual([encoding, encoding]);
    expect(read(first.bytes).toString(), accept).toBe(words);
    expect(second.bytes.equals(first.bytes), accept).toBe(true);
  }

  expect(world.made).toBe(1);
});

test("equal requests at once are rendered once; when that fails, each renders for itself", async () => {
  const { world, get } = aPortal();
  const all = await Promise.all(Array.from({ length: 20 }, () => get()));
  expect(world.made).toBe(1);
  for (const { body } of all) expect(body).toBe("<p>1</p>");

  const failing = aPortal((turn) => {
    if (turn === 1) throw new Error("the first reader went away");
    return new Response(`<p>${turn}</p>`, { headers: HTML });
  });
  const outcomes = await Promise.allSettled([failing.get(), failing.get(), failing.get()]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});

test("another version finds nothing that was kept or is being rendered, and without a version nothing is kept", async () => {
  const { world, get } = aPortal();
  await get();
  world.version = 2;
  const begun = get();
  await until(() => world.versionsRead === 2);
  world.version = 3;
  await Promise.all([begun, get()]);
  expect(world.made).toBe(3);
  world.version = undefined;
  await get();
  await get();
  expect(world.made).toBe(5);
});

test("the version is asked once for all who come while it is asked, and never before they came", async () => {
  const asked: { answer: (version: number) => void }[] = [];
  const pages = keepPublicPages({
    now: () => new Date(0),
    readVersion: () => new Promise((answer) => asked.push({ answer })),
  });
  const made: number[] = [];
  const visit = (n: number) =>
    pages
      .answer(asking(), ANYBODY, () => {
        made.push(n);
        return Promise.resolve(new Response(`made for ${n}`, { headers: HTML }));
      })
      .then((response) => response.text());

  const first = [visit(1), visit(2)];
  await until(() => asked.length > 0);
  const later = [visit(3), visit(4), visit(5)];
  await turn();
  expect(asked.length).toBe(1);
  asked[0]?.answer(1);
  expect(await Promise.all(first)).toEqual(["made for 1", "made for 1"]);
  // A wish went between their question's beginning and the first one's: they are answered by a question of
  // their own.
  await until(() => asked.length > 1);
  asked[1]?.answer(2);
  expect(new Set(await Promise.all(later)).size).toBe(1);
  expect(made.length).toBe(2);
  expect(asked.length).toBe(2);
});

test("a version that could not be read is no answer for those who come afterwards", async () => {
  let questions = 0;
  const pages = keepPublicPages({
    now: () => new Date(0),
    readVersion: () => Promise.resolve((questions += 1) === 1 ? undefined : 7),
  });
  let made = 0;
  const visit = async () => {
    await pages.answer(asking(), ANYBODY, () => Promise.resolve(new Response(String((made += 1)))));
  };

  const first = visit();
  await until(() => questions === 1);
  await Promise.all([first, visit(), visit()]);
  await visit();
  expect(made).toBe(2);
});

test("whoever makes a page is told of which version it counts; of one that is nobody else's, none", async () => {
  const pages = keepPublicPages({ now: () => new Date(0), readVersion: () => Promise.resolve(7) });
  const versions: (number | undefined)[] = [];
  const ask = (asked: Asked) =>
    pages.answer(asking(asked), ANYBODY, (version) => {
      versions.push(version);
      return Promise.resolve(new Response("gone", { status: 410 }));
    });
  await Promise.all([ask({}), ask({})]);
  await ask({ headers: { cookie: "done=done.saved" } });
  expect(versions).toEqual([7, 7, undefined]);
});

test("what is kept takes 32 MB at most, zipped forms and all, and the oldest goes first", async () => {
  const half = "x".repeat(512 * 1024);
  const { world, get } = aPortal(() => new Response(half, { headers: HTML }));
  for (let page = 1; page <= 33; page += 1) await get({ path: `/wishes?n=${page}` });
  await get({ path: "/wishes?n=33" });
  await get({ path: "/wishes?n=2" });
  expect(world.made).toBe(33);
  await get({ path: "/wishes?n=1" });
  expect(world.made).toBe(34);
});

test("a still page is made from a request that says nothing of a person", () => {
  const read = (cookie: string) => asAnybodys(asking({ headers: { cookie } })).headers.get("cookie");
  expect(read("session=abc; look=dark.more; __Host-session=x; basket=AAAA1; lang=en; other=1")).toBe(
    "look=dark.more; lang=en",
  );
  expect(read("session=abc; basket=AAAA1")).toBeNull();
  expect(asAnybodys(asking({ path: "/wishes?q=a" })).url).toBe("http://portal.test/wishes?q=a");
});
