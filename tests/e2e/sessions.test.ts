import type { Browser, Page } from "@playwright/test";
import { fillIn, formWith, linkTo, send } from "./steps/forms";
import { openWish, putIntoBasket, submitBasket } from "./steps/gift";
import { ask } from "./steps/rows";
import { draftWish } from "./steps/wish";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const DONOR = "爱心人士甲";
const CASEWORKER = "方社工";

/** Somebody ends all their sessions on another device. */
async function endEverywhere(browser: Browser, who: string): Promise<void> {
  const page = await browser.newPage();
  await signInAs(page, who);
  await page.locator('button[name="everywhere"]').click();
  await page.waitForURL(/\/$/);
  await page.context().close();
}

const expectAsked = (page: Page) =>
  expect(page.getByRole("main").getByText("刚才填的都还在").first()).toBeVisible();

/**
 * Asked to sign in instead of the answer: signs in on that very page as somebody, and is asked whether to go
 * on.
 */
async function signInAgain(page: Page, who: string): Promise<void> {
  await expectAsked(page);
  await page.getByRole("button", { name: who }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ASKED);
}

const ASKED = "接着提交刚才填的";

async function goOn(page: Page): Promise<void> {
  await page.getByRole("main").locator("form button:not([name])").click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(ASKED);
}

/** A wish as a visit tells it, of the fields that somebody types. */
const A_WISH = {
  "household.townCode": "442000001",
  "household.groupCode": "child_in_hardship",
  "household.ageBand": "6_to_13",
  "household.person.name": "续填示例",
  "household.person.address": "第一行\n第二行 “引号” & <角括号>",
  "consents.givenBy": "guardian",
  "consents.scopes": ["collect", "share", "publish"],
  entitlementsChecked: "yes",
  "lines[0].objectKind": "shoes",
  "lines[0].item": "球鞋",
  "lines[0].quantity": "2",
  "lines[0].unitPriceFen": "120",
  title: "想要两双球鞋",
  story: "鞋子穿不下了。\n\n第二段。",
} as const;

const typedOf = async (page: Page): Promise<string[]> => {
  const form = formWith(page, "title");
  return form.evaluate((node) =>
    [...new FormData(node as HTMLFormElement)]
      .filter(([name]) => name !== "requestKey")
      .map(([name, value]) => `${name}=${typeof value === "string" ? value : value.name}`),
  );
};

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test.describe(how, () => {
    test.use({ javaScriptEnabled });

    test("a wish form survives the end of its session: looked at again it is as it was, and sent it is one wish", async ({
      page,
      browser,
    }) => {
      test.setTimeout(150_000);
      await signInAs(page, CASEWORKER);
      await page.goto("/field/new");
      await fillIn(formWith(page, "title"), A_WISH);
      const typed = await typedOf(page);
      expect(typed.length).toBeGreaterThan(20);
      await endEverywhere(browser, CASEWORKER);
      await send(formWith(page, "title"));
      if (javaScriptEnabled) {
        await expectAsked(page);
        await expectNoBarriers(page);
        await expectNoOverflow(page);
      }

      await signInAgain(page, CASEWORKER);
      await page.locator('button[name="lookAgain"]').click();
      await expect(page.getByRole("alert")).toContainText("刚才填的都在这里");
      expect(await typedOf(page)).toEqual(typed);

      await endEverywhere(browser, CASEWORKER);
      await send(formWith(page, "title"));
      await signInAgain(page, CASEWORKER);
      await goOn(page);
      await page.waitForURL(/\/field\/wishes\/[0-9a-f-]{36}$/);
      await expect(page.getByRole("main").getByText("想要两双球鞋").first()).toBeVisible();
    });

    test("a gift is confirmed with what was chosen before the session ended; somebody else who signs in is told, and sends nothing", async ({
      page,
      browser,
    }) => {
      test.setTimeout(90_000);
      await signInAs(page, DONOR);
      await openWish(page, "/wishes?sort=newest");
      await putIntoBasket(page);
      await submitBasket(page);
      const form = formWith(page, "notRelative");
      await fillIn(form, {
        arrivalWay: "drop_off",
        displayChoice: "kind_person",
        ifGone: "give_back",
        notRelative: "yes",
      });
      await endEverywhere(browser, DONOR);
      await send(form);
      await expectAsked(page);
      // The names of words that came along are not what somebody chose.
      expect(await page.content()).not.toMatch(/(?<![\w.])give_back/);
      await page.getByRole("button", { name: "爱心人士乙" }).first().click();
      await expect(page.getByRole("alert")).toContainText("另一个账号");
      await page.getByRole("button", { name: DONOR }).first().click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(ASKED);
      await goOn(page);
      await page.waitForURL(/\/gifts\/G[0-9A-Z]+\?new=/);
    });

    test("a household sheet survives it too", async ({ page, browser }) => {
      test.setTimeout(90_000);
      await draftWish(page, "", { ...A_WISH, title: "续填一张信息表" });
      await page.locator('main a[href*="/households/"]').last().click();
      await linkTo(page, "/sheet").click();
      await page.locator('button[name="intent"][value="open"]').click();
      await page.locator('[name="members[0].bornMonth"]').fill("2017-04");
      await page.locator('[name="household.incomePerHead"]').fill("701");
      await endEverywhere(browser, CASEWORKER);
      await formWith(page, "household.incomePerHead").locator("button").last().click();
      await signInAgain(page, CASEWORKER);
      await goOn(page);
      await expect(page.locator('[name="members[0].bornMonth"]:not([type="hidden"])')).toHaveValue("2017-04");
      await expect(page.locator('[name="household.incomePerHead"]:not([type="hidden"])')).toHaveValue(
        "701.00",
      );
    });
  });
}

test("a link opened after the session ended says why one signs in, and leads back to where it led, with its question", async ({
  page,
  browser,
}) => {
  await signInAs(page, CASEWORKER);
  await endEverywhere(browser, CASEWORKER);
  await page.goto("/field/new?household=01a00000-0000-7000-8000-000000000000");
  await expect(page.getByRole("main").getByText("您的登录已经结束").first()).toBeVisible();
  await page.getByRole("button", { name: CASEWORKER }).first().click();
  await page.waitForURL(/\/field\/new\?household=01a00000/);
});

test("where the browser has lost its cookie, what was typed is still there", async ({ page }) => {
  await signInAs(page, CASEWORKER);
  await page.goto("/field/new");
  await fillIn(formWith(page, "title"), { ...A_WISH, title: "没有了登录信息" });
  await page.context().clearCookies();
  await send(formWith(page, "title"));
  await signInAgain(page, CASEWORKER);
  await page.locator('button[name="lookAgain"]').click();
  await expect(page.getByRole("alert")).toContainText("刚才填的都在这里");
  await expect(page.locator('[name="title"]')).toHaveValue("没有了登录信息");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a form with mistakes in it is kept as well", async ({ page, browser }) => {
    await signInAs(page, CASEWORKER);
    await page.goto("/field/new");
    await fillIn(formWith(page, "title"), { title: "只填了这一行", "lines[0].unitPriceFen": "三百" });
    await endEverywhere(browser, CASEWORKER);
    await send(formWith(page, "title"));
    await signInAgain(page, CASEWORKER);
    await goOn(page);
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.locator('[name="title"]:not([type="hidden"])')).toHaveValue("只填了这一行");
  });
});

test("passwords never travel along, a planted way out of this house is refused, and a planted form is nothing", async ({
  page,
  baseURL,
}) => {
  await signInAs(page, DONOR);
  const post = (path: string, form: Record<string, string>) =>
    page.request.post(path, { headers: { origin: baseURL ?? "" }, form, maxRedirects: 0 });
  const userId =
    /name="userId" value="([0-9a-f-]{36})"/.exec(await (await page.request.get("/sign-in")).text())?.[1] ??
    "";
  for (const back of ["https://evil.example/x", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    const answer = await post("/sign-in", { intent: "demo", userId, back, kept: "" });
    expect([answer.status(), answer.headers()["location"]]).toEqual([302, "/me"]);
  }

  for (const kept of ["nobody.v1:x:y:z:w", "{}", "nobody.", `${userId}.${"A".repeat(300)}`]) {
    const answer = await post("/sign-in", { intent: "demo", userId, back: "/gifts", kept });
    expect([answer.status(), answer.headers()["location"]]).toEqual([302, "/gifts"]);
  }
});

test("a form that somebody typed before their session ended is not handed to whoever makes an account with it", async ({
  page,
  browser,
  baseURL,
}) => {
  await signInAs(page, CASEWORKER);
  await endEverywhere(browser, CASEWORKER);
  const post = (path: string, form: Record<string, string>) =>
    page.request.post(path, { headers: { origin: baseURL ?? "" }, form, maxRedirects: 0 });
  const asked = await post("/field/new", { title: "只有社工知道的一句话" });
  const kept = /name="kept" value="([^"]+)"/.exec(await asked.text())?.[1] ?? "";
  expect(kept).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}\./);
  await page.context().clearCookies();
  const account = {
    kind: "person",
    displayName: "路过的人",
    email: `kept-by-another-${Date.now()}@example.org`,
    password: "long enough for this 2",
  };
  const refused = await post("/sign-up", { ...account, kept });
  expect([refused.status(), refused.headers()["set-cookie"] ?? ""]).toEqual([
    409,
    expect.not.stringContaining("session="),
  ]);
  expect(await refused.text()).toContain("另一个账号");
  expect(await refused.text()).not.toContain("只有社工知道的一句话");
  // No account was made by it.
  expect(await ask(`select count(*)::int as n from app_user where email = '${account.email}'`)).toEqual([
    { n: 0 },
  ]);
  expect((await post("/sign-up", account)).status()).toBe(200);
  expect(await ask(`select count(*)::int as n from app_user where email = '${account.email}'`)).toEqual([
    { n: 1 },
  ]);
});

test("of a visitor no large body is read, and what is no form does not go along to the sign-in page", async ({
  request,
  baseURL,
}) => {
  const headers = { origin: baseURL ?? "" };
  const large = await request.post("/field/new", {
    headers,
    form: { title: "大".repeat(500_000) },
    maxRedirects: 0,
  });
  expect(large.status()).toBe(413);
  const none = await request.post("/field/new", {
    headers: { ...headers, "content-type": "application/json" },
    data: "{}",
    maxRedirects: 0,
  });
  expect([none.status(), none.headers()["location"]]).toEqual([302, "/sign-in?back=%2Ffield%2Fnew"]);
});

for (const javaScriptEnabled of [true, false]) {
  test(`who first has to make an account keeps what was typed, scripts ${String(javaScriptEnabled)}`, async ({
    browser,
  }) => {
    test.setTimeout(90_000);
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await signInAs(page, DONOR);
    await page.goto("/offer");
    const offer = formWith(page, "description");
    const what = "一辆童车，注册前就填好了";
    await fillIn(offer, {
      objectKind: "bag",
      description: what,
      condition: "new",
      quantity: "1",
      townCode: "442000001",
      displayChoice: "kind_person",
    });
    // Another browser would be the same: nobody is known here any more.
    await context.clearCookies();
    await send(offer);
    await expect(page.getByRole("main").getByText("刚才填的都还在").first()).toBeVisible();
    await page.locator('form[action$="/sign-up"] button[name="intent"][value="begin"]').click();
    await expect(page.getByText("注册以后，接着提交")).toBeVisible();
    const form = formWith(page, "displayName");
    const email = `kept-${String(javaScriptEnabled)}-${Date.now()}@example.org`;
    // What is wrong is said, and nothing that goes along is lost by it.
    await fillIn(form, { kind: "person", displayName: "新来的人", email, password: "short" });
    await send(form);
    await expect(form.locator('[name="password"]')).toHaveAttribute("aria-invalid", "true");
    await fillIn(form, { password: "long enough for this 1" });
    await send(form);
    await expect(page.getByText("回到这一页登录，接着提交").first()).toBeVisible();
    // The letter is read in another tab, as people do; this one keeps what was typed.
    const letter = await context.newPage();
    await letter.goto((await linkTo(page.getByRole("main"), "/demo/mail?to=").getAttribute("href")) ?? "");
    await letter.locator('a[href*="/confirm-sign-up/"]').first().click();
    await fillIn(formWith(letter, "password"), { password: "long enough for this 1" });
    await send(formWith(letter, "password"));
    await letter.waitForURL((to) => !to.pathname.includes("/confirm-sign-up/"));
    await fillIn(formWith(page, "password"), { password: "long enough for this 1" });
    await send(formWith(page, "password"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(ASKED);
    await page.locator('button[name="lookAgain"]').click();
    await expect(page.locator('[name="description"]')).toHaveValue(what);
    await context.close();
  });
}
