import type { Locator, Page } from "@playwright/test";
import { fillIn, formWith, linkTo } from "./steps/forms";
import { draftWish, submitWish } from "./steps/wish";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

/** Living and care allowance for disabled people: due to anybody with a severe disability. */
const ALLOWANCE = { code: "GW061", name: "困难残疾人生活补贴和重度残疾人护理补贴" };

/**
 * What a visit tells of a household is due to it: said before charity is asked, told by phone, and referred.
 */
async function wholeWay(page: Page, look: () => Promise<void>): Promise<void> {
  await draftWish(page, "", {
    "household.groupCode": "living_alone",
    "household.ageBand": "60_to_79",
    "household.person.name": "容示例",
    title: "一辆推着走的轮椅",
    story: "腿脚不便，想出门晒太阳。",
    "lines[0].objectKind": "wheelchair",
    "lines[0].item": "轮椅",
    "lines[0].quantity": "1",
    "lines[0].unitPriceFen": "600",
    "consents.givenBy": "self",
  });
  const wish = page.url();
  await page.locator('main a[href*="/households/"]').last().click();
  await page.waitForURL(/\/households\//);
  const household = /households\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "";
  await linkTo(page, "/sheet").click();
  await page.waitForURL(/\/sheet$/);
  await page.locator('button[name="intent"][value="open"]').click();
  const facts = formWith(page, "household.incomePerHead");
  await expect(page.getByRole("link", { name: ALLOWANCE.name, exact: true })).toHaveCount(0);
  await facts.locator('[name="members[0].bornMonth"]').fill("1955年");
  await fillIn(facts, { "members[0].disabilityGrade": "grade_1" });
  await facts.locator("button").last().click();
  await expect(page.getByText("请写成 1965-03 这样").first()).toBeVisible();
  await facts.locator('[name="members[0].bornMonth"]').fill("1955-03");
  await facts.locator("button").last().click();
  await expect(page.getByRole("link", { name: ALLOWANCE.name, exact: true })).toBeVisible();
  await look();

  await page.goto(wish);
  await expect(page.getByRole("link", { name: ALLOWANCE.name, exact: true })).toBeVisible();
  await page.locator('[name=overCapReason][value="assistive_device"]').check();
  await look();
  await submitWish(page);

  const home = page.locator(`li:has(a[href$="/households/${household}"])`);
  await expect(() => findCall(page, home)).toPass({ timeout: 30_000 });
  await home.getByRole("button", { name: /^打电话/ }).click();
  await expect(home.locator('a[href^="tel:"]').or(home.getByText("没有留电话"))).toBeVisible();
  await home.locator('input[name="answer"][value="decline"]').check();
  await home.locator("summary").click();
  const call = home.locator("li").filter({ hasText: ALLOWANCE.name });
  await call.locator('input[value="interest"]').check();
  await look();
  await home.getByRole("button", { name: "记下来" }).click();
  await page.waitForURL(/\/field\/referrals\/new\?/);
  await expect(page.locator('select[name="itemCode"]')).toHaveValue(ALLOWANCE.code);
}

/** The news is told by the worker, some seconds later, and stands on the last page: oldest first. */
async function findCall(page: Page, home: Locator): Promise<void> {
  await page.goto("/field/calls");
  const next = page.locator('a[rel="next"]');
  while ((await home.count()) === 0 && (await next.count()) > 0) {
    await page.goto((await next.getAttribute("href")) ?? "");
  }

  await expect(home).toBeVisible({ timeout: 1_000 });
}

test("what is due after a visit is said before charity is asked, told by phone, and leads to a referral, without barriers", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await wholeWay(page, async () => {
    await expectNoBarriers(page);
    await expectNoOverflow(page);
  });
});
