import { expect, signInAs, test } from "./support";

test("a caseworker files a wish on a phone, a colleague verifies it, the city publishes it: each another person", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAs(page, "方社工");
  await page.goto("/field/new");
  await page.getByRole("button", { name: "保存草稿" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel("镇街", { exact: true }).selectOption({ label: "石岐街道" });
  await page.getByLabel("对象类别").selectOption({ label: "困境儿童" });
  await page.getByLabel("年龄段").selectOption({ label: "6–13 岁" });
  await page.getByLabel("姓名（集体填单位名称）").fill("测试甲乙");
  await page.getByLabel("一句话说心愿").fill("想要一个新书包");
  await page.getByLabel("情况说明").fill("测试甲乙的书包坏了，联系电话 13800001111。");
  await page.getByLabel("哪一类").selectOption({ label: "书包" });
  await page.getByLabel("具体物品或服务").fill("双肩书包");
  await page.getByLabel("单价（元）").fill("120");
  await page.getByLabel("监护人（未满 14 岁必须）").check();
  for (const scope of ["收集资料", "给经办人员共享", "公开改写后的心愿"]) await page.getByLabel(scope).check();
  await page.getByLabel(/已核对两张清单/).check();
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.waitForURL(/\/field\/wishes\//);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^W[0-9A-Z]{7}$/);
  const code = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByRole("button", { name: "提交给同事核实" }).click();
  await page.waitForURL(/\/field$/);

  await signInAs(page, "关审核员");
  await page.goto("/review");
  await page.getByRole("listitem").filter({ hasText: code }).getByRole("link").click();
  await page.getByRole("button", { name: "我上门看过，属实" }).click();
  await page.waitForURL(/\/review$/);

  await signInAs(page, "何干事");
  await page.goto("/review");
  await page.getByRole("listitem").filter({ hasText: code }).getByRole("link").click();
  await page.getByRole("button", { name: "检查文字" }).click();
  await expect(page.getByText("资料里的内容")).toBeVisible();
  await expect(page.getByText("13800001111", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("可能认出本人");
  await page.getByLabel("情况说明").fill("书包坏了很久，盼着换一个新的。");
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await page.waitForURL(/\/review$/);

  const wish = await page.goto(`/wishes/${code}`);
  expect(wish?.status()).toBe(200);
  const html = await page.content();
  for (const secret of ["测试甲乙", "13800001111"]) expect(html).not.toContain(secret);
});
