import type { Browser, Page } from "@playwright/test";
import { send } from "./steps/forms";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const REFERRAL = /\/field\/referrals\/[0-9a-f-]{36}(\?|$)/;
const form = (page: Page, act: string) => page.locator(`form:has(input[name="act"][value="${act}"])`);

async function take(page: Page, step: string): Promise<void> {
  await form(page, "step").locator(`input[value="${step}"]`).check();
  await form(page, "step").getByRole("button").click();
}

/** The household of the first referral in the list, on its sheet, with the record opened. */
async function openSheet(page: Page): Promise<void> {
  await page.goto("/field/referrals");
  await page.locator('main a[href*="/field/referrals/0"]').first().click();
  await page.waitForURL(REFERRAL);
  await page.locator('main a[href^="/households/"]').click();
  await page.waitForURL(/\/households\//);
  await page.locator('a[href$="/sheet"]').click();
  await page.waitForURL(/\/sheet$/);
  const [open, refer] = [
    page.getByRole("button", { name: /打开这家的资料/ }),
    page.locator('main a[href*="/field/referrals/new"]'),
  ];
  await expect(open.or(refer.first())).toBeVisible();
  if (await open.isVisible()) await open.click();
}

/** From what a household misses to help, or to a follow-up, on every page of the way. */
async function wholeWay(page: Page, look: () => Promise<void>): Promise<void> {
  await signInAs(page, "方社工");
  await openSheet(page);
  await page.locator('main a[href*="/field/referrals/new"]').last().click();
  await page.waitForURL(/\/field\/referrals\/new\?/);
  await look();
  await page.locator('select[name="itemCode"]').selectOption({ index: 0 });
  await page.getByRole("button", { name: "写好转介" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.locator('select[name="itemCode"]').selectOption({ index: 40 });
  await page.locator('textarea[name="asked"]').fill("想申请，请告诉我们带什么材料。");
  await page.getByRole("button", { name: "写好转介" }).click();
  await page.waitForURL(REFERRAL);
  await expect(page.getByText("想申请，请告诉我们带什么材料。").first()).toBeVisible();
  for (const [step, said] of [
    ["send", "已送出，等答复"],
    ["accept", "已受理"],
  ] as const) {
    await take(page, step);
    await expect(page.locator("dl")).toContainText(said);
  }

  await look();
  await page.getByText("未能帮上，结案", { exact: true }).click();
  await form(page, "close").locator('input[value="could_not_contact"]').check();
  await send(form(page, "close"));
  await expect(page.getByRole("alert")).toContainText("现在记了 0 次");
  await form(page, "close").locator('input[value="no_longer_wanted"]').check();
  await send(form(page, "close"));
  await form(page, "follow_up").locator('input[value="looking_after"]').check();
  await look();
  await form(page, "follow_up").getByRole("button").click();
  await expect(page.getByText("跟进了：继续关心着").first()).toBeVisible();
}

test("a household is brought from its sheet to an office, and its end without help is followed up, without barriers", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await wholeWay(page, async () => {
    await expectNoBarriers(page);
    await expectNoOverflow(page);
  });
});

test("the same works without scripts", async ({ browser, baseURL }) => {
  test.setTimeout(90_000);
  await withoutScripts(browser, baseURL, (page) => wholeWay(page, () => expectNoOverflow(page)));
});

async function withoutScripts(
  browser: Browser,
  baseURL: string | undefined,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    ...(baseURL ? { baseURL } : {}),
  });
  await work(await context.newPage());
  await context.close();
}

test("the reviewer finds what is overdue, and an operator leads a joint case to its end", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, "关审核员");
  await page.goto("/referrals");
  await expectNoBarriers(page);
  await page.locator("main li", { hasText: "已上报" }).getByRole("link").first().click();
  await page.waitForURL(REFERRAL);
  await expect(page.locator('main form:has(input[name="act"])')).toHaveCount(0);

  await signInAs(page, "何干事");
  await page.goto("/referrals?view=joint");
  await page.locator('main a[href*="/field/referrals/0"]').first().click();
  await page.waitForURL(REFERRAL);
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await form(page, "add_owner").locator("input[name=department]").fill("市教育体育局");
  await form(page, "add_owner").getByRole("button").click();
  await expect(page.getByRole("heading", { name: /市教育体育局/ })).toBeVisible();
  for (const step of ["find_eligible", "start"]) {
    await take(page, step);
    await expect(form(page, "step").locator(`input[value="${step}"]`)).toHaveCount(0);
  }

  await form(page, "help").getByRole("button").click();
  await expect(page.getByRole("alert")).toContainText("还有 2 个部门没有答复");
  await form(page, "help").locator('input[value="goes_on_apart"]').check();
  await form(page, "help").getByRole("button").click();
  await expect(page.locator("dl")).toContainText("得到帮助");
  await expect(page.getByText("这个部门另外继续办").first()).toBeVisible();
});
