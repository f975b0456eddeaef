import type { Page } from "@playwright/test";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const NAME = "演示助老社（虚构）";
const FIELDS = {
  nameHans: NAME,
  nameHant: "演示助老社（虛構）",
  nameEn: "Demo Elder Service (fictional)",
  contactPhone: "0760-0000-3002",
  number: "演示民非第 0003 号",
};

async function openBody(page: Page, name: string): Promise<void> {
  await page.goto("/admin/organisations");
  await page.getByRole("link", { name, exact: true }).last().click();
  await page.waitForURL(/\/admin\/organisations\/[0-9a-f-]{36}$/);
}

test("an organisation is entered by one person and approved by another; what is wrong is said beside its field and kept", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await signInAs(page, "何干事");
  await page.goto("/admin/organisations");
  await expectNoBarriers(page);
  await expect(page.locator("section", { hasText: "快到期" })).toContainText("演示青少年服务社");
  await page.getByRole("link", { name: "登记一家" }).click();
  await page.waitForURL(/\/new$/);
  await expectNoBarriers(page);
  await page.locator('input[name=bodyKind][value="organisation"]').check();
  for (const [name, value] of Object.entries(FIELDS)) await page.locator(`input[name=${name}]`).fill(value);
  await page.locator("input[name=creditCode]").fill("52440000MJ0000003A");
  await page.locator("input[name=validFrom]").fill("2026-01-01");
  await page.locator("input[name=validTo]").fill("2025-12-31");
  await page.getByRole("button", { name: "提交，请别人确认" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  for (const name of ["creditCode", "validTo"])
    await expect(page.locator(`input[name=${name}]`)).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("input[name=nameHans]")).toHaveValue(NAME);
  await page.locator("input[name=creditCode]").fill("52440000MJ0000003W");
  await page.locator("input[name=validTo]").fill("2099-12-31");
  await page.getByRole("button", { name: "提交，请别人确认" }).click();
  await page.waitForURL(/\/admin\/organisations\/[0-9a-f-]{36}$/);
  await expect(page.getByText("您登记的，由别人确认").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "核对无误，生效" })).toHaveCount(0);

  await signInAs(page, "管理员");
  await openBody(page, NAME);
  await expectNoBarriers(page);
  await page.getByRole("button", { name: "核对无误，生效" }).click();
  await expect(page.locator("main")).toContainText("有效");
  await expect(page.getByRole("button", { name: "核对无误，生效" })).toHaveCount(0);
});

test("a charity's renewed certificate is approved by a second person, and a form of one kind leaves the others alone", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await signInAs(page, "管理员");
  await openBody(page, "演示慈善会（虚构）");
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await page.getByRole("button", { name: "核对无误，生效" }).click();
  await expect(page.locator("main")).toContainText("还没开始");
  await page.locator("summary", { hasText: "登记新的收款账户" }).click();
  const form = page.locator("form", { has: page.locator("input[name=stripeAccountId]") });
  await form.locator("input[name=stripeAccountId]").fill("sk_live_not_an_account");
  await form.getByRole("button").click();
  await expect(form.getByRole("alert")).toBeVisible();
  await expect(form.locator("input[name=stripeAccountId]")).toHaveValue("sk_live_not_an_account");
  await expect(page.locator("[aria-invalid]")).toHaveCount(2);
  await expectNoBarriers(page);
});
