import type { Page } from "@playwright/test";
import { portalLog } from "../support/portal";
import { openAccount } from "./steps/account";
import { fillIn, formWith, linkTo, send } from "./steps/forms";
import { ask } from "./steps/rows";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const MAIL = /^http:\/\/[^/]+(\/(?:new-password|new-mail|invitation)\/(\S+))/;

/** The link of the newest letter with this subject in the mailbox of whoever is signed in. */
async function linkInMail(page: Page, subject: string): Promise<string> {
  const letter = page.getByRole("listitem").filter({ hasText: subject }).first();
  await expect(async () => {
    await page.goto("/demo/mail");
    await expect(letter.getByRole("link")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  const text = await letter.getByRole("link").innerText();
  return MAIL.exec(text)?.[1] ?? "";
}

const A_NEW_ONE = "雨伞 借给 邻居 七次";

test("a forgotten password is set anew by the link of a letter, once; then it signs in, is changed, and everything stays readable", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const links: string[] = [];
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "忘了密码" }).click();
  await page.waitForURL(/\/forgot-password$/);
  await expectNoBarriers(page);
  // Known and unknown: the same words.
  const said: string[] = [];
  for (const email of ["nobody-at-all@example.org", "donor2@example.org"]) {
    await page.goto("/forgot-password");
    await fillIn(formWith(page, "email"), { email });
    await send(formWith(page, "email"));
    await expect(page.getByRole("status").first()).toBeVisible();
    said.push(await page.getByRole("main").innerText());
  }

  expect(said[0]).toBe(said[1]);
  await signInAs(page, "爱心人士乙");
  links.push(await linkInMail(page, "设新密码"));
  const answer = await page.goto(links[0] ?? "");
  expect(answer?.headers()).toMatchObject({
    "referrer-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "private, no-store",
  });
  await expectNoOverflow(page);
  await fillIn(formWith(page, "newPassword"), { newPassword: "12345678" });
  await send(formWith(page, "newPassword"));
  await expect(page.getByRole("alert")).toContainText("太常见");
  await fillIn(formWith(page, "newPassword"), { newPassword: A_NEW_ONE });
  await send(formWith(page, "newPassword"));
  await page.waitForURL(/\/sign-in$/);
  await expect(page.getByText("请用新密码登录").first()).toBeVisible();
  // Every session ended, also this one.
  expect((await page.request.get("/me", { maxRedirects: 0 })).status()).toBe(302);
  await page.goto(links[0] ?? "");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("链接已经失效");

  await page.goto("/sign-in");
  await fillIn(formWith(page, "email"), { email: "donor2@example.org", password: A_NEW_ONE });
  await send(formWith(page, "email").first());
  await page.waitForURL(/\/$/);
  await page.goto("/me/password");
  await fillIn(formWith(page, "newPassword"), { password: A_NEW_ONE, newPassword: `${A_NEW_ONE} 又` });
  await send(formWith(page, "newPassword"));
  await page.waitForURL(/\/me$/);
  await expect(page.getByText("密码已改好").first()).toBeVisible();
  await expectNoBarriers(page);

  await page.goto("/me/name");
  await fillIn(formWith(page, "displayName"), { displayName: "爱心人士乙（改过）" });
  await send(formWith(page, "displayName"));
  await expect(page.getByText("称呼已改好").first()).toBeVisible();
  await page.goto("/me/name");
  await fillIn(formWith(page, "displayName"), { displayName: "爱心人士乙（演示）" });
  await send(formWith(page, "displayName"));
  await page.waitForURL(/\/me$/);

  await page.goto("/me/mail");
  await fillIn(formWith(page, "password"), { email: "donor2-new@example.org", password: `${A_NEW_ONE} 又` });
  await send(formWith(page, "password"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("请看新邮箱");
  links.push(await linkInMail(page, "确认新邮箱"));
  await page.goto(links[1] ?? "");
  await page.getByRole("main").locator("form button").click();
  await page.waitForURL(/\/me$/);
  await page.goto("/me/mail");
  await expect(page.getByText("donor2-new@example.org").first()).toBeVisible();

  await page.goto("/me/leave");
  await expectNoBarriers(page);
  for (const link of links) expect(portalLog()).not.toContain(link.split("/").at(-1));
  expect(portalLog()).not.toMatch(/donor2-new|nobody-at-all/);
  expect(portalLog()).toContain('"path":"/new-password/…"');
});

test("an admin invites somebody, who accepts once, works, is closed out, and comes back in; without scripts", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const page = await browser.newPage({ javaScriptEnabled: false });
  const email = "invited@example.org";
  await signInAs(page, "管理员");
  await page.goto("/admin/people");
  const form = page.locator('form:has(button[value="invite"])');
  await fillIn(form, { email, role: "caseworker", where: "town:442000001" });
  await send(form, "invite");
  await expect(page.getByText("邀请已寄出").first()).toBeVisible();
  await expect(
    page
      .getByRole("row")
      .filter({ hasText: email })
      .or(page.getByRole("listitem").filter({ hasText: email }))
      .first(),
  ).toBeVisible();
  const link = await linkInMail(page, "邀请您一起工作");

  const theirs = await browser.newPage({ javaScriptEnabled: false });
  await theirs.goto(link);
  await expect(theirs.getByRole("main")).toContainText("社工");
  await fillIn(formWith(theirs, "newPassword"), { displayName: "新社工（演示）", newPassword: A_NEW_ONE });
  await send(formWith(theirs, "newPassword"));
  await theirs.waitForURL(/\/me$/);
  expect((await theirs.request.get("/field", { maxRedirects: 0 })).status()).toBe(200);
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("链接已经失效");

  await page.goto(`/admin/people?who=${email}`);
  await page.locator("summary", { hasText: "停用账号" }).click();
  const closing = page.locator('form:has(button[value="disable"])');
  await fillIn(closing, { reason: "left_work" });
  await send(closing, "disable");
  await expect(page.getByText("账号已停用").first()).toBeVisible();
  await theirs.goto("/field");
  await theirs.waitForURL(/\/sign-in/);
  await fillIn(formWith(theirs, "email"), { email, password: A_NEW_ONE });
  await send(formWith(theirs, "email").first());
  await expect(theirs.getByRole("alert")).toContainText("邮箱或密码不对");
  await page.goto(`/admin/people?who=${email}`);
  await page.locator('button[value="enable"]').click();
  await expect(page.getByText("账号已重新启用").first()).toBeVisible();
  await fillIn(formWith(theirs, "email"), { email, password: A_NEW_ONE });
  await send(formWith(theirs, "email").first());
  await theirs.waitForURL(/\/field$/);

  await theirs.goto("/me/leave");
  await expect(theirs.getByRole("main")).toContainText("岗位：社工");
});

test("signing up is answered alike for a known and an unknown address; nobody is in before their letter was answered", async ({
  page,
  request,
  baseURL,
}) => {
  const post = (form: Record<string, string>, path = "/sign-up") =>
    request.post(path, { headers: { origin: baseURL ?? "" }, form, maxRedirects: 0 });
  const email = `newcomer-${Date.now()}@example.org`;
  const typed = (mail: string) => ({
    kind: "person",
    displayName: "来注册的人",
    email: mail,
    password: A_NEW_ONE,
    back: "//evil.example",
  });
  const [unknown, known] = [await post(typed(email)), await post(typed("donor1@example.org"))];
  const said = async (answer: typeof unknown, mail: string) =>
    (await answer.text())
      .replaceAll(mail, "MAIL")
      .replace(/v1(?::|%3A)[\w:%-]+/g, "BOX")
      .replace(/nonce="[^"]*"|"nonce":"[^"]*"/g, "");
  expect([unknown.status(), known.status()]).toEqual([200, 200]);
  expect([unknown.headers()["set-cookie"], known.headers()["set-cookie"]]).toEqual([undefined, undefined]);
  const [ofUnknown, ofKnown] = [await said(unknown, email), await said(known, "donor1@example.org")];
  expect(ofUnknown.length).toBeGreaterThan(1_000);
  expect(ofUnknown === ofKnown).toBe(true);
  // The right password of an account that is not open yet: no session, and words.
  const early = await post({ email, password: A_NEW_ONE }, "/sign-in");
  expect([early.status(), early.headers()["set-cookie"]]).toEqual([403, undefined]);
  expect(await early.text()).toContain("这个邮箱还没有确认");

  const boxOf = async (answer: typeof unknown) =>
    /\/demo\/mail\?to=[^"]+/.exec(await answer.text())?.[0].replaceAll("&amp;", "&") ?? "";
  expect([await boxOf(unknown), await boxOf(known)].filter((at) => /example|%40|@/.test(at))).toEqual([]);
  await page.goto(await boxOf(known));
  await expect(page.getByRole("listitem").filter({ hasText: "您已经有账号" }).first()).toBeVisible();
  await expect(page.locator('a[href*="/confirm-sign-up/"], a[href*="/new-password/"]')).toHaveCount(0);
  await page.goto(await boxOf(unknown));
  const link = (await page.locator('a[href*="/confirm-sign-up/"]').first().getAttribute("href")) ?? "";
  expect(link).not.toContain("evil");
  const answer = await page.goto(link);
  expect(answer?.headers()).toMatchObject({
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "private, no-store",
  });
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  const form = formWith(page, "password");
  await fillIn(form, { password: "not the one that was chosen" });
  await send(form);
  await expect(page.getByRole("alert")).toContainText("密码不对");
  await fillIn(form, { password: A_NEW_ONE });
  await send(form);
  await page.waitForURL(/\/$/);
  expect((await page.request.get("/me", { maxRedirects: 0 })).status()).toBe(200);
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("链接已经失效");
});

test("a device that one does not know is signed out from another one, without scripts too", async ({
  browser,
  baseURL,
}) => {
  const open = async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      baseURL: baseURL ?? "",
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    await signInAs(page, "演示制造有限公司");
    return page;
  };

  const [here, lost] = [await open(), await open()];
  await here.goto("/me");
  await linkTo(here.getByRole("main"), "/me/sessions").click();
  await expect(here.getByText("这台设备")).toHaveCount(1);
  await expectNoOverflow(here);
  // The last one that signed in, beside this one, is the lost one.
  await here
    .getByRole("listitem")
    .filter({ has: here.getByRole("button", { name: "退出这一处" }) })
    .first()
    .getByRole("button")
    .click();
  await expect(here.getByText("那一处已退出").first()).toBeVisible();
  expect((await lost.request.get("/me", { maxRedirects: 0 })).status()).toBe(302);
  expect((await here.request.get("/me", { maxRedirects: 0 })).status()).toBe(200);
  // Whoever is out ends nothing; nor does anybody a device of somebody else, by its real name.
  const [own] = await ask<{ id: string }>(
    "select s.id from session s join app_user u on u.id = s.user_id where u.email = 'company@example.org' and s.ended_at is null order by s.last_seen_at desc limit 1",
  );
  const end = (from: Page) =>
    from.request.post("/me/sessions", {
      headers: { origin: baseURL ?? "" },
      form: { sessionId: own?.id ?? "" },
      maxRedirects: 0,
    });
  expect(await (await end(lost)).text()).toContain("请重新登录");
  await signInAs(lost, "爱心人士甲");
  expect((await end(lost)).status()).toBe(404);
  expect(
    (
      await here.request.post("/me/sessions", {
        headers: { origin: baseURL ?? "" },
        form: { sessionId: "" },
        maxRedirects: 0,
      })
    ).status(),
  ).toBe(422);
  expect((await here.request.get("/me", { maxRedirects: 0 })).status()).toBe(200);
  await Promise.all([here.context().close(), lost.context().close()]);
});

test("somebody leaves for good, and cannot come back in", async ({ page }) => {
  const email = "leaves@example.org";
  await page.goto("/sign-up");
  const form = formWith(page, "displayName");
  await fillIn(form, { kind: "person", displayName: "要走的人", email, password: A_NEW_ONE });
  await send(form);
  await openAccount(page, A_NEW_ONE);
  await page.waitForURL(/\/$/);
  await page.goto("/me/leave");
  const leaving = formWith(page, "sure");
  await fillIn(leaving, { password: A_NEW_ONE });
  await send(leaving);
  await expect(page.getByRole("alert")).toBeVisible();
  await fillIn(leaving, { sure: "yes", password: A_NEW_ONE });
  await send(leaving);
  await page.waitForURL(/\/$/);
  await expect(page.getByText("账号已注销").first()).toBeVisible();
  await page.goto("/sign-in");
  await fillIn(formWith(page, "email"), { email, password: A_NEW_ONE });
  await send(formWith(page, "email").first());
  await expect(page.getByRole("alert")).toContainText("邮箱或密码不对");
});
