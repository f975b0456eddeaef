import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** A place of the rule, by what it says. */
const part = (page: Page, says: string | RegExp) =>
  page.locator("[id^=part-] > div").filter({ hasText: says }).last();

async function open(page: Page, says: string | RegExp, step: string): Promise<void> {
  await part(page, says).locator("summary").first().click();
  await part(page, says)
    .getByRole("link", { name: step, exact: true })
    .or(part(page, says).getByRole("button", { name: step, exact: true }))
    .first()
    .click();
}

async function choose(page: Page, fact: string): Promise<void> {
  await page.getByLabel("说的是什么").selectOption({ label: fact });
  await page.getByRole("button", { name: "下一步" }).click();
  await page.waitForURL(/fact=/);
}

/** "Aged 65 or over, or living alone", written part by part, with a slip of the finger on the way. */
async function writeRule(page: Page, code: string, look: () => Promise<void>): Promise<void> {
  await page.goto(`/lists-desk/items/${code}/rule`);
  await look();
  await page.getByRole("button", { name: "写新的一版" }).click();
  await expect(page.getByRole("heading", { name: "第 2 版" })).toBeVisible();
  await choose(page, "家里有人：年龄");
  await look();
  await page.getByLabel("怎么比").selectOption({ label: "年满（含）" });
  await page.getByLabel("数字", { exact: true }).fill("六十五");
  await page.getByRole("button", { name: "加上", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("数字", { exact: true })).toHaveValue("六十五");
  await expect(page.getByLabel("数字", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("数字", { exact: true }).fill("65");
  await page.getByRole("button", { name: "加上", exact: true }).click();
  await expect(part(page, "年满 65 岁")).toBeVisible();

  await open(page, "家里有人", "旁边加一条");
  await choose(page, "全家：一个人住");
  await page.getByRole("button", { name: "加上", exact: true }).click();
  await expect(part(page, "下面的全都要符合")).toBeVisible();
  await look();
  await open(page, "下面的全都要符合", "改成“符合一个就行”");
  await expect(part(page, "下面的符合一个就行")).toBeVisible();
  await expect(page.getByText("家里有人年满 65 岁，或者一个人住").first()).toBeVisible();
}

/**
 * A part of a standard for each of the old people, after forgetting to say how many percent; whoever lives
 * alone gets it too.
 */
async function writeAmount(page: Page, look: () => Promise<void>): Promise<void> {
  const section = page.getByRole("region", { name: "能领多少" });
  await section.locator("summary").click();
  await section.getByLabel("每个符合的人一份").check();
  await look();
  await section.getByRole("radiogroup", { name: "哪些人每人一份" }).getByLabel("年满 65 岁").check();
  await section.getByRole("radiogroup", { name: "哪种家庭" }).getByLabel("一个人住").check();
  await section.getByRole("button", { name: "就这样算" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(section.getByLabel("标准的百分之几", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(section.getByLabel("年满 65 岁")).toBeChecked();
  await look();
  await section.getByLabel("标准的百分之几", { exact: true }).selectOption({ label: "分类救助的比例" });
  await section.getByRole("button", { name: "就这样算" }).click();
  await expect(
    page.getByText("能领：按“低保标准”的“分类救助的比例”，这样的人每人一份：年满 65 岁。").first(),
  ).toBeVisible();
  await expect(page.getByText("这样的家庭，家里每个人都有一份：一个人住。").first()).toBeVisible();
  await expect(page.getByText(/× 40% = .*符合的每个人每月/).first()).toBeVisible();
}

type Example = Readonly<{ name: string; age: string; alone: string; expect: string; valuesOn?: string }>;

async function addCase(page: Page, { name, age, alone, expect: verdict, valuesOn }: Example): Promise<void> {
  const form = page.locator("form", { has: page.getByRole("button", { name: "加上这个案例" }) });
  if (!(await form.isVisible())) await page.locator("summary", { hasText: "加一个案例" }).click();
  await form.getByLabel("叫什么").fill(name);
  await expect(form.getByLabel("按哪天的数值")).toHaveValue(today());
  if (valuesOn) await form.getByLabel("按哪天的数值").fill(valuesOn);
  await form.getByLabel("年龄").first().fill(age);
  await form.getByLabel("一个人住").selectOption({ label: alone });
  await form.getByRole("button", { name: "加上这个案例" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(form.getByLabel("叫什么")).toHaveValue(name);
  await expect(form.getByLabel("按哪天的数值")).toHaveValue(valuesOn ?? today());
  await form.getByLabel("应该得出").selectOption({ label: verdict });
  await form.getByRole("button", { name: "加上这个案例" }).click();
  await expect(page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) })).toContainText(
    `按 ${valuesOn ?? today()} 的数值`,
  );
}

/** From the first word to a rule in force: written and tried by one operator, approved by another. */
async function carryRule(page: Page, code: string, look: () => Promise<void>): Promise<void> {
  await signInAs(page, "何干事");
  await writeRule(page, code, look);
  await writeAmount(page, look);
  await addCase(page, {
    name: "满65岁",
    age: "65",
    alone: "不是",
    expect: "很可能可以",
    valuesOn: "2024-03-01",
  });
  await expect(page.getByText("还缺“很可能可以”或“不符合”的例子").first()).toBeVisible();
  await addCase(page, { name: "64岁，和家人住", age: "64", alone: "不是", expect: "不符合" });
  await look();
  await page.getByRole("link", { name: "算一算" }).click();
  await expect(page.getByText("已知情况的人家").first()).toBeVisible();
  await page.getByRole("button", { name: "案例通过，交给另一个人" }).click();
  await expect(page.getByText("您写过这一版，要由另一个人批准。").first()).toBeVisible();
  await signInAs(page, "麦干事");
  await page.goto("/lists-desk");
  await page
    .getByRole("listitem")
    .filter({ hasText: code })
    .filter({ hasText: "等您批准" })
    .getByRole("link")
    .click();
  await page.getByLabel("从哪一天起").fill("2020-01-01");
  await page.getByRole("button", { name: "批准这一版" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("从哪一天起")).toHaveValue("2020-01-01");
  await page.getByLabel("从哪一天起").fill(today());
  await page.getByRole("button", { name: "批准这一版" }).click();
  await expect(page.getByRole("heading", { name: "第 2 版" })).toHaveCount(0);
  await expect(page.getByText(/^第 2 版，.*起$/).first()).toBeVisible();
  await expect(page.getByText("家里有人年满 65 岁，或者一个人住").first()).toBeVisible();
  await page.goto(`/lists/social/${code}`);
  await expect(page.getByRole("heading", { name: "钱怎么算" })).toBeVisible();
  await expect(page.getByText("× 40%").first()).toBeVisible();
  await retire(page, code);
}

/** Takes an invented entitlement off the lists again: the finder's journeys add up what people can get. */
async function retire(page: Page, code: string): Promise<void> {
  await page.goto(`/lists-desk/items/${code}`);
  await page.locator("summary", { hasText: "停用" }).click();
  await page.getByRole("button", { name: "确定停用" }).click();
  await expect(page.getByText("这一项停用了").first()).toBeVisible();
}

test("a rule is written part by part, tried, previewed and approved by a second person, without barriers", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await carryRule(page, "SS082", async () => {
    await expectNoBarriers(page);
    await expectNoOverflow(page);
  });
});

test("the same without JavaScript, on a phone in elder size", async ({ browser, baseURL }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    ...(baseURL ? { baseURL } : {}),
  });
  await context.addCookies([{ name: "look", value: "light.normal.elder", url: baseURL ?? "" }]);
  const page = await context.newPage();
  await carryRule(page, "SS084", () => expectNoOverflow(page));
  await context.close();
});

test("anybody says what is wrong without JavaScript or an account, and an operator ends it", async ({
  browser,
  baseURL,
  page,
}) => {
  test.setTimeout(90_000);
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const visitor = await context.newPage();
  await visitor.goto("/lists/social/SS030/report");
  await visitor.getByLabel("多说几句").fill("去年就不办了");
  await visitor.getByRole("button", { name: "告诉我们" }).click();
  await expect(visitor.getByRole("alert")).toBeVisible();
  await expect(visitor.getByLabel("多说几句")).toHaveValue("去年就不办了");
  await visitor.getByLabel("已经不办了").check();
  await visitor.getByRole("button", { name: "告诉我们" }).click();
  await expect(visitor.getByRole("heading", { name: "收到了，谢谢" })).toBeVisible();
  await context.close();
  await signInAs(page, "何干事");
  await page.goto("/lists-desk");
  const card = page.getByRole("listitem").filter({ hasText: "去年就不办了" });
  await card.getByRole("button", { name: "已经改好了" }).click();
  await expect(page.getByText("去年就不办了")).toHaveCount(0);
});

test("an entry is edited, checked, retired and made public again; what is wrong is said beside its field", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await signInAs(page, "何干事");
  await page.goto("/lists-desk?q=SS031");
  await page.getByRole("region", { name: "查所有的事项" }).getByRole("link").first().click();
  await page.waitForURL(/items\/SS031$/);
  await page.getByLabel("网址").fill("www.example.org");
  await page.getByLabel("带什么材料").fill("身份证\n户口簿");
  await page.getByRole("button", { name: "保存改动" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("网址")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("带什么材料")).toHaveValue("身份证\n户口簿");
  await page.getByLabel("网址").fill("https://example.org/");
  await page.getByRole("button", { name: "保存改动" }).click();
  await expect(page.getByText("改了：带什么材料、网址").first()).toBeVisible();
  await page.getByRole("button", { name: "今天核对过，没有错" }).click();
  await expect(page.getByText(/由 何干事（演示） 核对/).first()).toBeVisible();
  await retire(page, "SS031");
  await expectNoBarriers(page);
  await page.getByRole("button", { name: "重新公开" }).click();
  await expect(page.getByRole("button", { name: "保存改动" })).toBeVisible();
});

test("a value is proposed by one operator and approved by another", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAs(page, "何干事");
  await page.goto("/lists-desk/values");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "高龄的年龄" }) });
  await card.locator("summary").click();
  await card.getByLabel("新的数值").fill("八十五");
  await card.getByLabel("从哪一天起").fill("2035-01-01");
  await card.getByLabel("依据").fill("演示通知（虚构）");
  await card.getByRole("button", { name: "提议" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(card.getByLabel("新的数值")).toHaveValue("八十五");
  await card.getByLabel("新的数值").fill("85");
  await card.getByRole("button", { name: "提议" }).click();
  await expect(card.getByText("您自己提的，要由另一个人批准。").first()).toBeVisible();
  await expectNoBarriers(page);
  await signInAs(page, "麦干事");
  await page.goto("/lists-desk/values");
  await card.getByRole("button", { name: "批准" }).click();
  await expect(card.getByText("将要生效").first()).toBeVisible();
});

test("a list is exported, changed and imported: tried first, then written", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAs(page, "何干事");
  await page.goto("/lists-desk/files");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator('a[href^="/lists-desk/export.csv?list=social"]').click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  expect(text.startsWith("\uFEFFcode,category_zh,name_zh")).toBe(true);
  const upload = async (name: string, content: string, button: string) => {
    await page
      .getByLabel("CSV 或 XLSX 文件")
      .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
    await page.getByRole("button", { name: button }).click();
  };

  const readAnew = () =>
    page.waitForResponse(
      (answer) => answer.request().method() === "GET" && answer.url().includes("/lists-desk/files"),
    );
  /**
   * The answer shows before the page has read itself anew; sending again in between would break that off. Of
   * that reading its head is waited for: the page stops listening as soon as it has what it needs, and then
   * the browser may call it broken off.
   */
  const uploadAndWait = (...file: Parameters<typeof upload>) => Promise.all([readAnew(), upload(...file)]);
  const changed = text.replace("\nSS032,", "\nSS032,改过的");
  await uploadAndWait("list.csv", changed, "试读");
  await expect(page.getByText(/修改 1 项，不变 \d+ 项。还没有写入/).first()).toBeVisible();
  await uploadAndWait("list.csv", changed, "写入");
  await expect(page.getByText(/^写好了：.*修改 1 项/).first()).toBeVisible();
  await uploadAndWait("list.csv", changed, "写入");
  await expect(page.getByText(/^写好了：.*修改 0 项/).first()).toBeVisible();
  await uploadAndWait("list.csv", text.replace("\nSS033,", "\nss,"), "写入");
  await expect(page.getByText(/1 行有问题，什么也没有写入/).first()).toBeVisible();
  await expectNoBarriers(page);
  await upload("list.xlsx", "PK nothing", "试读");
  const trouble = page.getByRole("main").getByRole("status");
  await expect(trouble).toContainText("没有找到列名这一行");
  await expect(trouble).toContainText("没有读这个文件，什么也没有写入");
});
