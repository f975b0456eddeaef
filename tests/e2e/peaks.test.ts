import type { Page } from "@playwright/test";
import { type Peak, PEAKS } from "./steps/peaks";
import { expect, expectNoOverflow, test } from "./support";

const SCREEN = 844;

/** Where something begins on the page, in pixels from its top. */
const topOf = async (page: Page, what: string): Promise<number> =>
  (await page.getByRole("main").locator(what).first().boundingBox())?.y ?? Infinity;

/** The steps that stand below this heading. */
const stepsBelow = (page: Page, heading: string) =>
  page
    .getByRole("main")
    .locator("h2", { hasText: heading })
    .locator("xpath=following-sibling::ol[1]")
    .getByRole("listitem");

/** What a person must see at each of the ten moments, however they look at it. */
const SEEN: Readonly<Record<Peak, (page: Page) => Promise<void>>> = {
  front: async (page) => {
    const main = page.getByRole("main");
    await expect(main.getByRole("link", { name: "我想帮忙" })).toBeVisible();
    await expect(main.getByRole("link", { name: "我需要帮助" })).toBeVisible();
    await expect(main.getByText("件已送到手里")).toBeVisible();
  },
  list: async (page) => {
    await expect(page.getByRole("article").first()).toContainText("还差");
    // The first wish stands on the first screen: filters are folded away.
    expect(await topOf(page, "article")).toBeLessThan(SCREEN);
  },
  wish: async (page) => {
    const main = page.getByRole("main");
    await expect(main.getByText("儿童 · 6–13 岁")).toBeVisible();
    await expect(main.getByText(/每套约 ¥150/)).toBeVisible();
    await expect(main.getByText(/等人认领 \d+ 套/)).toBeVisible();
    await expect(main.getByRole("link", { name: "我来认领" })).toBeVisible();
    expect(await topOf(page, 'a[href^="#"]')).toBeLessThan(SCREEN);
  },
  thanks: async (page) => {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("谢谢您");
    const next = stepsBelow(page, "接下来");
    await expect(next).toHaveCount(3);
    await expect(next.first()).toContainText(/\d/);
    await expect(page.getByRole("main").locator('a[href*="amap.com"]').first()).toBeVisible();
  },
  gift: async (page) => {
    const main = page.getByRole("main");
    await expect(main.getByText("受助人的话")).toBeVisible();
    await expect(stepsBelow(page, "已经送到")).toHaveText([
      /已认领/,
      /服务点已收到/,
      /查验合格/,
      /已出发/,
      /已送达.*对方已确认收到/,
    ]);
    await expect(main.getByRole("heading", { level: 1 })).toHaveText(/^1 .+ · .+(镇|街道)的/);
  },
  link: async (page) => {
    const main = page.getByRole("main");
    await expect(main.getByText("受助人的话")).toBeVisible();
    await expect(stepsBelow(page, "已经送到")).toHaveCount(5);
    await expect(main).not.toContainText("爱心人士乙");
  },
  account: async (page) => {
    const main = page.getByRole("main");
    for (const heading of ["东西走到哪里了", "从认领到送到手里，要几天"])
      await expect(main.getByRole("heading", { name: heading })).toBeVisible();
    await expect(main.getByText(/一半的东西(在 \d+ 天 内|当天就)送到/)).toBeVisible();
    // What a picture shows stands in a table for whoever does not see it.
    expect(await main.locator("figure table").count()).toBeGreaterThan(0);
  },
  visit: async (page) => {
    const form = page.getByRole("main").locator("form:has([name=membersComplete])");
    await expect(form.locator("input[type=radio]").nth(8)).toBeAttached();
    await expect(form.getByText("不清楚").first()).toBeAttached();
  },
  calls: async (page) => {
    const home = page.getByRole("main").getByRole("listitem").filter({ hasText: "这家新有" }).first();
    await expect(home.getByText("打电话")).toBeVisible();
    for (const answer of ["想申请", "不需要", "没人接"])
      await expect(home.getByText(answer, { exact: true }).first()).toBeVisible();
    await expect(home.getByRole("button", { name: "记下来" })).toBeVisible();
  },
  desk: async (page) => {
    const lamps = page.getByRole("listitem").filter({ hasText: "感应小夜灯，全新" }).first();
    await expect(lamps.getByRole("checkbox").first()).toBeChecked();
    await expect(lamps).toContainText("等得久");
    await expect(page.getByRole("button", { name: "提出打勾的" })).toBeVisible();
  },
};

const MODES = [
  { mode: "as it comes", look: "auto.auto.normal.100.normal", javaScriptEnabled: true },
  { mode: "without JavaScript", look: "auto.auto.normal.100.normal", javaScriptEnabled: false },
  { mode: "for elders", look: "auto.auto.elder.100.normal", javaScriptEnabled: true },
  { mode: "in high contrast", look: "auto.more.normal.100.normal", javaScriptEnabled: true },
] as const;

for (const { mode, look, javaScriptEnabled } of MODES)
  test.describe(`the ten moments by which people remember the portal, ${mode}`, () => {
    test.use({ javaScriptEnabled });

    for (const peak of Object.keys(PEAKS) as Peak[])
      test(`${peak} shows what a person must see, and nothing sticks out to the side`, async ({
        page,
        context,
        baseURL,
      }) => {
        await context.addCookies([{ name: "look", value: look, url: baseURL ?? "" }]);
        await PEAKS[peak](page);
        await SEEN[peak](page);
        await expectNoOverflow(page);
      });
  });
