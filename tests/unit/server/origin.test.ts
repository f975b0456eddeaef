import { expect, test } from "vitest";
import { refusesOrigin } from "~/server/origin.server";
import { anEdge } from "../../support/edge";

test("forms come from this house only: by Origin, or where a browser sends none, by Sec-Fetch-Site", async () => {
  const asked = (url: string, method: string, headers: Record<string, string>) =>
    new Request(url, { method, headers });
  const here = "http://portal.test/basket";
  const cases: readonly (readonly [why: string, request: Request, publicUrl: string, refused: boolean])[] = [
    [
      "own form over http",
      asked(here, "POST", { origin: "http://portal.test", host: "portal.test" }),
      "http://portal.test",
      false,
    ],
    [
      "own form by the phone's address",
      asked("http://192.0.2.1:3000/basket", "POST", {
        origin: "http://192.0.2.1:3000",
        host: "192.0.2.1:3000",
      }),
      "http://127.0.0.1:3000",
      false,
    ],
    [
      "another site",
      asked(here, "POST", { origin: "https://evil.example", host: "portal.test" }),
      "http://portal.test",
      true,
    ],
    [
      "another port",
      asked(here, "POST", { origin: "http://portal.test:81", host: "portal.test" }),
      "http://portal.test",
      true,
    ],
    [
      "no page at all (null)",
      asked(here, "POST", { origin: "null", host: "portal.test" }),
      "http://portal.test",
      true,
    ],
    [
      "over https the public address counts, not Host",
      asked("https://portal.test/basket", "POST", { origin: "https://evil.example", host: "evil.example" }),
      "https://portal.test",
      true,
    ],
    [
      "https page, own form",
      asked("https://portal.test/basket", "POST", { origin: "https://portal.test", host: "inner:3000" }),
      "https://portal.test",
      false,
    ],
    [
      "plain http page of the same name",
      asked("https://portal.test/basket", "POST", { origin: "http://portal.test", host: "portal.test" }),
      "https://portal.test",
      true,
    ],
    [
      "no Origin, same-origin",
      asked(here, "POST", { "sec-fetch-site": "same-origin" }),
      "http://portal.test",
      false,
    ],
    [
      "a form of a page without referrer",
      asked(here, "POST", { origin: "null", "sec-fetch-site": "same-origin" }),
      "http://portal.test",
      false,
    ],
    [
      "a sandbox on another site",
      asked(here, "POST", { origin: "null", "sec-fetch-site": "cross-site" }),
      "http://portal.test",
      true,
    ],
    ["an opaque origin and no word", asked(here, "POST", { origin: "null" }), "http://portal.test", true],
    [
      "no Origin, same-site",
      asked(here, "POST", { "sec-fetch-site": "same-site" }),
      "http://portal.test",
      true,
    ],
    ["no Origin and no word", asked(here, "POST", {}), "http://portal.test", true],
    [
      "other methods that change",
      asked(here, "DELETE", { origin: "https://evil.example" }),
      "http://portal.test",
      true,
    ],
    ["reading", asked(here, "GET", { origin: "https://evil.example" }), "http://portal.test", false],
    ["signed webhooks", asked("http://portal.test/webhooks/stripe", "POST", {}), "http://portal.test", false],
    [
      "what only looks like one",
      asked("http://portal.test/webhooksx", "POST", {}),
      "http://portal.test",
      true,
    ],
  ];
  for (const [why, request, publicUrl, refused] of cases)
    expect(refusesOrigin(request, publicUrl), why).toBe(refused);
  const { at, seen } = await anEdge();
  expect(
    (await fetch(`${at}/basket`, { method: "POST", headers: { origin: "https://evil.example" }, body: "x" }))
      .status,
  ).toBe(403);
  expect(seen).toHaveLength(0);
});

test("a form that the check lets through reaches its route whole: also of a page without referrer, and by a proxy's inner name", async () => {
  const own = await anEdge();
  const secure = await anEdge({ publicUrl: "https://portal.test" });
  const cases: readonly (readonly [edge: typeof own, headers: Record<string, string>])[] = [
    [own, { origin: own.at }],
    [own, { origin: "null", "sec-fetch-site": "same-origin" }],
    [own, { "sec-fetch-site": "same-origin" }],
    [secure, { origin: "https://portal.test" }],
  ];
  for (const [{ at, seen }, headers] of cases) {
    seen.splice(0);
    const answer = await fetch(`${at}/me`, {
      method: "POST",
      headers,
      body: new URLSearchParams({ who: "陈大文" }),
    });
    expect(`${answer.status} ${await answer.text()}`, JSON.stringify(headers)).toBe(
      "200 answered who=%E9%99%88%E5%A4%A7%E6%96%87",
    );
    expect(seen).toHaveLength(1);
    // A page's form too, with and without scripts: only there would Remix look at Origin itself.
    for (const path of ["/page", "/page.data"]) {
      const { status } = await fetch(at + path, {
        method: "POST",
        headers,
        body: new URLSearchParams({ who: "陈大文" }),
      });
      expect(status, `${path} ${JSON.stringify(headers)}`).toBe(200);
    }

    expect(seen.filter(({ request }) => request.method === "POST")).toHaveLength(3);
  }
});
