import type { Locator, Page } from "@playwright/test";
import { HOUSEHOLDS } from "./finderHouseholds";
import type { Told } from "./finderTold";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

const likely = (page: Page) =>
  page.locator("section", { has: page.getByRole("heading", { level: 2, name: /很可能可以领/ }) });
const maybe = (page: Page) =>
  page.locator("section", { has: page.getByRole("heading", { level: 2, name: /也许可以/ }) });
const entry = (within: Locator, code: string) => within.locator(`a[href$="/${code}"]`);

/**
 * Answers every field that is asked, one question after the other, and gives back which questions were asked.
 */
async function walk(page: Page, answers: Told["answers"]): Promise<number[]> {
  const asked: number[] = [];
  for (;;) {
    const section = page.locator('section[id^="q"]');
    const n = Number((await section.getAttribute("id"))?.slice(1));
    asked.push(n);
    for (const [name, given] of Object.entries(answers)) {
      if (typeof given === "string") {
        const typed = section.locator(`input[name="${name}"]:not([type=radio])`);
        if ((await typed.count()) > 0) await typed.fill(given);
        else if ((await section.locator(`input[name="${name}"]`).count()) > 0)
          await section.locator(`input[name="${name}"][value="${given}"]`).check();
      } else if ((await section.locator(`input[name="${name}"]`).count()) > 0)
        for (const option of given) await section.locator(`input[name="${name}"][value="${option}"]`).check();
    }

    await page.locator('button[name="way"][value="next"]').click();
    await expect(page.locator(`section#q${n}`)).toHaveCount(0);
    if ((await page.locator("#results").count()) > 0) return asked;
  }
}

for (const household of HOUSEHOLDS) {
  test(`the finder tells ${household.name} what the texts say, asks nothing that decides nothing`, async ({
    page,
  }) => {
    await page.goto("/help-me/finder");
    await expect(page.locator('button[name="way"]').first()).toBeVisible();
    const asked = await walk(page, household.answers);
    for (const n of household.skips ?? []) expect(asked, `question ${n}`).not.toContain(n);
    for (const code of household.likely)
      await expect.soft(entry(likely(page), code), `${code} is likely`).toHaveCount(1);
    for (const code of household.notLikely)
      await expect.soft(entry(likely(page), code), `${code} is not likely`).toHaveCount(0);
    for (const code of household.decided ?? [])
      await expect.soft(entry(maybe(page), code), `${code} is not left open`).toHaveCount(0);
    if (household.sum) await expect.soft(page.getByText(household.sum, { exact: true })).toBeVisible();
    if (household.everythingSaid) await expect.soft(maybe(page)).toHaveCount(0);
    await expectNoOverflow(page);
  });
}

test("Back goes one question back, by the button and by the browser, also from the result; what was answered stays", async ({
  page,
}) => {
  await page.goto("/help-me/finder");
  const next = page.locator('button[name="way"][value="next"]');
  await page.locator("input[name=age]").fill("６５");
  await next.click();
  await expect(page.locator("section#q2")).toBeVisible();
  await page.locator('input[name=others][value="6_to_15"]').check();
  await page.locator('input[name="6_to_15_count"][value="2"]').check();
  await next.click();
  await expect(page.locator("section#q3")).toBeVisible();
  await page.goBack();
  await expect(page.locator("section#q2")).toBeVisible();
  await expect(page.locator('input[name="6_to_15_count"][value="2"]')).toBeChecked();
  await page.locator('button[name="way"][value="back"]').click();
  await expect(page.locator("input[name=age]")).toHaveValue("65");
  await next.click();
  await next.click();
  await page.locator('button[name="way"][value="results"]').click();
  await expect(page.locator("#results")).toBeVisible();
  await page.goBack();
  await expect(page.locator("section#q3")).toBeVisible();
  await page.locator('button[name="way"][value="back"]').click();
  await expect(page.locator("section#q2")).toBeVisible();
  await expectNoBarriers(page);
});

test("a tick can be taken back, none excludes the others, and what cannot be read is said beside its field", async ({
  page,
}) => {
  await page.goto("/help-me/finder");
  const next = page.locator('button[name="way"][value="next"]');
  await page.locator("input[name=age]").fill("六十几");
  await page.locator('input[name=sex][value="female"]').check();
  await next.click();
  await expect(
    page
      .locator("section#q1")
      .getByText(/没看懂/)
      .first(),
  ).toBeVisible();
  await expect(page.locator("input[name=age]")).toHaveValue("六十几");
  await expect(page.locator('input[name=sex][value="female"]')).toBeChecked();
  await page.locator("input[name=age]").fill("65 岁");
  await page.locator('input[name=sex][value=""]').check();
  await next.click();
  const none = page.locator('input[name=others][value="none"]');
  const child = page.locator('input[name=others][value="6_to_15"]');
  await child.check();
  await none.check();
  await expect(child).not.toBeChecked();
  await child.check();
  await expect(none).not.toBeChecked();
  await child.uncheck();
  await expect(page.locator('input[name="6_to_15_count"][value="2"]')).toBeHidden();
  await expectNoBarriers(page);
  await page.goBack();
  await expect(page.locator("input[name=age]")).toHaveValue("65");
  await expect(page.locator('input[name=sex][value="female"]')).not.toBeChecked();
});
