import { fillIn, formWith, send } from "./steps/forms";
import { ask } from "./steps/rows";
import { expect, expectNoBarriers, signInAs, test } from "./support";

test("a draft of a wish keeps whatever is there; submitting says what is missing beside each field; whole, it goes on", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, "方社工");
  await page.goto("/field/new");
  await fillIn(formWith(page, "title"), { title: "一辆儿童自行车", "lines[0].unitPriceFen": "三百" });
  await send(formWith(page, "title"));
  // What is typed is read all the same, and nothing of it is lost.
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("main p.text-danger")).toHaveCount(1);
  await expect(page.locator('[name="title"]')).toHaveValue("一辆儿童自行车");
  await fillIn(formWith(page, "title"), { "lines[0].unitPriceFen": "300" });
  await send(formWith(page, "title"));
  await page.waitForURL(/\/field\/wishes\/[0-9a-f-]{36}$/);
  const url = new URL(page.url()).pathname;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^W[0-9A-Z]{9}$/);
  const code = await page.getByRole("heading", { level: 1 }).innerText();
  await expectNoBarriers(page);
  const id = url.split("/").at(-1) ?? "";
  expect(await ask("select 1 from need where id = $1", [id])).toHaveLength(0);
  expect(await ask("select 1 from need_draft where id = $1 and form_sealed like 'v1:%'", [id])).toHaveLength(
    1,
  );
  await page.goto("/field");
  await expect(page.getByRole("link", { name: "一辆儿童自行车" })).toBeVisible();

  await page.goto(url);
  await page.getByRole("button", { name: "提交给同事核实" }).click();
  await page.waitForURL(/\/edit\?missing=yes$/);
  await expect(page.getByRole("alert")).toContainText("还没有写全");
  for (const name of ["household.groupCode", "household.person.name", "story", "lines[0].item"])
    await expect(page.locator(`[name="${name}"]`)).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator('[name="lines[0].unitPriceFen"]')).toHaveValue("300");
  await expectNoBarriers(page);
  await fillIn(formWith(page, "title"), {
    "household.groupCode": "child_in_hardship",
    "household.ageBand": "6_to_13",
    "household.person.name": "车示例",
    story: "上学路远，走路要一个小时。",
    "lines[0].objectKind": "bike",
    "lines[0].item": "儿童自行车",
  });
  await send(formWith(page, "title"));
  await page.waitForURL((to) => to.pathname === url);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(code);
  expect(await ask("select 1 from need_draft where id = $1", [id])).toHaveLength(0);

  // What submitting asks for stands where one submits, and all that is missing is said at once.
  const submit = formWith(page, "entitlementsChecked");
  await submit.getByRole("button").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator('[name="entitlementsChecked"]')).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("收集、共享、公开这三项都要同意。").first()).toBeVisible();
  await submit.locator('[name="entitlementsChecked"]').check();
  await submit.locator('[name="consents.givenBy"][value="guardian"]').check();
  for (const scope of ["collect", "share", "publish"])
    await submit.locator(`[name="consents.scopes"][value="${scope}"]`).check();
  for (const field of ["gapReason", "overCapReason"])
    if ((await submit.locator(`[name="${field}"]`).count()) > 0)
      await submit.locator(`[name="${field}"]`).first().check();
  await submit.getByRole("button").click();
  await page.waitForURL(/\/field$/);
  expect(await ask("select 1 from need where id = $1 and state = 'submitted'", [id])).toHaveLength(1);
});

test("an organisation's draft keeps whatever is there, without scripts too, and can be given up", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await signInAs(page, "社工中心编辑");
  await page.goto("/organisation/new");
  await page.locator('[name="moneyFor"]').fill("上门安装的人工");
  await send(formWith(page, "moneyFor"));
  await page.waitForURL(/\/organisation\/needs\/[0-9a-f-]{36}$/);
  const url = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "提交给市里" }).click();
  await page.waitForURL(/\/edit\?missing=yes$/);
  await expect(page.locator('[name="moneyFor"]')).toHaveValue("上门安装的人工");
  await expect(page.locator('[name="title"]')).toHaveAttribute("aria-invalid", "true");
  await page.goto(url);
  await page.locator("details", { hasText: "不要这些没写全的内容" }).locator("summary").click();
  await page.locator('button[name="intent"][value="discard"]').click();
  await page.waitForURL(/\/organisation$/);
  expect((await page.request.get(url)).status()).toBe(404);
  await context.close();
});
