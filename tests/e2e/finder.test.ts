import type { Page } from "@playwright/test";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const next = (page: Page) => page.locator('button[name="way"][value="next"]').click();

/** An older person on the minimum living allowance, who lives alone. */
async function answer(page: Page): Promise<void> {
  await page.locator("input[name=age]").fill("72");
  await next(page);
  await page.locator('input[name=others][value="none"]').check();
  await next(page);
  await page.locator('input[name=status][value="dibao"]').check();
  await next(page);
  // Nobody who is recognised proves an income again: the next question is that of disability.
  await expect(page.locator("section#q5")).toBeVisible();
  await page.locator('button[name="way"][value="results"]').click();
}

test("the finder answers in the browser: nothing that was answered is sent, and every result has its reason", async ({
  page,
}) => {
  await page.goto("/help-me/finder");
  const sent: string[] = [];
  page.on("request", (request) =>
    sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`),
  );
  await answer(page);
  await expect(page.getByRole("heading", { level: 2, name: /很可能可以领/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "低保特殊群体分类救助金增发" })).toBeVisible();
  await expect(page.getByText(/因为：.*年满 60 岁/).first()).toBeVisible();
  await expect(page.getByText("¥1,201 × 40%，取整到元 = ¥480；1 个人，共 ¥480").first()).toBeVisible();
  await expect(page.getByText("不符合")).toHaveCount(0);
  const disability = page.locator("details", { has: page.locator("summary", { hasText: "有残疾吗？" }) });
  await disability.locator("summary").click();
  await expect(
    disability.getByRole("link", { name: "困难残疾人生活补贴和重度残疾人护理补贴" }),
  ).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  expect(sent.filter((request) => /POST|age=|dibao/.test(request))).toEqual([]);
  await page.reload();
  await expect(page.locator("#results")).toBeVisible();
  await expect(page.locator("input[name=age]")).toHaveValue("72");
});

test("answers are handed over by a code only with consent, and a caseworker opens them", async ({ page }) => {
  await page.goto("/help-me/finder");
  await answer(page);
  const hand = page.locator('button[name="handOver"]');
  await hand.click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByText("请先勾选同意", { exact: true })).toBeVisible();
  await page.locator("input[name=consent]").check();
  await hand.click();
  const code = (await page.getByText(/^Q[0-9A-Z]{9}$/).innerText()).trim();
  await signInAs(page, "方社工");
  await page.goto("/field/answers");
  await page.locator("input[name=code]").fill("Q0000000");
  await page.locator('form:has(input[name="code"]) button').click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.locator("input[name=code]").fill(code.toLowerCase());
  await page.locator('form:has(input[name="code"]) button').click();
  await expect(page.getByText("72", { exact: true })).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
});

for (const lang of ["", "/zh-Hant", "/en"]) {
  test(`the finder works without scripts${lang ? ` in ${lang}` : ""}: all questions on one page, the result, the same answers to change, and a code`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
      ...(baseURL ? { baseURL } : {}),
    });
    const page = await context.newPage();
    await page.goto(`${lang}/help-me/finder`);
    await page.locator("input[name=age]").fill("72");
    await page.locator('input[name=status][value="dibao"]').check();
    await page.locator('form:has(input[name="age"]) button[type=submit]').last().click();
    await expect(page.getByText(/¥480/).first()).toBeVisible();
    await expect(page.locator("input[name=age]:not([type=hidden])")).toHaveValue("72");
    expect(page.url()).not.toContain("72");
    await page.locator("input[name=consent]").check();
    await page.locator('button[name="handOver"]').click();
    await expect(page.getByText(/^Q[0-9A-Z]{9}$/).first()).toBeVisible();
    await context.close();
  });
}

const posted = (form: readonly (readonly [string, string])[]) => ({
  data: new URLSearchParams(form.map((pair) => [...pair])).toString(),
  headers: { "content-type": "application/x-www-form-urlencoded" },
});

/** What stands under a heading of the answer, as one text, up to the next. */
const under = (html: string, heading: RegExp) =>
  html.split(/<h2/).find((part) => heading.test(part.slice(0, 200))) ?? "";

test("without scripts: an age is read as people write it, what cannot be read is said beside its field with all else kept, and nothing is worked out", async ({
  request,
  baseURL,
}) => {
  const send = async (form: readonly (readonly [string, string])[]) => {
    const { data, headers } = posted(form);
    const answer = await request.post("/help-me/finder", {
      data,
      headers: { ...headers, origin: baseURL ?? "" },
    });
    return { status: answer.status(), html: await answer.text() };
  };

  for (const age of ["65", "６５", "65岁", "65 岁"]) {
    const { status, html } = await send([["age", age]]);
    expect(status, age).toBe(200);
    expect(under(html, /很可能可以领/), age).toContain("/GW048");
  }

  const wrong = await send([
    ["age", "六十五"],
    ["status", "dibao"],
    ["incomeTotal", "45,50"],
    ["health", "chronicIllness"],
    ["others", "6_to_15"],
    ["6_to_15_count", "2"],
  ]);
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain("请写周岁的数字");
  expect(wrong.html).toContain("每月一共多少元");
  expect(wrong.html).toContain('value="六十五"');
  expect(wrong.html).toContain('value="45,50"');
  for (const [name, value] of [
    ["status", "dibao"],
    ["health", "chronicIllness"],
    ["6_to_15_count", "2"],
  ] as const)
    expect(wrong.html).toMatch(
      new RegExp(`<input(?=[^>]*name="${name}")(?=[^>]*value="${value}")(?=[^>]*checked)[^>]*>`),
    );
  expect(wrong.html).not.toContain(`id="results"`);
});

test("without scripts: none beside others is settled and said; an elder and two grandchildren are three, and at least two where no number was said", async ({
  request,
  baseURL,
}) => {
  const send = async (form: readonly (readonly [string, string])[]) => {
    const { data, headers } = posted(form);
    return (
      await request.post("/help-me/finder", { data, headers: { ...headers, origin: baseURL ?? "" } })
    ).text();
  };

  const settled = await send([
    ["age", "70"],
    ["health", "none"],
    ["health", "chronicIllness"],
  ]);
  expect(settled).toMatch(/您还选了“都没有”.*没有算进去/);
  expect(under(settled, /很可能可以领/)).toContain("/GW036");
  const elder: [string, string][] = [
    ["age", "72"],
    ["status", "dibao"],
    ["others", "6_to_15"],
  ];
  const three = await send([...elder, ["6_to_15_count", "2"]]);
  expect(three).toContain("约 ¥1,440");
  const some = await send(elder);
  expect(some).toContain("至少 ¥960");
  expect(some).not.toContain("约 ¥960");
  // A number beside a tick that was taken back counts nobody.
  const taken = await send([
    ["age", "72"],
    ["status", "dibao"],
    ["others", "none"],
    ["6_to_15_count", "2"],
  ]);
  expect(taken).toContain("约 ¥480");
});
