import type { Page } from "@playwright/test";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const COMPANY = "演示制造有限公司";

/** The company's gift for that town's point. */
async function openGift(page: Page, point: string): Promise<string> {
  await page.goto("/gifts");
  const gifts = await page
    .locator("main a[href*='/gifts/G']")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  for (const gift of gifts) {
    await page.goto(gift);
    if (
      (await page.getByRole("heading", { name: "集中送达日" }).count()) > 0 &&
      (await page.getByText(point).count()) > 0
    )
      return gift;
  }

  throw new Error(`no gift with a joint day at ${point}`);
}

async function openAtPoint(page: Page, point: string): Promise<void> {
  await page.goto("/point");
  const at = await page.locator("select[name=at] option", { hasText: point }).getAttribute("value");
  await page.goto(`/point?at=${at ?? ""}`);
  await page.locator("a[href*='/point/joint-days/']").first().click();
  await page.waitForURL(/\/joint-days\//);
}

test("the point agrees to a company's day, which goes into its calendar; changed, it waits for the point again", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await signInAs(page, "黎库管");
  await openAtPoint(page, "三角镇");
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await expect(page.locator("main")).toContainText("折叠课桌椅 × 5");
  await page.getByRole("button", { name: "同意这一天" }).click();
  await expect(page.locator("main")).toContainText("已约定");

  await signInAs(page, COMPANY);
  const gift = await openGift(page, "三角镇");
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  const file = await page.request.get(`${gift}/joint-day.ics`);
  expect([file.status(), file.headers()["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
  expect(await file.text()).toMatch(
    /^BEGIN:VCALENDAR\r\n[\s\S]*\r\nDTSTART;VALUE=DATE:\d{8}\r\n[\s\S]*END:VCALENDAR\r\n$/,
  );

  await page.getByRole("link", { name: "查看或改约" }).click();
  await page.waitForURL(/\/joint-day$/);
  await expectNoBarriers(page);
  const day = page.locator("input[name=day]");
  await day.fill((await day.getAttribute("max")) ?? "");
  await page.getByRole("button", { name: "提出这一天" }).click();
  await page.waitForURL((url) => url.pathname === gift);
  await expect(page.locator("main")).toContainText("等服务点答复");
  expect((await page.request.get(`${gift}/joint-day.ics`)).status()).toBe(404);
});

test("without scripts the point suggests another day, and the donor agrees to it", async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(90_000);
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await signInAs(page, "黎库管");
  await openAtPoint(page, "沙溪镇");
  const day = page.locator("input[name=day]");
  await day.fill((await day.getAttribute("max")) ?? "");
  await page.getByRole("button", { name: "提议另一天" }).click();
  await expect(page.locator("main")).toContainText("等捐赠方答复");
  await signInAs(page, COMPANY);
  const gift = await openGift(page, "沙溪镇");
  await page.goto(`${gift}/joint-day`);
  await page.getByRole("button", { name: "同意这一天" }).click();
  await page.waitForURL((url) => url.pathname === gift);
  await expect(page.locator("main")).toContainText("已约定");
  await expect(page.locator("main")).toContainText("期限顺延到集中送达日");
  await context.close();
});
