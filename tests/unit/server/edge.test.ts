import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { keepOutOfCaches, loggedPath } from "~/server/requests.server";
import { securityTxt } from "~/server/securityTxt.server";
import { anEdge, raw } from "../../support/edge";

test("every answer carries each protection, whole; the policy names this answer's own nonce", async () => {
  const { get, seen } = await anEdge();
  const nonces = new Set<string>();
  for (const path of ["/me", "/no/such/page", "/files/1"]) {
    const { headers } = await get(path);
    const nonce = seen.at(-1)?.context.nonce ?? "";
    expect(nonce).toMatch(/^[\w-]{20,}$/);
    nonces.add(nonce);
    expect(headers.get("content-security-policy")?.split("; ")).toEqual([
      "default-src 'self'",
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self' https://checkout.stripe.com",
    ]);
    expect(
      Object.fromEntries(
        [
          "x-content-type-options",
          "referrer-policy",
          "x-frame-options",
          "cross-origin-opener-policy",
          "permissions-policy",
        ].map((name) => [name, headers.get(name)]),
      ),
    ).toEqual({
      "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "camera=(self), geolocation=(), microphone=()",
    });
    expect(headers.get("x-request-id")).toBe(seen.at(-1)?.context.requestId);
    // Over plain http a browser would not listen to it, and a demo must stay reachable.
    expect(headers.get("strict-transport-security")).toBeNull();
  }

  expect(nonces.size).toBe(3);
});

test("over https browsers are told to come back by https only, for a year, also below", async () => {
  const { get } = await anEdge({ publicUrl: "https://portal.test" });
  expect((await get("/me")).headers.get("strict-transport-security")).toBe(
    "max-age=31536000; includeSubDomains",
  );
});

test("the caller's address is the socket's, or what the outermost of our own proxies wrote: what a caller writes there is never believed", async () => {
  const forged = "203.0.113.7";
  const cases: readonly (readonly [
    proxies: number,
    header: string | undefined,
    expected: string | RegExp,
  ])[] = [
    [0, undefined, /127\.0\.0\.1$/],
    [0, forged, /127\.0\.0\.1$/],
    [1, "198.51.100.1", "198.51.100.1"],
    [1, `${forged}, 198.51.100.1`, "198.51.100.1"],
    [2, `${forged}, 198.51.100.1, 10.0.0.1`, "198.51.100.1"],
    // A proxy that wrote nothing: the socket's own, and no empty name that all callers would share.
    [1, undefined, /127\.0\.0\.1$/],
    [1, " , ", /127\.0\.0\.1$/],
    [2, "198.51.100.1", /127\.0\.0\.1$/],
  ];
  for (const [proxies, header, expected] of cases) {
    const { get, seen } = await anEdge({ proxies });
    await get("/me", header === undefined ? {} : { "x-forwarded-for": header });
    expect(seen[0]?.context.clientAddress, `${proxies} ${header ?? "none"}`).toEqual(
      typeof expected === "string" ? expected : expect.stringMatching(expected),
    );
  }
});

test("nobody outside says under which name the portal is reached", async () => {
  const { get, seen } = await anEdge();
  await get("/me", { "x-forwarded-host": "evil.example" });
  expect(seen[0]?.request.headers.get("x-forwarded-host")).toBeNull();
});

test("a body that announces more than can be typed is refused before any route sees it, and its connection carries the next request", async () => {
  const { at, seen } = await anEdge();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
  });
  const post = (bytes: number, path = "/me") =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(
        at + path,
        { method: "POST", agent, headers: { origin: at, "content-length": bytes } },
        (answer) => {
          answer.resume().once("end", () => {
            resolve(answer.statusCode);
          });
        },
      );
      asked.once("error", reject);
      asked.end(Buffer.alloc(bytes, "x"));
    });
  for (const bytes of [256 * 1024 + 1, 12 * 1024 * 1024 + 1])
    expect([await post(bytes), await post(20)]).toEqual([413, 200]);
  expect(seen).toHaveLength(2);
  // Nor does a route that turns somebody away before it reads hold the connection.
  for (const bytes of [20, 200_000])
    expect([await post(bytes, "/unread"), await post(20)]).toEqual([200, 200]);
});

test("the log keeps no token that opens a page, and nothing that was asked", async () => {
  const { get, logged } = await anEdge();
  for (const path of [
    "/t/secretsecret",
    "/en/t/secretsecret",
    "/s/secretsecret",
    "/zh-Hant/s/secretsecret",
    "/t/secretsecret.data",
    "/wishes?q=secretsecret",
    "/new-password/secretsecret",
    "/en/new-mail/secretsecret",
    "/invitation/secretsecret.data",
  ])
    await get(path);
  expect(logged).toHaveLength(9);
  expect(JSON.stringify(logged)).not.toContain("secret");
  expect(logged[0]).toMatchObject({ method: "GET", path: "/t/…", status: 200 });
  expect(loggedPath("/wishes/W1")).toBe("/wishes/W1");
});

test("nor however its address is spelt: capitals, doubled and turned slashes, signs in %, once or more than once", async () => {
  const token = randomBytes(20).toString("base64url");
  const routes = [...readFileSync("app/routes.ts", "utf8").matchAll(/route\("([^"]*):token"/g)].map(
    ([, before = ""]) => before.replace(/\/$/, ""),
  );
  expect(routes).toEqual(expect.arrayContaining(["t", "s", "new-password", "new-mail", "invitation"]));
  const inPercent = (text: string) => Buffer.from(text).toString("hex").replace(/../g, "%$&");
  for (const secret of [token, "short"])
    for (const word of routes) {
      const spellings = [
        `/${word}/${secret}`,
        `/${word.toUpperCase()}/${secret}`,
        `//${word}/${secret}`,
        `/en//${word}//${secret}/`,
        `/zh-Hant/${word}/${secret}.data`,
        `/${inPercent(word)}/${secret}`,
        `/${inPercent(word)}/${inPercent(secret)}`,
        `/${word}%2f${secret}`,
        `/${word}%252F${secret}`,
        `/${word}%5C${secret}`,
        `/${word}\\${secret}`,
        `/%20${word}/${secret}`,
        `/${inPercent(inPercent(inPercent(word)))}/${inPercent(inPercent(secret))}`,
        `/${word}/%${secret}`,
        `/%E4%B8/${word}/${secret}/more`,
      ];
      const kept = spellings
        .map((path) => [path, loggedPath(path)] as const)
        .filter(([, logged]) => logged.includes(secret));
      expect(kept, word).toEqual([]);
    }

  // Mistyped as no route has it, a secret is still known by its length; ids, codes and words stay to be read.
  for (const path of [`/${token}`, `/track/${token}`, `/wishes/${token}.data`])
    expect(loggedPath(path)).not.toContain(token);
  for (const path of [
    "/field/wishes/01a00000-0000-7000-8000-000000000000",
    "/api/hsds/service_at_locations",
    "/wishes/W2345678",
    "/lists/government/GW048.data",
    "/",
  ])
    expect(loggedPath(path)).toBe(path);
  // Whatever arrives is logged as something.
  for (const path of ["/%", "/%zz", "/%25%25%25", "//", "/%2525252525252525252574/x"])
    expect(() => loggedPath(path)).not.toThrow();
  const { get, logged } = await anEdge();
  await get(`//T/${token}`);
  expect(JSON.stringify(logged)).not.toContain(token);
});

test("what is made for one reader says so to every cache; what says itself that it is public is left alone", () => {
  const said = (headers: Record<string, string> = {}) => {
    const answer = new Headers(headers);
    keepOutOfCaches(answer);
    return answer.get("cache-control");
  };

  expect([said(), said({ "Set-Cookie": "done=" }), said({ "Cache-Control": "no-store" })]).toEqual([
    "private, no-store",
    "private, no-store",
    "private, no-store",
  ]);
  expect(said({ "Cache-Control": "public, max-age=300" })).toBe("public, max-age=300");
  // A file that is made while it is sent asks not to be gathered and zipped, and is heard.
  const whileSent = "private, no-store, no-transform";
  expect(said({ "Cache-Control": whileSent })).toBe(whileSent);
});

test("every answer says that no type is guessed, and over https that only https counts: pages, files, health, refusals, and what is no request at all", async () => {
  for (const [publicUrl, https] of [
    ["http://portal.test", null],
    ["https://portal.test", "max-age=31536000; includeSubDomains"],
  ] as const) {
    const { at, get } = await anEdge({ publicUrl, contact: "mailto:security@example.org" });
    const post = (headers: Record<string, string>, body: string) =>
      fetch(`${at}/me`, { method: "POST", headers, body });
    const answers = [
      ...(await Promise.all(
        [
          "/me",
          "/no/such/page",
          "/page",
          "/healthz",
          "/healthz?verbose",
          "/favicon.svg",
          "/robots.txt",
          "/assets/none.js",
          "/.well-known/security.txt",
        ].map((path) => get(path)),
      )),
      await fetch(`${at}/moved`, { redirect: "manual" }),
      await fetch(`${at}/broken`),
      await post({ origin: "https://evil.example" }, "x"),
      await post({ origin: new URL(publicUrl).protocol === "https:" ? publicUrl : at }, "x".repeat(300_000)),
      await fetch(`${at}/healthz`, { method: "HEAD" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 503, 200, 200, 200, 200, 302, 500, 403, 413, 200,
    ]);
    for (const { url, status, headers } of answers)
      expect([
        url,
        status,
        headers.get("x-content-type-options"),
        headers.get("strict-transport-security"),
      ]).toEqual([url, status, "nosniff", https]);
    const port = Number(new URL(at).port);
    for (const [bytes, status] of [
      ["no http at all\r\n\r\n", 400],
      [`GET / HTTP/1.1\r\nHost: x\r\nA: ${"x".repeat(40_000)}\r\n\r\n`, 431],
      ["GET /\\x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", undefined],
      ["GET / HTTP/1.1\r\nHost: x/y\r\nConnection: close\r\n\r\n", 400],
      ["POST / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n", 417],
    ] as const) {
      const answer = await raw(port, bytes);
      expect(answer).toMatch(
        status === undefined ? /^HTTP\/1\.1 \d{3}/ : new RegExp(`^HTTP/1\\.1 ${status}`),
      );
      expect([
        bytes.slice(0, 30),
        /^x-content-type-options: nosniff\r$/im.test(answer),
        /^strict-transport-security: max-age/im.test(answer),
      ]).toEqual([bytes.slice(0, 30), true, https !== null]);
    }
  }
});

test("whoever finds a weakness reads where to write to, and until when that holds; where nobody is named, nothing is made up", async () => {
  const { get } = await anEdge({ publicUrl: "https://portal.test", contact: "mailto:security@example.org" });
  const answer = await get("/.well-known/security.txt");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/plain; charset=UTF-8"]);
  const text = securityTxt(
    { PUBLIC_URL: "https://portal.test", SECURITY_CONTACT: "mailto:security@example.org" },
    new Date("2026-03-01T15:00:00Z"),
  );
  expect(text).toBe(
    "Contact: mailto:security@example.org\nExpires: 2026-08-28T00:00:00Z\nPreferred-Languages: zh, en\nCanonical: https://portal.test/.well-known/security.txt\n",
  );
  expect((await (await anEdge()).get("/.well-known/security.txt")).status).toBe(404);
});
