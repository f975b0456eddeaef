import type { Page } from "@playwright/test";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const id = (n: number) => `3f7b145d-84af-42d7-8fae-eaca714b0${String(n).padStart(3, "0")}`;
const service = (n: number, more: object = {}) => ({
  id: id(n),
  name: `演示交换服务 ${n}`,
  status: "active",
  description: "演示内容",
  eligibility_description: "需要的人",
  service_areas: [{ id: id(800), name: "全市", extent: "442000", extent_type: "CN-GB2260" }],
  organization: { id: id(900), name: "演示服务中心", description: "演示" },
  ...more,
});
const file = (records: readonly object[]) => ({
  name: "services.json",
  mimeType: "application/json",
  buffer: Buffer.from(JSON.stringify(records)),
});
const choose = (page: Page, records: readonly object[]) =>
  page.locator('input[name="files"]').setInputFiles(file(records));

test("an operator tries out a file, sees each row's answer, and writes just what was shown; without JavaScript too", async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(90_000);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  await signInAs(page, "何干事");
  await page.goto("/lists-desk/hsds");
  await page.getByRole("button", { name: "试读" }).click();
  await expect(page.getByRole("alert")).toBeVisible();

  const records = [
    service(1),
    service(2, { organization: undefined }),
    service(3, { phones: [{ id: id(30) }] }),
  ];
  await choose(page, records);
  await page.locator('input[name="publish"]').check();
  await page.getByRole("button", { name: "试读" }).click();
  await expect(page.getByRole("status")).toContainText("什么也没有写入", { timeout: 30_000 });
  const refused = page.locator("tr", { hasText: "services.json" }).filter({ hasText: "没有说是谁提供的" });
  await expect(refused).toContainText("2");
  await expectNoOverflow(page);
  await expect(page.locator('input[name="publish"]')).toBeChecked();

  // Another file than the one that was shown is not written.
  await choose(page, [service(9)]);
  await page.getByRole("button", { name: "写入看过的结果" }).click();
  await expect(page.getByRole("alert")).toContainText("请先试读");
  await choose(page, records);
  await page.locator('input[name="publish"]').check();
  await page.getByRole("button", { name: "试读" }).click();
  await choose(page, records);
  await page.getByRole("button", { name: "写入看过的结果" }).click();
  await expect(page.getByRole("status")).toContainText("已经写入", { timeout: 30_000 });
  const shown = (await (await page.request.get("/api/hsds/services?search=演示交换服务")).json()) as {
    contents: { id: string }[];
  };
  expect(shown.contents.map((record) => record.id).sort()).toEqual([id(1), id(3)]);
  await context.close();
});

test("the answer to an import has no barriers in any mode, and its messages come in every language", async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, "何干事");
  for (const [locale, look] of [
    ["", "light.normal.normal"],
    ["", "dark.normal.normal"],
    ["", "light.more.normal"],
    ["", "light.normal.elder"],
    ["/en", "light.normal.normal"],
    ["/zh-Hant", "light.normal.normal"],
  ] as const) {
    await context.addCookies([{ name: "look", value: look, url: baseURL ?? "" }]);
    await page.goto(`${locale}/lists-desk/hsds`);
    await choose(page, [
      service(51),
      service(52, { status: "closed" }),
      service(53, { url: "www.example.org", eligibility_description: "60岁以上" }),
    ]);
    await page.locator('form:has(input[name="files"]) button').first().click();
    await expect(page.getByRole("status")).toBeVisible({ timeout: 30_000 });
    await expectNoBarriers(page);
    await expectNoOverflow(page);
    expect(await page.locator("body").innerText()).not.toMatch(/\bhsds\.[a-z]\w+/);
  }
});

test("every site may read the open lists, and nobody may send them anything", async ({
  request,
  baseURL,
}) => {
  const answer = await request.get("/api/hsds/services?per_page=2", {
    headers: { origin: "https://elsewhere.example" },
  });
  expect([
    answer.status(),
    answer.headers()["access-control-allow-origin"],
    answer.headers()["content-type"],
  ]).toEqual([200, "*", "application/json; charset=utf-8"]);
  expect(answer.headers()["set-cookie"]).toBeUndefined();
  const again = await request.get("/api/hsds/services?per_page=2", {
    headers: { "if-none-match": answer.headers()["etag"] ?? "" },
  });
  expect(again.status()).toBe(304);
  const stream = await request.get("/api/hsds/services?format=ndjson&full=true");
  const { total_items } = (await answer.json()) as { total_items: number };
  expect((await stream.text()).trimEnd().split("\n")).toHaveLength(total_items);
  const wrong = await request.get("/api/hsds/services?per_page=0");
  expect([
    wrong.status(),
    ((await wrong.json()) as { error: { parameter: string } }).error.parameter,
  ]).toEqual([400, "per_page"]);
  expect(
    (await request.post("/api/hsds/services", { headers: { origin: baseURL ?? "" }, data: {} })).status(),
  ).toBe(405);
  expect((await request.get("/api/hsds/nothing")).status()).toBe(404);
});
