import { expect as see, type Page } from "@playwright/test";
import { portalLog } from "../support/portal";
import { connectToPortal, cookieOf, newcomer } from "../support/portalDatabase";
import { openAccount } from "./steps/account";
import { fillIn, formWith, send } from "./steps/forms";
import { shownBy, switchStepOn } from "./steps/secondStep";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const PASSWORD = "七把雨伞 借给了 八位邻居";

async function aNewAccount(page: Page, email: string): Promise<void> {
  await page.goto("/sign-up");
  await fillIn(formWith(page, "displayName"), {
    email,
    password: PASSWORD,
    displayName: "两步登录的人",
    kind: "person",
  });
  await send(formWith(page, "displayName").first());
  await openAccount(page, PASSWORD);
}

async function typePassword(page: Page, email: string, from = "/sign-in"): Promise<void> {
  await page.goto(from);
  await fillIn(formWith(page, "email"), { email, password: PASSWORD });
  await send(formWith(page, "email").first());
}

test("the second step is switched on with an app's code, then asked for after the right password alone, and a recovery code works once", async ({
  page,
  browser,
  baseURL,
}) => {
  const email = `step${String(Date.now())}@example.org`;
  await aNewAccount(page, email);
  await page.goto("/me/second-step");
  await expectNoBarriers(page);
  await fillIn(page.locator("form:has(button[value=begin])"), { password: "falsch falsch falsch" });
  await send(page.locator("form:has(button[value=begin])"), "begin");
  await see(page.getByRole("alert")).toBeVisible();
  await expectNoBarriers(page);
  await fillIn(page.locator("form:has(button[value=begin])"), { password: PASSWORD });
  await send(page.locator("form:has(button[value=begin])"), "begin");
  await see(page.getByRole("img", { name: "给验证器扫的二维码" })).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  const secret = await page.locator("p.font-mono").innerText();
  for (const wrong of ["", "000000", "12345"]) {
    await fillIn(formWith(page, "stepCode"), { stepCode: wrong });
    await send(formWith(page, "stepCode"));
    await see(page.getByRole("alert")).toBeVisible();
  }

  // In full width, with a blank in it.
  const fullWidth = Array.from(shownBy(secret))
    .map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    .join("");
  await fillIn(formWith(page, "stepCode"), { stepCode: `${fullWidth.slice(0, 3)} ${fullWidth.slice(3)}` });
  await send(formWith(page, "stepCode"));
  await see(page.getByRole("heading", { level: 1 })).toHaveText("恢复码");
  await expectNoBarriers(page);
  const codes = await page.getByRole("main").locator("ol.list-decimal li").allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.goto("/me/second-step");
  await see(page.getByText("还剩 10 个恢复码")).toBeVisible();
  const html = await page.content();
  for (const hidden of [secret, ...codes]) expect(html).not.toContain(hidden);

  const other = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const theirs = await other.newPage();
  const answer = await theirs.request.post("/sign-in", {
    headers: { origin: baseURL ?? "" },
    form: { email, password: "falsch falsch falsch" },
    maxRedirects: 0,
  });
  expect([answer.status(), (await answer.text()).includes('name="stepCode"')]).toEqual([422, false]);
  await typePassword(theirs, email, "/sign-in?back=%2Fgifts");
  await see(theirs.getByRole("heading", { level: 1 })).toHaveText("再确认一步");
  await expectNoBarriers(theirs);
  // The password alone opens nothing.
  expect((await theirs.request.get("/me", { maxRedirects: 0 })).status()).toBe(302);
  const step = (await other.cookies()).find(({ name }) => name === "step");
  expect(step).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  await fillIn(formWith(theirs, "stepCode"), { stepCode: codes[0] ?? "" });
  await send(formWith(theirs, "stepCode"));
  await theirs.waitForURL(/\/gifts$/);

  // A step is its browser's: the code that is right says nothing in another one.
  const stranger = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const posted = await stranger.request.post("/second-step", {
    headers: { origin: baseURL ?? "" },
    form: { stepCode: shownBy(secret) },
    maxRedirects: 0,
  });
  expect(posted.status()).toBe(410);
  expect(await posted.text()).toContain("这一步已经过时，请重新登录。");
  const strangers = await stranger.newPage();
  await typePassword(strangers, email);
  await see(strangers.getByRole("heading", { level: 1 })).toHaveText("再确认一步");
  const tried = async (stepCode: string) =>
    (
      await stranger.request.post("/second-step", {
        headers: { origin: baseURL ?? "" },
        form: { stepCode },
        maxRedirects: 0,
      })
    ).status();
  expect(await tried(codes[0] ?? "")).toBe(422);
  for (let n = 0; n < 3; n += 1) expect(await tried("ABCD-ABCD-ABCD-ABCD")).toBe(422);
  expect([await tried("ABCD-ABCD-ABCD-ABCD"), await tried(codes[1] ?? "")]).toEqual([410, 410]);
  await stranger.close();
  await other.close();
  for (const hidden of [secret.replace(/\s/g, ""), ...codes]) expect(portalLog()).not.toContain(hidden);
});

test("one admin asks to reset the second step of somebody who lost everything, another agrees, and the auditor reads it", async ({
  page,
  browser,
  baseURL,
}) => {
  const email = `lost${String(Date.now())}@example.org`;
  const theirs = await (await browser.newContext(baseURL === undefined ? {} : { baseURL })).newPage();
  await aNewAccount(theirs, email);
  await switchStepOn(theirs, PASSWORD);
  await signInAs(page, "管理员");
  await page.goto(`/admin/people?who=${encodeURIComponent(email)}`);
  await expectNoBarriers(page);
  await page.locator("summary", { hasText: "重置第二步验证" }).click();
  await fillIn(formWith(page, "stepReason"), { stepReason: "lost_phone" });
  await send(formWith(page, "stepReason"), "resetStep");
  await see(page.getByText("已提出重置，等另一位管理员同意。").first()).toBeVisible();
  // Whoever asked for it may only take it back; until another agrees nothing changes.
  const asked = page.getByRole("listitem").filter({ hasText: email });
  await see(asked.getByRole("button", { name: "撤回" })).toBeVisible();
  await see(asked.getByRole("button", { name: "同意", exact: true })).toHaveCount(0);
  expect((await theirs.request.get("/me", { maxRedirects: 0 })).status()).toBe(200);
  const portal = connectToPortal();
  const [name = "", value = ""] = (
    await cookieOf(portal, await newcomer(portal, { role: "admin", scope: { kind: "city" } }))
  ).split("=");
  await portal.close();
  const second = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  await second.addCookies([{ name, value, url: baseURL ?? "" }]);
  const colleague = await second.newPage();
  await colleague.goto("/admin/people");
  await expectNoBarriers(colleague);
  await colleague
    .getByRole("listitem")
    .filter({ hasText: email })
    .getByRole("button", { name: "同意", exact: true })
    .click();
  await see(colleague.getByText("已重置第二步验证").first()).toBeVisible();
  await second.close();
  expect((await theirs.request.get("/me", { maxRedirects: 0 })).status()).toBe(302);
  await page.goto("/audit/roles");
  await see(page.getByText("重置第二步验证").first()).toBeVisible();
  await typePassword(theirs, email);
  await theirs.waitForURL(/\/$/);
});
