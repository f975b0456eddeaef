import type { Page } from "@playwright/test";
import { expect, expectNoBarriers, signInAs, test } from "./support";

const check = (page: Page, name: string, value: string) => page.locator(`input[name="${name}"][value="${value}"]`).check();

/** Something offered to nobody in particular; answers with the gift's page. */
async function offer(page: Page, what: string): Promise<string> {
  await signInAs(page, "爱心人士乙");
  await page.goto("/offer");
  await page.locator("select[name=objectKind]").selectOption("bag");
  await page.locator("textarea[name=description]").fill(what);
  await check(page, "condition", "new");
  await page.locator("input[name=quantity]").fill("1");
  await page.locator("select[name=townCode]").selectOption({ label: "石岐街道" });
  await check(page, "displayChoice", "kind_person");
  await page.locator("input[name=notRelative]").check();
  await page
    .getByRole("button", { name: /提交|登记|送出|发出/ })
    .last()
    .click();
  await page.waitForURL(/\/gifts\/G/);
  return new URL(page.url()).pathname;
}

test("an offer to nobody finds its wish: accepted, received, proposed with reasons by one, approved by another, and its donor reads it", async ({ page }) => {
  test.setTimeout(120_000);
  const what = "红色双肩书包，全新，大号";
  const gift = await offer(page, what);
  await signInAs(page, "何干事");
  await page.goto("/matching");
  await expectNoBarriers(page);
  const waiting = page.locator("li", { hasText: what });
  await waiting.getByRole("button").first().click();
  await expect(page.locator("li", { hasText: what }).locator("select[name=pointId]")).toHaveCount(0);

  await signInAs(page, "黎库管");
  await page.goto("/point");
  // At another counter the storekeeper is told where it belongs.
  await page.locator('a[href*="/point/receive"]').first().click();
  await page.locator("input[name=code]").fill(gift.slice(-8));
  await page.locator('form:has(input[name="code"])').getByRole("button").click();
  await expect(page.getByText("石岐街道爱心服务点")).toBeVisible();
  await page.goto("/point");
  await page.locator("select[name=at]").selectOption({ label: "石岐街道爱心服务点" });
  await page.locator('form:has(select[name="at"])').getByRole("button").click();
  await page.waitForURL(/\/point\?at=/);
  await page.locator('a[href*="/point/receive"]').first().click();
  await page.locator("input[name=code]").fill(gift.slice(-8));
  await page.locator('form:has(input[name="code"])').getByRole("button").click();
  await page.locator('a[href*="/point/receive/offer/"]').first().click();
  const counting = page.locator('form:has(input[name="counted"])');
  await counting.locator("input[name=counted]").fill("1");
  await counting.getByRole("button").last().click();
  await page.waitForURL(/\/point\/inspect\//);
  const found = page.locator('form:has(input[name="accepted"])');
  await found.locator("input[name=accepted]").fill("1");
  await check(page, "valueBasis", "fair_value");
  await found.locator("input[name=unitValueFen]").fill("80");
  await found.getByRole("button").last().click();
  await page.waitForURL(/\/point\/label\//);
  const label = page.url().split("/").at(-1) ?? "";

  await signInAs(page, "何干事");
  await page.goto("/matching");
  const lot = page.locator("li", { hasText: label }).first();
  await lot.locator('form:has(input[name="lotId"])').first().getByRole("button").click();
  const proposed = page.locator("li", { hasText: `${label} →` });
  await expect(proposed).toBeVisible();
  // The one who proposed may not decide.
  await expect(proposed.getByRole("button")).toHaveCount(0);
  await signInAs(page, "麦干事");
  await page.goto("/matching");
  await page
    .locator("li", { hasText: `${label} →` })
    .getByRole("button")
    .first()
    .click();
  await expect(page.locator("li", { hasText: `${label} →` })).toHaveCount(0);

  await signInAs(page, "爱心人士乙");
  await page.goto(gift);
  for (const step of ["接收", "匹配通过"]) await expect(page.getByRole("listitem").filter({ hasText: step }).first()).toBeVisible();
});

test("a service is promised, done, and accepted by somebody else; what is left out comes back beside its field", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAs(page, "爱心人士甲");
  await page.goto("/wishes?kind=service");
  await page.locator("article h2 a").first().click();
  await page.waitForURL(/\/wishes\/W/);
  const wish = page.url().slice(-8);
  await page.locator('form:has(input[name="line"])').first().getByRole("button").click();
  await page.waitForURL(/\/basket$/);
  await page.locator('form:has(input[name="requestKey"])').last().getByRole("button").last().click();
  await page.waitForURL(/\/confirm/);
  await check(page, "arrivalWay", "in_person");
  await check(page, "displayChoice", "kind_person");
  await check(page, "ifGone", "ask_me");
  await check(page, "receipt", "waived");
  await page.locator("input[name=notRelative]").check();
  await page.locator('form:has(input[name="notRelative"])').getByRole("button").last().click();
  await page.waitForURL(/\/gifts\/G/);
  const gift = new URL(page.url()).pathname;

  await signInAs(page, "方社工");
  await page.goto("/services");
  const toDo = page.locator("li", { hasText: wish }).locator('form:has(input[name="providerName"])').first();
  await toDo.locator("input[name=quantity]").fill("1");
  await toDo.getByRole("button").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(toDo.locator("input[name=providerName]")).toHaveAttribute("aria-invalid", "true");
  await toDo.locator("input[name=providerName]").fill("爱心理发队");
  await toDo.getByRole("button").click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await signInAs(page, "莫社工");
  await page.goto("/services");
  await page.locator("li", { hasText: wish }).getByRole("button").first().click();
  await signInAs(page, "爱心人士甲");
  await page.goto(gift);
  await expect(page.getByRole("listitem").filter({ hasText: "服务已确认" }).first()).toBeVisible();
});

test("what was paid for is bought by one, approved by another, and then comes to the point like any other thing", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAs(page, "爱心人士乙");
  await page.goto("/wishes?kind=goods&gap=one");
  await page.locator("article h2 a").last().click();
  await page.waitForURL(/\/wishes\/W/);
  await page.locator('a[href*="/pay/"]').first().click();
  await check(page, "displayChoice", "kind_person");
  await check(page, "ifGone", "ask_me");
  await check(page, "receipt", "waived");
  await page.locator("input[name=notRelative]").check();
  await page.getByRole("button", { name: "去付款" }).click();
  await page.getByRole("button", { name: /模拟付款成功/ }).click();
  await page.waitForURL(/\/gifts\/G/);
  const code = new URL(page.url()).pathname.slice(-8);

  await signInAs(page, "俞会计");
  await page.goto("/finance");
  await expectNoBarriers(page);
  const row = page.locator("li", { hasText: code });
  await row.locator("summary").click();
  await row.locator("input[name=supplier]").fill("演示百货");
  await row.locator("input[name=amountFen]").fill("多少");
  await row.locator("input[name=voucherNumber]").fill(`FP-${code}`);
  await row.getByRole("button").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(row.locator("input[name=amountFen]")).toHaveAttribute("aria-invalid", "true");
  await expect(row.locator("input[name=supplier]")).toHaveValue("演示百货");
  await row.locator("input[name=amountFen]").fill("50");
  await row.getByRole("button").click();
  const recorded = page.locator("li", { hasText: `FP-${code}` });
  await expect(recorded).toBeVisible();
  await expect(recorded.getByRole("button")).toHaveCount(0);
  await signInAs(page, "卓会计");
  await page.goto("/finance");
  await page
    .locator("li", { hasText: `FP-${code}` })
    .getByRole("button")
    .first()
    .click();
  await expect(page.locator("li", { hasText: `FP-${code}` }).getByRole("button")).toHaveCount(0);
  await signInAs(page, "黎库管");
  await page.goto("/point");
  await page.locator('a[href*="/point/receive"]').first().click();
  await page.locator("input[name=code]").fill(code);
  await page.locator('form:has(input[name="code"])').getByRole("button").click();
  await expect(page.locator('a[href*="/point/receive/gift/"]').first()).toBeVisible();
});
