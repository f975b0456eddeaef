import { request as rawRequest } from "node:http";
import type { APIRequestContext } from "@playwright/test";
import { actions, addressOf } from "./steps/routes";
import { expect, signInAs, test } from "./support";

const FORM = "application/x-www-form-urlencoded";
/** Bodies that no page of ours sends: each once took the process, its memory, or half a minute. */
const HOSTILE: Readonly<Record<string, Readonly<{ type: string; body: string }>>> = {
  "a row far out": { type: FORM, body: "consents.scopes[4294967294]=x" },
  "40,000 fields": { type: FORM, body: Array.from({ length: 20_000 }, (_, n) => `f${n}`).join("&") },
  "the reading library's own controls": {
    type: FORM,
    body: `__intent__=${encodeURIComponent('{"type":"insert","payload":{"name":"lines","index":999999}}')}&__state__=x`,
  },
  "a name that every object has": { type: FORM, body: "__proto__.isAdmin=yes&constructor.prototype.x=y" },
  "a deep name": { type: FORM, body: `${"a.".repeat(5_000)}b=x` },
  "no form": { type: "application/json", body: '{"intent":"verify"}' },
  "a broken form": { type: "multipart/form-data; boundary=x", body: "--y\r\nnothing" },
  "more than can be typed": { type: FORM, body: `title=${"x".repeat(300_000)}` },
};

async function attack(
  request: APIRequestContext,
  origin: string,
  expected: (letsIn: string) => readonly number[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { route, letsIn } of actions().filter((one) => one.letsIn !== "")) {
    for (const [name, { type, body }] of Object.entries(HOSTILE)) {
      // Once more where the kept connection was closed meanwhile, as a browser does.
      const answer = await request.post(addressOf(route), {
        headers: { origin, "content-type": type },
        data: Buffer.from(body),
        maxRedirects: 0,
        maxRetries: 1,
      });
      if (!expected(letsIn).includes(answer.status())) wrong.push(`${route}, ${name}: ${answer.status()}`);
    }
  }

  return wrong;
}

test("whatever a stranger posts to any page is refused or sent to sign in; nothing of it is built, and the portal answers on", async ({
  page,
  baseURL,
}) => {
  const wrong = await attack(page.request, baseURL ?? "", (letsIn) =>
    letsIn === "anybody" ? [400, 413, 415] : [302, 401, 413],
  );
  expect(wrong).toEqual([]);
  expect((await page.request.get("/healthz")).status()).toBe(200);
});

test("whoever works here fares no better with it: every page refuses, none fails", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  for (const who of ["何干事", "方社工"]) {
    await signInAs(page, who);
    expect(await attack(page.request, baseURL ?? "", () => [400, 403, 404, 413, 415])).toEqual([]);
  }
});

/**
 * The status of an answer to a form whose fields are announced and never sent; undefined where the server
 * waits for them.
 */
function answerBeforeBody(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = rawRequest(url, {
      method: "POST",
      headers: { "content-type": FORM, "content-length": "1000", ...headers },
    });
    asked.once("response", (answer) => {
      resolve(answer.statusCode);
      asked.destroy();
    });
    asked.once("error", reject);
    asked.flushHeaders();
  });
}

test("who asks is known before anything is read: a donor is turned away from every page of staff before they have sent a single field", async ({
  page,
  baseURL,
}) => {
  await signInAs(page, "爱心人士甲");
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const ofStaff = actions().filter(({ letsIn }) => letsIn === "staff" || letsIn === "asOneOf");
  expect(ofStaff.length).toBeGreaterThan(35);
  const origin = baseURL ?? "";
  for (const { route } of ofStaff)
    expect(await answerBeforeBody(`${origin}${addressOf(route)}`, { cookie, origin }), route).toBe(403);
});
