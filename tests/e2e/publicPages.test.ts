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

const wasKept = (answer: APIResponse) => answer.headers()["age"] !== undefined;
/** Scripts that stand in a page; what search engines read is none. */
const INLINE = /<script(?![^>]*(?:\bsrc=|type="application\/ld\+json"))/;
async function bodyOf(request: APIRequestContext, path: string) {
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  return { answer, body: await answer.text() };
}

async function aWishOf(visitor: APIRequestContext): Promise<string> {
  const [wish = ""] =
    (await bodyOf(visitor, "/wishes?kind=goods")).body.match(/\/wishes\/W[0-9A-Z]{9}/) ?? [];
  expect(wish).not.toBe("");
  return wish;
}

test("two visitors get the same bytes, with one small script and nothing that belongs to anybody", async ({
  visitor,
  playwright,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const another = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const wish = await aWishOf(visitor);
  for (const path of [...PAGES, wish, `/en${wish}`]) {
    const [first, second] = [await bodyOf(visitor, path), await bodyOf(another, path)];
    expect(wasKept(second.answer), path).toBe(true);
    expect(second.body, path).toBe(first.body);
    const headers = second.answer.headers();
    expect(headers["set-cookie"], path).toBeUndefined();
    expect(headers["cache-control"], path).toBe("public, max-age=0, s-maxage=5");
    expect(headers["content-security-policy"], path).toContain("script-src 'self';");
    expect(second.body, path).not.toMatch(INLINE);
    expect(second.body.match(/<script[^>]*src=/g)?.length, path).toBe(1);
    expect(second.body, path).not.toMatch(/requestKey\\?"/);
    const again = await another.get(path, { headers: { "If-None-Match": headers["etag"] ?? "" } });
    expect([again.status(), (await again.body()).length], path).toEqual([304, 0]);
  }
});

test("whoever is signed in gets what is kept too, with their own frame, and no visitor sees anything of it", async ({
  page,
  visitor,
  playwright,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const colleague = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  await signInAs(page, DONOR);
  for (const path of PAGES.slice(0, 10)) {
    const public_ = await bodyOf(visitor, path);
    const own = await bodyOf(page.request, path);
    expect([own.body.includes('/me"'), own.body.includes('/sign-in"')], path).toEqual([true, false]);
    expect([public_.body.includes('/me"'), public_.body.includes('/sign-in"')], path).toEqual([false, true]);
    for (const { body } of [own, public_]) expect(body, path).not.toContain(DONOR);
    expect(own.answer.headers()["cache-control"], path).toBe("private, no-store");
    expect(wasKept((await bodyOf(page.request, path)).answer), path).toBe(true);
    // Nobody gets another's frame, whatever they send as a session.
    const forged = { headers: { cookie: "session=not-a-session; basket=nothing" } };
    expect(await (await colleague.get(path, forged)).text(), path).toBe(public_.body);
  }

  await signInAs(page, "方社工");
  const ofWork = /href="\/field"/;
  expect((await bodyOf(page.request, "/wishes")).body).toMatch(ofWork);
  expect((await bodyOf(visitor, "/wishes")).body).not.toMatch(ofWork);
  await page.context().clearCookies();
  expect((await bodyOf(page.request, "/wishes")).body).not.toMatch(ofWork);
});

test("where money or units are decided, and what opens something, is made anew for each request", async ({
  page,
  visitor,
}) => {
  const wish = await aWishOf(visitor);
  const routes = [...readFileSync("app/routes.ts", "utf8").matchAll(/route\("([^"]*)"/g)].map(
    (match) => `/${match[1] ?? ""}`,
  );
  const open = routes.filter(
    (route) =>
      !/^\/(wishes|wishes\/:code|lists\/:list\?|lists\/:list\/:code|help-me|points|open|towns\/:code|accessibility|elder)$/.test(
        route,
      ),
  );
  expect(open.length).toBeGreaterThan(40);
  for (const path of [
    ...open.map((route) => route.replace(/:\w+\??/g, "x").replace("*", "nowhere")),
    `${wish}/pay/1`,
    "/wishes.data",
    "/_root.data",
  ]) {
    const answers = [
      await visitor.get(path, { maxRedirects: 0 }),
      await visitor.get(path, { maxRedirects: 0 }),
    ];
    expect(answers.map(wasKept), path).toEqual([false, false]);
  }

  // With something in the basket the frame says how much, and nothing else does.
  await visitor.get("/wishes");
  await page.goto(wish);
  await page.locator('form:has(input[name="line"])').first().getByRole("button").click();
  await page.waitForURL(/\/basket$/);
  for (const path of ["/", "/wishes"]) {
    const { body, answer } = await bodyOf(page.request, path);
    expect(body.includes("心愿篮，1 项"), path).toBe(true);
    expect(answer.headers()["cache-control"], path).toBe("private, no-store");
    expect((await bodyOf(visitor, path)).body.includes("心愿篮，1 项"), path).toBe(false);
  }

  expect(wasKept(await page.request.get("/basket"))).toBe(false);
});

test("a page that was kept works in the browser: links, and what its small script does, under its own policy", async ({
  page,
  visitor,
}) => {
  const refused: string[] = [];
  const said: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") refused.push(message.text());
    if (message.type() === "log") said.push(message.text());
  });
  await page.addInitScript(() => {
    window.print = () => {
      console.log("printed");
    };

    speechSynthesis.speak = (words) => {
      console.log(words.text);
    };
  });
  await visitor.get("/wishes");
  // What is still on its way through the outbox may change the city's public pages between the two questions.
  await expect.poll(async () => (await page.goto("/wishes"))?.headers()["age"]).toBeDefined();
  const [title = ""] = await page.locator("article h2 a").allInnerTexts();
  await page.locator("article h2 a").first().click();
  await page.waitForURL(/\/wishes\/W[0-9A-Z]{9}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);

  await page.goto("/lists/government");
  await page.locator("main ul a[href^='/lists/government/']").first().click();
  await page.getByRole("button", { name: "打印" }).click();
  await expect.poll(() => said).toEqual(["printed"]);

  await page.getByRole("button", { name: "长者版" }).click();
  await page.getByRole("banner").getByText("菜单").click();
  await page.getByRole("button", { name: "朗读本页" }).click();
  const heading = await page.getByRole("heading", { level: 1 }).innerText();
  await expect.poll(() => said.join("")).toContain(heading.slice(0, 6));
  await page.getByRole("button", { name: "停止朗读" }).click();
  await expect(page.getByRole("button", { name: "朗读本页" })).toBeVisible();
  expect(refused).toEqual([]);
});

test("from a page of the framework to a still one, also of one's own, and back, the browser goes itself", async ({
  page,
}) => {
  await signInAs(page, DONOR);
  for (const [from, to] of [
    ["/nothing-here", "/wishes"],
    ["/me", "/gifts"],
    ["/me", "/basket"],
  ] as const) {
    await page.goto(from);
    await page.waitForFunction(() =>
      Object.keys(document.documentElement).some((key) => key.startsWith("__react")),
    );
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.locator(`a[href="${to}"]:visible`).first().click();
    await page.waitForURL(new RegExp(`${to}$`));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(asked, to).toContain(to);
    expect(await page.evaluate(() => "__remixContext" in window), to).toBe(false);
    await page.goBack();
    await page.waitForURL(new RegExp(`${from}$`));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
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
