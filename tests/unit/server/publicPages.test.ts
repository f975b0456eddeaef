import { expect, test } from "vitest";
import { keepPublicPages } from "~/server/publicPages.server";

const HTML = { "content-type": "text/html; charset=utf-8" };
type Asked = { path?: string; method?: string } & Record<string, string>;
const asking = ({ path = "/wishes", method = "GET", ...headers }: Asked = {}) =>
  new Request(`http://portal.test${path}`, { method, headers });

/** A portal whose clock, version and pages the test sets; it counts how often a page was really made. */
function aPortal(
  page: (nonce: string, turn: number) => Response = (nonce, turn) =>
    new Response(`<p>${turn}</p><script nonce="${nonce}"></script>`, { headers: HTML }),
) {
  const world = { ms: 0, version: 1 as number | undefined, made: 0 };
  const pages = keepPublicPages({
    now: () => new Date(world.ms),
    readVersion: () => Promise.resolve(world.version),
  });
  let nonces = 0;
  const get = async (asked: Asked = {}) => {
    const nonce = `nonce-${(nonces += 1)}`;
    const response = await pages(asking(asked), nonce, async () => {
      const turn = (world.made += 1);
      await Promise.resolve();
      return page(nonce, turn);
    });
    return { nonce, response, body: await response.text() };
  };

  return { world, get };
}

test("a second visitor within five seconds gets the same page with a nonce of their own, and then it is made anew", async () => {
  const { world, get } = aPortal();
  const first = await get();
  world.ms = 4_999;
  const second = await get();
  expect([first.body, second.body]).toEqual([
    `<p>1</p><script nonce="${first.nonce}"></script>`,
    `<p>1</p><script nonce="${second.nonce}"></script>`,
  ]);
  expect([
    first.response.headers.get("age"),
    second.response.headers.get("age"),
    second.response.headers.get("content-type"),
  ]).toEqual([null, "4", HTML["content-type"]]);
  world.ms = 5_000;
  expect((await get()).body).toContain("<p>2</p>");
});

test("whoever may be a person is never served from what is kept, nor kept", async () => {
  for (const personal of [
    { cookie: "session=abc" },
    { cookie: "__Host-session=abc" },
    { cookie: "look=auto; basket=AAAAAAAAAAAAAAAAAAAAAA1" },
    { cookie: "unknown=1" },
    { authorization: "Bearer x" },
    { method: "POST" },
    { method: "HEAD" },
    { path: "/en/wishes", referer: "http://portal.test/wishes" },
    { path: "/", cookie: "lang=en", "sec-fetch-site": "none" },
  ]) {
    const { world, get } = aPortal();
    for (const asked of [
      { path: personal.path ?? "/wishes" },
      personal,
      { path: personal.path ?? "/wishes" },
    ] as Asked[])
      await get(asked);
    expect(world.made, JSON.stringify(personal)).toBe(2);
    await get(personal);
    expect(world.made, JSON.stringify(personal)).toBe(3);
  }
});

test("the key is the address with its query in any order, the language, and the five fields of the look; nothing else", async () => {
  const { world, get } = aPortal();
  await get({ path: "/wishes?q=a&town=1" });
  await get({
    path: "/wishes?town=1&q=a",
    cookie: "look=auto.auto.normal.100.normal; lang=zh-Hant",
    "user-agent": "another",
    "accept-language": "fr",
  });
  await get({ path: "/wishes?town=1&q=a", cookie: "look=nonsense.auto" });
  expect(world.made).toBe(1);
  for (const [index, other] of [
    { path: "/wishes?q=b&town=1" },
    { path: "/en/wishes?q=a&town=1" },
    { path: "/wishes.data?q=a&town=1" },
    ...["dark", "auto.more", "auto.auto.elder", "auto.auto.normal.150", "auto.auto.normal.100.roomy"].map(
      (look) => ({ path: "/wishes?q=a&town=1", cookie: `look=${look}` }),
    ),
  ].entries()) {
    await get(other);
    expect(world.made, JSON.stringify(other)).toBe(index + 2);
  }
});

test("only what is listed as public is kept: not the basket, not a payment, not a link that opens something", async () => {
  for (const path of [
    "/basket",
    "/gifts",
    "/wishes/W7K2QMX3/pay/1",
    "/t/abc",
    "/s/abc",
    "/offer",
    "/sign-in",
    "/sign-up",
    "/me",
    "/review",
    "/nowhere",
    "/english",
    "/zh-Hans/wishes",
  ]) {
    const { world, get } = aPortal();
    for (let times = 0; times < 3; times += 1) await get({ path });
    expect(world.made, path).toBe(3);
  }

  for (const path of [
    "/",
    "/en",
    "/zh-Hant/",
    "/_root.data",
    "/en.data",
    "/wishes",
    "/wishes/W7K2QMX3",
    "/en/wishes/W7K2QMX3.data",
    "/lists/social",
    "/help-me",
    "/points",
    "/open",
  ]) {
    const { world, get } = aPortal();
    for (let times = 0; times < 3; times += 1) await get({ path });
    expect(world.made, path).toBe(1);
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
  }
});

test("equal requests at once are rendered once; when that fails, each renders for itself", async () => {
  const { world, get } = aPortal();
  const all = await Promise.all(Array.from({ length: 20 }, () => get()));
  expect(world.made).toBe(1);
  for (const { nonce, body } of all) expect(body).toBe(`<p>1</p><script nonce="${nonce}"></script>`);

  const failing = aPortal((nonce, turn) => {
    if (turn === 1) throw new Error("the first reader went away");
    return new Response(`<p>${turn}</p>${nonce}`, { headers: HTML });
  });
  const outcomes = await Promise.allSettled([failing.get(), failing.get(), failing.get()]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});

test("another version finds nothing that was kept or is being rendered, and without a version nothing is kept", async () => {
  const { world, get } = aPortal();
  await get();
  world.version = 2;
  const begun = get();
  world.version = 3;
  await Promise.all([begun, get()]);
  expect(world.made).toBe(3);
  world.version = undefined;
  await get();
  await get();
  expect(world.made).toBe(5);
});

test("what is kept takes 32 MB at most, and the oldest goes first", async () => {
  const megabyte = "x".repeat(1024 * 1024);
  const { world, get } = aPortal(() => new Response(megabyte, { headers: HTML }));
  for (let page = 1; page <= 33; page += 1) await get({ path: `/wishes?n=${page}` });
  await get({ path: "/wishes?n=33" });
  await get({ path: "/wishes?n=2" });
  expect(world.made).toBe(33);
  await get({ path: "/wishes?n=1" });
  expect(world.made).toBe(34);
});
