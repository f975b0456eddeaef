import type { Page } from "@playwright/test";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

type Wish = Readonly<{ name: string; title: string; phone?: string }>;

/** A caseworker files a wish as far as the second person of the town; answers with its code and the page it stands on. */
async function fileWish(page: Page, who: string, { name, title, phone = "" }: Wish): Promise<{ code: string; path: string }> {
  await signInAs(page, who);
  await page.goto("/field/new");
  await page.getByLabel("镇街", { exact: true }).selectOption({ label: "石岐街道" });
  await page.getByLabel("对象类别").selectOption({ label: "困境儿童" });
  await page.getByLabel("年龄段").selectOption({ label: "6–13 岁" });
  await page.locator('input[name="household.person.name"]').fill(name);
  await page.locator('input[name="household.person.phone"]').fill(phone);
  await page.locator("input[name=title]").fill(title);
  await page.locator("textarea[name=story]").fill("旧的坏了很久，盼着换一个新的。");
  await page.getByLabel("哪一类").selectOption({ label: "书包" });
  await page.getByLabel("具体物品或服务").fill("双肩书包");
  await page.getByLabel("单价（元）").fill("120");
  await page.getByLabel("监护人（未满 14 岁必须）").check();
  for (const scope of ["收集资料", "给经办人员共享", "公开改写后的心愿"]) await page.getByLabel(scope).check();
  await page.getByLabel(/已核对两张清单/).check();
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.waitForURL(/\/field\/wishes\//);
  const path = new URL(page.url()).pathname;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^W[0-9A-Z]{7}$/);
  const code = await page.getByRole("heading", { level: 1 }).innerText();
  const judged = page.getByLabel("看过了，不是同一件事");
  if ((await judged.count()) > 0) await judged.check();
  await page.getByRole("button", { name: "提交给同事核实" }).click();
  await page.waitForURL(/\/field$/);
  return { code, path };
}

test("two wishes of one home are laid side by side, one of them stays, and both pages say so", async ({ page }) => {
  test.setTimeout(120_000);
  const first = await fileWish(page, "方社工", { name: "测试重复户", title: "想要一个大书包" });
  const second = await fileWish(page, "莫社工", { name: "测试重复户", title: "想要一个新书包" });
  await signInAs(page, "关审核员");
  await page.goto("/review");
  await page.getByRole("listitem").filter({ hasText: second.code }).getByRole("link").click();
  await expectNoBarriers(page);
  await page.getByRole("listitem").filter({ hasText: first.code }).getByRole("link", { name: "放在一起看" }).click();
  await page.waitForURL(/\/compare\//);
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  for (const words of ["想要一个大书包", "想要一个新书包", "方社工", "莫社工"]) await expect(page.locator("section", { hasText: words }).first()).toBeVisible();
  expect(await page.content()).not.toContain("测试重复户");
  await page.getByRole("button", { name: "合并" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByRole("radio", { name: first.code }).check();
  await page.getByLabel("为什么是同一件事").selectOption({ label: "两个人登记了同一件事" });
  await page.getByRole("button", { name: "合并" }).click();
  await page.waitForURL(/\/review\/[^/]+$/);
  await expect(page.getByText(`这一条已经并入 ${first.code}`)).toBeVisible();
  await page.getByRole("link", { name: first.code }).first().click();
  await expect(page.getByText(`${second.code} 已经并入这一条。`)).toBeVisible();
  await expectNoBarriers(page);
  await signInAs(page, "莫社工");
  await page.goto(second.path);
  await expect(page.getByText(`这一条已经并入 ${first.code}`)).toBeVisible();
});
