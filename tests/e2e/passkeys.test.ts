import { expect as see, type Page } from "@playwright/test";
import { eq, sql } from "drizzle-orm";
import { sessions } from "~db/schema/identity";
import { portalLog } from "../support/portal";
import { connectToPortal, cookieOf, GIVEN, givePassword, newcomer } from "../support/portalDatabase";
import { fillIn, formWith, send } from "./steps/forms";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

/**
 * No browser makes a passkey for an address of digits: the same portal by the name that every machine has.
 */
const named = (baseURL: string | undefined): string => (baseURL ?? "").replace("127.0.0.1", "localhost");

/** A security key in Chromium's own software, which somebody touches at once. */
async function aDevice(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "usb",
      hasResidentKey: false,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const useIt = (page: Page) => page.getByRole("button", { name: "用通行密钥确认" }).click();

test("a passkey is added, signs in, steps up and is removed; without scripts and without a device codes go on, and the page says so", async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const origin = named(baseURL);
  const portal = connectToPortal();
  const userId = await newcomer(portal, { role: "admin", scope: { kind: "city" } });
  await givePassword(portal, userId);
  const [account] = await portal.db.execute<{ email: string }>(
    sql`select email from app_user where id = ${userId}`,
  );
  const email = account?.email ?? "";
  const [name = "", value = ""] = (await cookieOf(portal, userId)).split("=");
  const context = await browser.newContext({ baseURL: origin });
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  await aDevice(page);
  await page.goto("/me/second-step");
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  const adding = page.locator("form:has(button[value=beginPasskey])");
  await fillIn(adding, { name: "办公室的钥匙", password: "falsch falsch falsch" });
  await send(adding, "beginPasskey");
  await see(page.getByRole("alert")).toBeVisible();
  await fillIn(adding, { password: GIVEN });
  await send(adding, "beginPasskey");
  await see(page.getByRole("heading", { level: 1 })).toContainText("办公室的钥匙");
  await expectNoBarriers(page);
  await page.getByRole("button", { name: "现在添加" }).click();
  await see(page.getByRole("heading", { level: 1 })).toHaveText("恢复码");
  const codes = await page.getByRole("main").locator("ol.list-decimal li").allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.goto("/me/second-step");
  await see(page.getByText("还没有用过")).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  // A device has one passkey of an account, and says no to another.
  await fillIn(adding, { name: "再来一个" });
  await send(adding, "beginPasskey");
  await page.getByRole("button", { name: "现在添加" }).click();
  await see(page.getByText("没有添加成功")).toBeVisible();

  await page.goto("/me");
  await page.locator("form[action$='/sign-out'] button").first().click();
  await page.goto("/sign-in?back=%2Fgifts");
  await fillIn(formWith(page, "email"), { email, password: GIVEN });
  await send(formWith(page, "email").first());
  await see(page.getByRole("heading", { level: 1 })).toHaveText("再确认一步");
  await expectNoBarriers(page);
  await useIt(page);
  await page.waitForURL(/\/gifts$/);

  await portal.db
    .update(sessions)
    .set({ steppedUpAt: sql`now() - interval '3 hours'` })
    .where(eq(sessions.userId, userId));
  await page.goto("/me/password");
  await see(page.getByRole("heading", { level: 1 })).toHaveText("请再确认一次是您本人");
  await expectNoBarriers(page);
  await useIt(page);
  await page.waitForURL(/\/me\/password$/);

  // Another browser without a device, and one without scripts: the code of paper serves.
  for (const javaScriptEnabled of [true, false]) {
    const other = await browser.newContext({
      baseURL: javaScriptEnabled ? origin : (baseURL ?? ""),
      javaScriptEnabled,
    });
    const theirs = await other.newPage();
    await theirs.goto("/sign-in");
    await fillIn(formWith(theirs, "email"), { email, password: GIVEN });
    await send(formWith(theirs, "email").first());
    await see(theirs.getByRole("heading", { level: 1 })).toHaveText("再确认一步");
    if (!javaScriptEnabled) await see(theirs.getByText("这个浏览器用不了通行密钥")).toBeVisible();
    const paper = formWith(theirs, "stepCode");
    await fillIn(paper, { stepCode: codes[javaScriptEnabled ? 0 : 1] ?? "" });
    await send(paper);
    await see(theirs.getByRole("heading", { level: 1 })).not.toHaveText("再确认一步");
    await other.close();
  }

  await page.goto("/me/second-step");
  await page.locator("summary", { hasText: "删除" }).click();
  await page.locator("button[value=removePasskey]").click();
  await see(page.getByText("这是您最后一种第二步验证方式").first()).toBeVisible();
  await page.getByRole("button", { name: "用通行密钥关闭" }).click();
  await see(page.getByText("第二步验证已关闭").first()).toBeVisible();
  await see(page.getByText("还没有通行密钥")).toBeVisible();
  for (const hidden of codes) expect(portalLog()).not.toContain(hidden);
  await context.close();
  await portal.close();
});

test("a stranger, and whoever sends rubbish, is answered in words and never with a fault", async ({
  request,
  browser,
  baseURL,
}) => {
  const origin = baseURL ?? "";
  const ask = (form: Readonly<Record<string, string>>) =>
    request.post("/passkey-challenge", { headers: { origin }, form, maxRedirects: 0 });
  expect((await ask({ for: "signIn" })).status()).toBe(410);
  expect((await ask({ for: "elsewhere" })).status()).toBe(422);
  expect([302, 401]).toContain((await ask({ for: "session" })).status());
  expect((await request.get("/passkey-challenge", { maxRedirects: 0 })).status()).toBe(302);
  expect(
    (
      await request.post("/me/second-step", {
        headers: { origin },
        form: { intent: "addPasskey", name: "x", passkey: "{}" },
        maxRedirects: 0,
      })
    ).status(),
  ).not.toBe(500);
  const portal = connectToPortal();
  const userId = await newcomer(portal, { role: "admin", scope: { kind: "city" } });
  const [name = "", value = ""] = (await cookieOf(portal, userId)).split("=");
  const context = await browser.newContext({ baseURL: origin });
  await context.addCookies([{ name, value, url: origin }]);
  const post = (at: string, form: Readonly<Record<string, string>>) =>
    context.request.post(at, { headers: { origin }, form, maxRedirects: 0 });
  expect((await post("/passkey-challenge", { for: "session" })).status()).toBe(404);
  for (const passkey of [
    "{}",
    "[".repeat(9_000),
    `{"a":`.repeat(2_000),
    "x".repeat(200_000),
    "null",
    '{"id":{"id":{}}}',
  ])
    for (const form of [
      { intent: "addPasskey", name: "x", passkey },
      { intent: "renew", passkey },
      { intent: "remove", passkey },
    ] as const) {
      const answer = await post("/me/second-step", form);
      expect([passkey.slice(0, 9), form.intent, answer.status()]).toEqual([
        passkey.slice(0, 9),
        form.intent,
        422,
      ]);
      // None of these forms stands on the page of somebody without a second step: it says what was wrong at
      // its top.
      expect(await answer.text(), form.intent).toContain('role="alert"');
    }

  // Whoever never had a password is told where to get one, and begins nothing without.
  expect((await post("/me/second-step", { intent: "begin", password: "x" })).status()).toBe(422);
  expect(await (await context.request.get("/me/second-step")).text()).toContain("这个账号还没有密码");
  await context.close();
  await portal.close();
});
