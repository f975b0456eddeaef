import type { Page } from "@playwright/test";
import { expect, signInAs, test } from "./support";

/** The first open wish of a thing that can be given. */
async function openFirstWish(page: Page, locale: string): Promise<void> {
  await page.goto(`${locale}/wishes?kind=goods&gap=one`);
  await page.locator("article h2 a").first().click();
  // The list has a heading and a button of a like name: the journey goes on only from the wish's own page.
  await page.waitForURL(/\/wishes\/W[0-9A-Z]{7}$/);
}

const WORDS = {
  "": {
    add: "放进心愿篮",
    submit: "提交，为我保留",
    drop: "我送到服务点",
    kind: "显示“爱心人士”",
    ask: "先问我",
    waived: /不需要/,
    relative: "我不是受助人的亲属",
    confirm: "确认认捐",
    done: "确认认捐",
  },
  "/zh-Hant": {
    add: "放進心願籃",
    submit: "提交，為我保留",
    drop: "我送到服務點",
    kind: "顯示“愛心人士”",
    ask: "先問我",
    waived: /不需要/,
    relative: "我不是受助人的親屬",
    confirm: "確認認捐",
    done: "確認認捐",
  },
  "/en": {
    add: "Put into basket",
    submit: "Submit and hold these for me",
    drop: "I bring it to a service point",
    kind: 'As "a kind person"',
    ask: "Ask me",
    waived: /No \(your waiver/,
    relative: "I am no relative of the recipient",
    confirm: "Confirm",
    done: "Pledge confirmed",
  },
} as const;

async function give(page: Page, locale: keyof typeof WORDS): Promise<string> {
  const words = WORDS[locale];
  await openFirstWish(page, locale);
  await page.getByRole("button", { name: words.add, exact: true }).first().click();
  await page.waitForURL(/\/basket$/);
  await page.getByRole("button", { name: words.submit }).click();
  await page.waitForURL(/\/confirm/);
  await page.getByRole("button", { name: words.confirm, exact: true }).click();
  // Nothing is chosen beforehand, so the form comes back with each question marked, and nothing is lost.
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel(words.drop).check();
  await page.getByLabel(words.kind).check();
  await page.getByLabel(words.ask).check();
  await page.getByLabel(words.waived).check();
  await page.getByLabel(words.relative).check();
  await page.getByRole("button", { name: words.confirm, exact: true }).click();
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+\?new=/);
  await expect(page.getByRole("listitem").filter({ hasText: words.done }).first()).toBeVisible();
  return new URL(page.url()).pathname;
}

for (const locale of ["", "/zh-Hant", "/en"] as const) {
  test(`a donor puts a thing into the basket, answers once, and sees the whole way${locale ? ` in ${locale}` : ""}`, async ({ page, browser, baseURL }) => {
    await signInAs(page, "爱心人士甲");
    await give(page, locale);
    const link = await page.locator("p.break-all").innerText();
    const stranger = await browser.newPage();
    const track = await stranger.goto(link.replace(/^https?:\/\/[^/]+/, baseURL ?? ""));
    expect(track?.headers()["referrer-policy"]).toBe("no-referrer");
    expect(track?.headers()["x-robots-tag"]).toContain("noindex");
    expect(await stranger.locator("body").innerText()).not.toContain("爱心人士甲");
    await stranger.close();
  });
}

test("the same journey with JavaScript off, and undone within ten minutes", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await signInAs(page, "爱心人士甲");
  const gift = await give(page, "");
  await page.goto(gift);
  await page.getByRole("button", { name: /撤回/ }).click();
  await expect(page.getByText("已取消").first()).toBeVisible();
  await context.close();
});

test("a donor pays for a thing at the test desk, and the money book has it", async ({ page }) => {
  await signInAs(page, "爱心人士乙");
  await openFirstWish(page, "");
  await page
    .getByRole("link", { name: /出钱请慈善组织代买/ })
    .first()
    .click();
  await expect(page.getByText("53440000MJ0000000GA26001")).toBeVisible();
  await page.getByLabel("显示“爱心人士”").check();
  await page.getByLabel("先问我").check();
  await page.getByLabel(/不需要/).check();
  await page.getByLabel("我不是受助人的亲属").check();
  await page.getByRole("button", { name: "去付款" }).click();
  await expect(page.getByRole("heading", { name: "付款测试台" })).toBeVisible();
  await page.getByRole("button", { name: /模拟付款成功/ }).click();
  await page.waitForURL(/\/gifts\/G/);
  await expect(page.getByText("付款成功").first()).toBeVisible();
  const code = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await signInAs(page, "俞会计");
  const book = await page.request.get("/finance/money.csv");
  expect(await book.text()).toContain(`${code},`);
});

test("somebody else's gift does not exist", async ({ page }) => {
  await signInAs(page, "爱心人士甲");
  await page.goto("/gifts");
  const mine = await page.locator("a[href^='/gifts/G']").first().getAttribute("href");
  await signInAs(page, "爱心人士乙");
  expect((await page.goto(mine ?? "/gifts/G"))?.status()).toBe(404);
});
