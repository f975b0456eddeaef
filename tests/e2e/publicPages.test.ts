import { readFileSync } from "node:fs";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { send } from "./steps/forms";
import { expect, signInAs, test as base } from "./support";

/** `visitor` is somebody without a single cookie, beside the page on which others sign in. */
const test = base.extend<{ visitor: APIRequestContext }>({
  visitor: async ({ playwright, baseURL }, use) => {
    const visitor = await playwright.request.newContext({ baseURL: baseURL ?? "" });
    await use(visitor);
    await visitor.dispose();
  },
});

const PATHS = [
  "/wishes",
  "/wishes?q=书包&sort=newest",
  "/help-me",
  "/lists/government",
  "/lists/social",
  "/points",
  "/open",
  "/accessibility",
  "/elder",
];
const PAGES = ["", "/zh-Hant", "/en"].flatMap((lang) => [lang || "/", ...PATHS.map((path) => lang + path)]);
const DONOR = "爱心人士甲";

const nonceOf = (answer: APIResponse) =>
  /'nonce-([\w-]+)'/.exec(answer.headers()["content-security-policy"] ?? "")?.[1] ?? "";
const wasKept = (answer: APIResponse) => answer.headers()["age"] !== undefined;
async function bodyOf(request: APIRequestContext, path: string) {
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  return { answer, nonce: nonceOf(answer), body: await answer.text() };
}

test("two visitors get the same public page, each with a nonce of their own, and nothing in it belongs to anybody", async ({
  visitor,
  playwright,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const another = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const [wish = ""] = (await bodyOf(visitor, "/wishes")).body.match(/\/wishes\/W[0-9A-Z]{9}/) ?? [];
  expect(wish).not.toBe("");
  for (const path of [...PAGES, wish, `/en${wish}`, "/wishes.data", "/_root.data"]) {
    const [first, second] = [await bodyOf(visitor, path), await bodyOf(another, path)];
    expect(wasKept(second.answer), path).toBe(true);
    expect(second.answer.headers()["set-cookie"], path).toBeUndefined();
    expect(second.nonce).toMatch(/^[\w-]{22}$/);
    expect(second.nonce).not.toBe(first.nonce);
    expect(second.body.replaceAll(second.nonce, ""), path).toBe(first.body.replaceAll(first.nonce, ""));
    expect(second.body).not.toContain(first.nonce);
    if (!path.includes(".data"))
      expect(second.body.split(`nonce="${second.nonce}"`).length, path).toBeGreaterThan(3);
    expect(second.body, path).not.toMatch(/requestKey\\?"/);
  }
});

test("somebody signed in gets their own page, and no visitor sees anything of it afterwards", async ({
  page,
  visitor,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, DONOR);
  for (const path of PAGES.slice(0, 10)) {
    await visitor.get(path);
    const own = await bodyOf(page.request, path);
    expect([wasKept(own.answer), own.body.includes(DONOR)], path).toEqual([false, true]);
    const public_ = await bodyOf(visitor, path);
    expect(public_.body, path).not.toContain(DONOR);
    expect(public_.body, path).not.toContain(own.nonce);
  }
});

test("where money or units are decided, and what opens something, is made anew for each request", async ({
  page,
  visitor,
}) => {
  const list = (await bodyOf(visitor, "/wishes?kind=goods")).body;
  const [wish = ""] = list.match(/\/wishes\/W[0-9A-Z]{9}/) ?? [];
  const routes = [...readFileSync("app/routes.ts", "utf8").matchAll(/route\("([^"]*)"/g)].map(
    (match) => `/${match[1] ?? ""}`,
  );
  const open = routes.filter(
    (route) =>
      !/^\/(wishes|wishes\/:code|lists\/:list\?|lists\/:list\/:code|help-me|help-me\/finder|points|open|accessibility|elder)$/.test(
        route,
      ),
  );
  expect(open.length).toBeGreaterThan(40);
  for (const path of [
    ...open.map((route) => route.replace(/:\w+\??/g, "x").replace("*", "nowhere")),
    `${wish}/pay/1`,
  ]) {
    const answers = [
      await visitor.get(path, { maxRedirects: 0 }),
      await visitor.get(path, { maxRedirects: 0 }),
    ];
    expect(answers.map(wasKept), path).toEqual([false, false]);
  }

  // With something in the basket one is a person, on every page.
  await visitor.get("/wishes");
  await page.goto(wish);
  await page.locator('form:has(input[name="line"])').first().getByRole("button").click();
  await page.waitForURL(/\/basket$/);
  for (const path of ["/", "/wishes", "/basket"])
    expect(wasKept(await page.request.get(path)), path).toBe(false);
});

test("a page that was kept works in the browser: its scripts run under its own policy", async ({
  page,
  visitor,
}) => {
  await visitor.get("/wishes");
  const answer = await page.goto("/wishes");
  expect(answer?.headers()["age"]).toBeDefined();
  await page.locator("article h2 a").first().click();
  await page.waitForURL(/\/wishes\/W[0-9A-Z]{9}$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => performance.getEntriesByType("navigation").length)).toBe(1);
});

test("a wish that its caseworker takes back is gone for the next visitor, though it was just kept", async ({
  page,
  visitor,
}) => {
  await signInAs(page, "方社工");
  await page.goto("/field");
  const codes = (await page.locator("main").innerText()).match(/W[0-9A-Z]{9}/g) ?? [];
  const isListed = async (code: string) =>
    (await bodyOf(visitor, `/wishes?q=${code}`)).body.includes(`/wishes/${code}"`);
  const listed = await Promise.all(codes.map(async (code) => ((await isListed(code)) ? [code] : [])));
  const code = listed.flat()[0] ?? "";
  const pages = [`/wishes?q=${code}`, `/wishes/${code}`];
  for (const path of pages) await bodyOf(visitor, path);

  await page.getByRole("listitem").filter({ hasText: code }).getByRole("link").first().click();
  await page.waitForURL(/\/field\/wishes\//);
  const withdrawal = page.locator('form:has(button[value="withdraw"])');
  await withdrawal.locator("select[name=reason]").selectOption("consent_withdrawn");
  for (const path of pages) expect(wasKept(await visitor.get(path)), path).toBe(true);
  await send(withdrawal, "withdraw");
  await expect(withdrawal).toHaveCount(0);
  expect((await visitor.get(`/wishes/${code}`)).status()).toBe(410);
  expect(await isListed(code)).toBe(false);
});
