import { expect, expectNoBarriers, signInAs, test } from "./support";

test("in the review queue a code finds one need and a town shows its own; whoever opens one goes back to the same place", async ({
  page,
}) => {
  await signInAs(page, "关审核员");
  await page.goto("/review");
  const rows = page.getByRole("main").locator("ul a[href*='/review/']");
  const entries = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ has: page.locator("a[href*='/review/']") });
  const all = await rows.count();
  const [code = ""] = /W[0-9A-Z]{9}/.exec(await entries.last().innerText()) ?? [];
  const search = page.getByRole("search");
  // As it is read out on the phone: small, and in two parts.
  await search.getByLabel("按编号找").fill(`${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`);
  await search.getByRole("button", { name: "搜索" }).click();
  await expect(rows).toHaveCount(1);
  await expect(entries).toContainText(code);
  await expectNoBarriers(page);

  const town = (await entries.innerText()).split(" · ")[1] ?? "";
  await page.goto("/review");
  await search.getByLabel("镇街").selectOption({ label: town });
  await search.getByRole("button", { name: "搜索" }).click();
  await page.waitForURL(/town=\d{9}/);
  const shown = await entries.allInnerTexts();
  expect(shown.length).toBeLessThanOrEqual(all);
  expect(shown.filter((row) => !row.includes(town))).toEqual([]);
  await rows.first().click();
  await page.waitForURL(/\/review\/[0-9a-f-]+\?town=/);
  await page.getByRole("main").getByRole("link", { name: "审核" }).first().click();
  await page.waitForURL(/\/review\?town=\d{9}$/);
  await expect(search.getByLabel("镇街")).not.toHaveValue("");
});

test("a delivery is found by the code of its wish, in whatever list it stands", async ({ page }) => {
  await signInAs(page, "何干事");
  await page.goto("/deliveries?list=ended");
  const row = page.getByRole("main").getByRole("listitem").first();
  const [code = ""] = /D[0-9A-Z]{9}/.exec(await row.innerText()) ?? [];
  await page.getByRole("search").getByLabel("按编号找").fill(code);
  await page.getByRole("search").getByRole("button", { name: "搜索" }).click();
  await expect(page.getByRole("main")).toContainText(code);
  await page.goto(`/deliveries?list=open&code=${code}`);
  await expect(page.getByRole("main").getByRole("listitem").filter({ hasText: code })).toHaveCount(1);
  await page.goto("/deliveries?code=W0000000");
  await expect(page.getByRole("main")).toContainText("网址里有一项看不懂");
});
