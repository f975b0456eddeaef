import type { Page } from "@playwright/test";
import { payFor } from "./steps/gift";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const EDITOR = "社工中心编辑";

/** Writes a need on the form; what is left out first comes back marked, with everything typed kept. */
async function writeNeed(page: Page, title: string): Promise<void> {
  await page.goto("/organisation/new");
  await page.getByLabel("在哪个镇街办").selectOption({ label: "石岐街道" });
  await page.getByLabel("一句话说要办什么").fill(title);
  await page.getByLabel("钱用在哪里").fill("上门安装的人工");
  await page.getByLabel("要多少钱（元）").fill("三千");
  await page.getByLabel("具体物品或服务").first().fill("浴室扶手");
  await page.getByRole("button", { name: "存草稿" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("一句话说要办什么")).toHaveValue(title);
  await expect(page.getByLabel("要多少钱（元）")).toHaveValue("三千");
  await page.getByLabel("要多少钱（元）").fill("3000");
  await page
    .getByLabel("给谁用，为什么要，怎么做")
    .fill("卫生间地滑，请师傅上门，为二十户独居老人各装一副扶手。");
  await page.getByLabel("哪一类").first().selectOption({ label: "扶手" });
  await page.getByLabel("数量").first().fill("20");
  await page.getByLabel("单价（元）").first().fill("150");
  await page.getByRole("button", { name: "存草稿" }).click();
  await page.waitForURL(/\/organisation\/needs\/[0-9a-f-]{36}$/);
}

async function carry(page: Page, title: string): Promise<void> {
  await signInAs(page, EDITOR);
  await writeNeed(page, title);
  await expect(page.getByText("¥6,000").first()).toBeVisible();
  await page.getByRole("button", { name: "提交给市里" }).click();
  await expect(page.getByText("待核实").first()).toBeVisible();
  await signInAs(page, "何干事");
  await page.goto("/review");
  await page
    .getByRole("link", { name: /上门安装的人工/ })
    .first()
    .click();
  await page.waitForURL(/\/review\/[0-9a-f-]{36}$/);
  const review = page.url();
  await expect(page.getByText("登记证书").first()).toBeVisible();
  await page
    .getByRole("button", { name: /核对|证书|核实/ })
    .first()
    .click();
  await page.waitForURL(/\/review$/);
  await signInAs(page, "麦干事");
  await page.goto(review);
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await page.waitForURL(/\/review$/);
}

test("an organisation's need: written with an error first, sent in, checked by one, published by another, and paid by any amount", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await carry(page, "给老人装扶手（甲）");
  await signInAs(page, "爱心人士甲");
  await page.goto("/wishes?kind=money&sort=newest");
  await page.getByRole("link", { name: "给老人装扶手（甲）" }).click();
  await page.waitForURL(/\/wishes\/W/);
  await expect(page.getByText("还差 ¥3,000").first()).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await payFor(page, { atHand: "other", quantity: "88.5" });
  await expect(page.getByText("¥88.50").first()).toBeVisible();
});

test("pages of an organisation have no barriers at phone size, also in elder size", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await signInAs(page, EDITOR);
  for (const size of ["normal", "elder"]) {
    await page.request.post("/preferences", {
      headers: { origin: new URL(page.url()).origin },
      form: { size },
    });
    for (const path of ["/organisation", "/organisation/new"]) {
      await page.goto(path);
      await expectNoBarriers(page);
      await expectNoOverflow(page);
    }

    await page.goto("/organisation");
    await page.locator("main li a").first().click();
    await page.waitForURL(/needs\//);
    await expectNoBarriers(page);
    await expectNoOverflow(page);
  }
});
