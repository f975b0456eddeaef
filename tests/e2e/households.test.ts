import type { Page } from "@playwright/test";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, sure, test } from "./support";

type Wish = Readonly<{ name: string; title: string; phone?: string }>;

/**
 * A caseworker files a wish as far as the second person of the town; answers with its code and the page it
 * stands on.
 */
async function fileWish(
  page: Page,
  who: string,
  { name, title, phone = "" }: Wish,
): Promise<{ code: string; path: string }> {
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
  for (const scope of ["收集资料", "给经办人员共享", "公开改写后的心愿"])
    await page.getByLabel(scope).check();
  await page.getByLabel(/已核对两张清单/).check();
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.waitForURL(/\/field\/wishes\//);
  const path = new URL(page.url()).pathname;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^W[0-9A-Z]{9}$/);
  const code = await page.getByRole("heading", { level: 1 }).innerText();
  const judged = page.getByLabel("看过了，不是同一件事");
  if ((await judged.count()) > 0) await judged.check();
  const whyCharity = page.getByLabel("不包括这样东西");
  if ((await whyCharity.count()) > 0) await whyCharity.check();
  await page.getByRole("button", { name: "提交给同事核实" }).click();
  await page.waitForURL(/\/field$/);
  return { code, path };
}

test("two wishes of one home are laid side by side, one of them stays, and both pages say so", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const first = await fileWish(page, "方社工", { name: "测试重复户", title: "想要一个大书包" });
  const second = await fileWish(page, "莫社工", { name: "测试重复户", title: "想要一个新书包" });
  await signInAs(page, "关审核员");
  await page.goto("/review");
  await page.getByRole("listitem").filter({ hasText: second.code }).getByRole("link").click();
  await expectNoBarriers(page);
  await page
    .getByRole("listitem")
    .filter({ hasText: first.code })
    .getByRole("link", { name: "放在一起看" })
    .click();
  await page.waitForURL(/\/compare\//);
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  for (const words of ["想要一个大书包", "想要一个新书包", "方社工", "莫社工"])
    await expect(page.locator("section", { hasText: words }).first()).toBeVisible();
  expect(await page.content()).not.toContain("测试重复户");
  await page.getByRole("button", { name: "合并" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByRole("radio", { name: first.code }).check();
  await page.getByLabel("为什么是同一件事").selectOption({ label: "两个人登记了同一件事" });
  await page.getByRole("button", { name: "合并" }).click();
  await page.waitForURL(/\/review\/[^/]+$/);
  await expect(page.getByText(`这一条已经并入 ${first.code}`).first()).toBeVisible();
  await page.getByRole("link", { name: first.code }).first().click();
  await expect(page.getByText(`${second.code} 已经并入这一条。`).first()).toBeVisible();
  await expectNoBarriers(page);
  await signInAs(page, "莫社工");
  await page.goto(second.path);
  await expect(page.getByText(`这一条已经并入 ${first.code}`).first()).toBeVisible();
});

/** Any caseworker of the town finds the household again, by what the person says. */
async function findHousehold(page: Page, who: string, typed: string): Promise<string> {
  await signInAs(page, who);
  await page.goto("/requests");
  await page.locator("input[name=typed]").fill(typed);
  await page.getByRole("button", { name: "查找" }).click();
  await page.waitForURL(/\/households\//);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/ H[0-9A-Z]{9}$/);
  return new URL(page.url()).pathname;
}

const ask = async (page: Page, what: RegExp, words = "", wish = "") => {
  await page.getByRole("radio", { name: what }).check();
  if (wish !== "") await page.getByLabel("关于哪一个心愿").selectOption({ label: `${wish} · 双肩书包` });
  await page.locator("textarea[name=words]").fill(words);
  await page.getByRole("button", { name: "登记", exact: true }).click();
};

test("a recipient calls another caseworker: a correction waits on the list until it is made and closed with words; a refusal ends the wish", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { path, code } = await fileWish(page, "方社工", {
    name: "测试更正户",
    title: "想要一个书包",
    phone: "19900004444",
  });
  await signInAs(page, "莫社工");
  await page.goto("/requests");
  await page.locator("input[name=typed]").fill("没有登记过的人");
  await page.getByRole("button", { name: "查找" }).click();
  await expect(page.getByRole("status")).toContainText("没有找到");
  expect(page.url()).not.toContain("typed");
  const household = await findHousehold(page, "莫社工", "测试更正户");
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await ask(page, /有写错的/);
  await expect(page.getByText("请写清楚要更正什么。").first()).toBeVisible();
  await ask(page, /不想再公开/, "", code);
  await expect(page.getByText("这一项管的是整户").first()).toBeVisible();
  await expectNoBarriers(page);
  await ask(page, /有写错的/, "电话换了：19900005555", code);
  const waiting = page.getByRole("listitem").filter({ hasText: "有写错的，要更正" });
  await expect(waiting.getByText("等着办").first()).toBeVisible();
  await expect(waiting.getByText(`关于心愿 ${code}`).first()).toBeVisible();
  expect(await page.content()).not.toContain("19900005555");

  await signInAs(page, "关审核员");
  await page.goto(path);
  await expect(page.getByRole("definition").filter({ hasText: "有写错的，要更正" })).toContainText("等着办");
  await expectNoBarriers(page);
  await expectNoOverflow(page);

  await signInAs(page, "方社工");
  await page.goto("/field");
  await page.getByRole("link", { name: "去看看" }).click();
  await expect(
    page.getByRole("listitem").filter({ has: page.locator(`a[href$="${household}"]`) }),
  ).toContainText(`关于心愿 ${code}`);
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await page.locator(`a[href$="${household}"]`).first().click();
  await page.getByLabel("为什么要看").selectOption("correction");
  await page.getByRole("button", { name: "打开资料" }).click();
  await expect(page.getByText("电话换了：19900005555").first()).toBeVisible();
  await page.locator("summary", { hasText: "更正资料" }).click();
  await page.locator("input[name=idNumber]").fill("123");
  await page.getByRole("button", { name: "保存更正" }).click();
  await expect(page.getByText("身份证号码不对，请核对。").first()).toBeVisible();
  await page.locator("input[name=idNumber]").fill("");
  await page.locator("input[name=phone]").fill("19900005555");
  await page.getByRole("button", { name: "保存更正" }).click();
  await expect(page.getByRole("definition").filter({ hasText: "19900005555" })).toBeVisible();
  await waiting.locator("summary", { hasText: "办完了，写结果" }).click();
  await page.getByRole("button", { name: "办结" }).click();
  await expect(page.locator("textarea[name=answer]")).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("radio", { name: "已更正" }).check();
  await page.locator("textarea[name=answer]").fill("号码改好了，已打电话告诉本人");
  await page.getByRole("button", { name: "办结" }).click();
  await expect(waiting.getByText("号码改好了，已打电话告诉本人").first()).toBeVisible();
  await expectNoBarriers(page);
  await page.goto("/requests");
  await expect(page.locator(`a[href$="${household}"]`)).toHaveCount(0);

  await findHousehold(page, "莫社工", "19900005555");
  await ask(page, /不要了/, "", code);
  await expect(
    page.getByRole("listitem").filter({ hasText: "不要了" }).getByText("已办").first(),
  ).toBeVisible();
  await expect(page.getByLabel("关于哪一个心愿")).toHaveCount(0);
  await page.goto(path);
  await expect(page.getByRole("definition").filter({ hasText: "有写错的，要更正" })).toContainText("已更正");
  await expect(page.getByText("本人不需要了", { exact: true })).toBeVisible();
});

test("an admin erases a household that asked for it, with its code typed by hand and nothing on its way; then the page says so", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { path } = await fileWish(page, "方社工", { name: "测试删除户", title: "想要一个书包" });
  const household = await findHousehold(page, "莫社工", "测试删除户");
  const code = (await page.getByRole("heading", { level: 1 }).innerText()).split(" ").at(-1) ?? "";
  await findHousehold(page, "管理员", code);
  await expect(page.getByText("现在还不能删除").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "永远删除" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "打开资料" })).toHaveCount(0);
  await expectNoBarriers(page);

  await findHousehold(page, "莫社工", "测试删除户");
  await ask(page, /要求删除全部资料/, "请都删掉");
  await expect(page.getByText("等管理员删除资料。").first()).toBeVisible();

  await signInAs(page, "管理员");
  await page.goto("/requests");
  await page.locator(`a[href$="${household}"]`).first().click();
  for (const words of ["会永远消失", "会留下：账目"]) await expect(page.getByText(words)).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await page.locator("input[name=code]").fill("H0000000");
  await page.locator("select[name=reason]").selectOption({ label: "本人要求" });
  await sure(page, "永远删除");
  await expect(page.getByRole("alert")).toContainText("不是这一户的编号");
  await expect(page.locator("input[name=code]")).toHaveValue("H0000000");
  await page.locator("input[name=code]").fill(code);
  await sure(page, "永远删除");
  await expect(page.getByText("这一户的资料已经删除").first()).toBeVisible();
  await expect(page.getByText(/系统管理员 · 本人要求/).first()).toBeVisible();

  await signInAs(page, "方社工");
  await page.goto(household);
  await expect(page.getByText("这一户的资料已经删除").first()).toBeVisible();
  await page.goto(path);
  expect(await page.content()).not.toContain("想要一个书包");
  await expectNoBarriers(page);
});

test("a household on record asks for something else: nobody types it again, what it agreed to holds, and a draft reads no record back", async ({
  page,
}) => {
  test.setTimeout(90_000);
  const first = await fileWish(page, "方社工", { name: "测试老住户", title: "想要一个布书包" });
  await signInAs(page, "莫社工");
  await page.goto("/field/new");
  await page.getByRole("link", { name: /以前登记过的人家/ }).click();
  await page.locator("input[name=typed]").fill("测试老住户");
  await page.getByRole("button", { name: "查找" }).click();
  await page.waitForURL(/\/households\//);
  const household = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "再登记一个心愿" }).click();
  await page.waitForURL(/\/field\/new\?household=/);
  await expect(page.locator('[name^="household."]')).toHaveCount(0);
  await expect(page.getByText(/已有的同意：.*公开改写后的心愿/).first()).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await page.locator("input[name=title]").fill("想要一双雨鞋");
  await page.locator("textarea[name=story]").fill("下雨天走路上学。");
  await page.getByLabel("哪一类").selectOption({ label: "书包" });
  await page.getByLabel("单价（元）").fill("60");
  await page.locator('[name="consents.scopes"][value="contact"]').check();
  await page.getByLabel(/已核对两张清单/).check();
  await page.getByLabel("具体物品或服务").fill("雨鞋");
  await page.locator('[name="consents.givenBy"][value="guardian"]').check();
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.waitForURL(/\/field\/wishes\//);
  const code = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByRole("link", { name: "修改" }).click();
  await page.waitForURL(/\/edit$/);
  expect(await page.content()).not.toContain("测试老住户");
  await page.locator("input[name=title]").fill("想要一双小雨鞋");
  await page.getByRole("button", { name: "保存草稿" }).click();
  await expect(page.getByRole("heading", { name: "想要一双小雨鞋" })).toBeVisible();
  await page.goto(household);
  for (const wish of [first.code, code]) await expect(page.getByRole("link", { name: wish })).toBeVisible();
  await expectNoBarriers(page);
});
