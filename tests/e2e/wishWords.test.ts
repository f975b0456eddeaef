import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

test("who reads English reads what kind of thing each wish is for, and its own words as they were written", async ({
  page,
}) => {
  await page.goto("/en/wishes");
  const titles = page.locator("article.wish h2 a");
  const heading = await titles.first().innerText();
  expect(await titles.count()).toBeGreaterThan(3);
  for (const title of await titles.allInnerTexts()) expect(title).toMatch(/^[A-Z][a-z ,]+ – .*[一-鿿]/);
  await expect(titles.first().locator("[lang=zh-Hans]")).toHaveCount(1);
  await titles.first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  await expect(page).toHaveTitle(new RegExp(` · ${heading} · `));
  const asked = page.getByRole("region", { name: "What is needed" });
  await expect(asked.getByRole("heading", { level: 3 }).first()).toHaveText(/^[A-Z][a-z ,]+ – /);
  await expectNoBarriers(page);
  await expectNoOverflow(page);
});

test("a wish that is over says how long it took, and nothing of how to bring it", async ({ page }) => {
  await page.goto("/wishes?done=yes&kind=goods");
  const places = await page
    .locator("article.wish h2 a")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const ends: boolean[] = [];
  for (const place of places.slice(0, 12)) {
    await page.goto(place);
    const text = await page.getByRole("main").innerText();
    const isOver = /等了 \d+ 天，\d+年\d+月\d+日送到/.test(text);
    expect(text.includes("怎样送到"), place).toBe(!isOver);
    expect(text.includes("已等待"), place).toBe(!isOver);
    ends.push(isOver);
  }

  // Both kinds stand in the list: what is delivered, and what somebody has taken and still brings.
  expect(new Set(ends).size).toBe(2);
});

test("whoever needs help reads when somebody answers, in each language", async ({ page }) => {
  for (const [path, hours] of [
    ["/help-me", "周一至周五 8:30–17:30 有人接听"],
    ["/zh-Hant/help-me", "週一至週五 8:30–17:30 有人接聽"],
    ["/en/help-me", "Somebody answers Monday to Friday, 8:30–17:30"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("main")).toContainText(hours);
  }
});
