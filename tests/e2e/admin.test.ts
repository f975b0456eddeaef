import type { Locator, Page } from "@playwright/test";
import { openAccount } from "./steps/account";
import { fillIn, formWith } from "./steps/forms";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

test("an admin gives a role in its place and takes it away again; what does not fit is said beside its field", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await signInAs(page, "管理员");
  await page.goto("/admin/people");
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  const form = page.locator('form:has(select[name="role"])').first();
  await form.locator("input[name=email]").fill("donor1@example.org");
  await form.locator("select[name=role]").selectOption("caseworker");
  await form.locator("select[name=where]").selectOption("city");
  await form.getByRole("button").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(form.locator("select[name=where]")).toHaveAttribute("aria-invalid", "true");
  await form.locator("select[name=where]").selectOption({ label: "石岐街道" });
  await form.getByRole("button").click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.goto("/admin/people?who=donor1@example.org");
  const row = page.locator("tr", { hasText: "donor1@example.org" }).filter({ hasText: "石岐街道" });
  await expect(row).toBeVisible();
  await row.locator("summary").click();
  await row.getByRole("button", { name: /^确定/ }).click();
  await page.waitForURL(/\/people$/);
  await page.goto("/admin/people?who=donor1@example.org");
  await expect(
    page.locator("tr", { hasText: "donor1@example.org" }).filter({ hasText: "石岐街道" }),
  ).toHaveCount(0);
});

test("a role that moves money waits for another admin, who agrees on the same page; the auditor reads both", async ({
  page,
}) => {
  test.setTimeout(90_000);
  const card = page.getByRole("listitem").filter({ hasText: "donor1@example.org" });
  await signInAs(page, "管理员");
  await page.goto("/admin/people");
  const form = formWith(page, "role").first();
  await fillIn(form, { email: "donor1@example.org", role: "operator", where: "city" });
  await form.getByRole("button").click();
  await expect(page.getByText("已提出，等另一位管理员同意").first()).toBeVisible();
  await expect(card.locator('button[value="withdrawRole"]')).toBeVisible();
  await expect(card.locator('button[value="approveRole"]')).toHaveCount(0);
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await fillIn(form, { email: "donor1@example.org", role: "operator", where: "city" });
  await form.getByRole("button").click();
  await expect(page.getByRole("alert")).toContainText("已经在等另一位管理员同意");
  // What the page does not offer is refused as well.
  const proposalId = (await card.locator('input[name="proposalId"]').getAttribute("value")) ?? "";
  const origin = new URL(page.url()).origin;
  const own = await page.request.post("/admin/people", {
    headers: { origin },
    form: { intent: "approveRole", proposalId },
    maxRedirects: 0,
  });
  expect(own.status()).toBe(403);

  await signInAs(page, "欧主管");
  await page.goto("/admin/people");
  await card.locator('button[value="approveRole"]').click();
  await expect(page.getByText("已给出角色").first()).toBeVisible();
  await page.goto("/admin/people?who=donor1@example.org");
  const row = page.locator("tr", { hasText: "donor1@example.org" }).filter({ hasText: "市级工作人员" });
  await expect(row).toBeVisible();
  await row.locator("summary").click();
  await row.getByRole("button", { name: /^确定/ }).click();
  await expect(page.getByText("已收回角色").first()).toBeVisible();

  await signInAs(page, "霍审计");
  await page.goto("/audit");
  await page.getByRole("link", { name: "角色变动" }).click();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  for (const words of ["收回角色", "给出角色", "同意给角色", "提出角色"])
    await expect(
      page.getByRole("row").filter({ hasText: "爱心人士甲" }).filter({ hasText: words }).first(),
    ).toBeVisible();
});

/** A limit that is set for now holds after five seconds, in every process. */
const expectSoon = (page: Page, shown: Locator) =>
  expect(async () => {
    await page.reload();
    await expect(shown).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });

test("a limit is changed within its bounds, and what was typed outside of them is kept", async ({ page }) => {
  await signInAs(page, "管理员");
  await page.goto("/admin/limits");
  await expectNoBarriers(page);
  const card = page.locator("li", { hasText: "个人最多同时保留几件" });
  await card.locator("summary").click();
  await card.locator("input[name=value]").fill("0");
  await card.getByRole("button").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(card.locator("input[name=value]")).toHaveValue("0");
  await expect(card.locator("input[name=value]")).toHaveAttribute("aria-invalid", "true");
  await card.locator("input[name=value]").fill("12");
  await card.getByRole("button").click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expectSoon(page, card.locator("p", { hasText: /^12$/ }));
});

test("the cap is read and typed in yuan, and kept to the fen", async ({ page }) => {
  await signInAs(page, "管理员");
  await page.goto("/admin/limits");
  const card = page.locator("li", { hasText: "每人一轮的上限（元）" });
  await expect(card.locator("p", { hasText: /^¥500$/ })).toBeVisible();
  await card.locator("summary").click();
  await expect(card.getByText("¥50 到 ¥20,000 之间").first()).toBeVisible();
  const value = card.locator("input[name=value]");
  await expect(value).toHaveValue("500.00");
  await value.fill("49.99");
  await card.getByRole("button").click();
  await expect(value).toHaveAttribute("aria-invalid", "true");
  await expect(value).toHaveValue("49.99");
  await value.fill("600.50");
  await card.getByRole("button").click();
  await expectSoon(page, card.locator("p", { hasText: /^¥600.50$/ }));
  await card.locator("summary").click();
  await value.fill("500");
  await card.getByRole("button").click();
  await expectSoon(page, card.locator("p", { hasText: /^¥500$/ }));
});

test("a company that signed up is checked by an operator", async ({ page }) => {
  await page.goto("/sign-up");
  await page.locator("input[name=email]").fill("factory@example.org");
  await page.locator("input[name=password]").fill("长长的一句话 2026 厂");
  await page.locator("input[name=displayName]").fill("演示五金厂");
  await page.locator('input[name=kind][value="company"]').check();
  await page.locator("input[name=creditCode]").fill("91350100M000100Y44");
  await page.locator('form:has(input[name="password"])').getByRole("button").last().click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.locator("input[name=creditCode]").fill("91350100M000100Y43");
  await page.locator("input[name=password]").fill("长长的一句话 2026 厂");
  await page.locator('form:has(input[name="password"])').getByRole("button").last().click();
  await openAccount(page, "长长的一句话 2026 厂");
  await signInAs(page, "何干事");
  await page.goto("/companies");
  await expectNoBarriers(page);
  await page.locator("li", { hasText: "演示五金厂" }).getByRole("button").click();
  await expect(page.locator("li", { hasText: "演示五金厂" })).toHaveCount(0);
});
