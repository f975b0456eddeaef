import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { strictRows } from "../support/strictRows";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const CASEWORKER = "方社工";
const OPERATOR = "何干事";

const upload = (page: Page, name: string, buffer: Buffer, field = "file") =>
  page
    .locator(`input[name="${field}"]`)
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer });
const input = (name: string): Buffer => readFileSync(`tests/inputs/${name}`);

test("a file is tried out and written; the same again says why it is left out; what is no table is told in one sentence", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, CASEWORKER);
  await page.goto("/field/import");
  const tryOut = async (name: string, content = input(name)) => {
    await upload(page, name, content);
    await page.getByRole("button", { name: "试读" }).click();
  };

  await page.locator('select[name="townCode"]').selectOption({ label: "石岐街道" });
  await tryOut("townA.csv");
  await expect(page.getByText("可以写入 2 条，跳过 0 条").first()).toBeVisible();
  await expect(page.getByText("甲镇台灯一").first()).toBeVisible();
  await expectNoOverflow(page);
  await expectNoBarriers(page);
  await page.getByRole("button", { name: "写入草稿" }).click();
  await expect(page.getByText("写入 2 条草稿，跳过 0 条").first()).toBeVisible();
  await tryOut("townA.csv");
  await expect(page.getByText("以前导入过，内容一样")).toHaveCount(2);
  await tryOut("old.xls");
  await expect(page.getByText("旧格式的 .xls").first()).toBeVisible();
  await tryOut("other-columns.csv");
  await expect(page.getByText("object_kind、sealed_name").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "下载模板（XLSX）" })).toHaveCount(2);
  await tryOut("title-row.csv");
  await expect(page.getByText("列名在第 2 行").first()).toBeVisible();
  await expectNoOverflow(page);
});

test("letters of another encoding are shown and asked about, and nothing is read before; a template comes back untouched as nothing to do", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, CASEWORKER);
  await page.goto("/field/import");
  // 台灯 in GB18030.
  const gb = Buffer.concat([
    Buffer.from("row_key,title_zh\r\n1,"),
    Buffer.from("ccA8b5c6", "hex"),
    Buffer.from("\r\n"),
  ]);
  await upload(page, "gb.csv", gb);
  await page.getByRole("button", { name: "写入草稿" }).click();
  await expect(page.getByText("1,台灯").first()).toBeVisible();
  await expectNoBarriers(page);
  await page.getByLabel(/GB18030/).check();
  await page.getByRole("button", { name: "试读" }).click();
  await expect(page.getByText(/缺少 \d+ 列/).first()).toBeVisible();
  for (const format of ["csv", "xlsx"]) {
    const template = await page.request.get(`/field/import/template.${format}`);
    await upload(page, `template.${format}`, await template.body());
    await page.getByRole("button", { name: "试读" }).click();
    await expect(page.getByText("只有模板自带的说明和示例").first()).toBeVisible();
  }
});

test("every table that goes out is read by a strict reader, row for row, and the lists come back as nothing new", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, OPERATOR);
  for (const path of [
    "/finance/money.csv",
    "/finance/goods.csv",
    "/lists-desk/export.csv?list=government",
    "/lists-desk/export.csv?list=social",
    "/lists-desk/template.csv",
  ]) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(200);
    const [head = [], ...rows] = strictRows(await answer.text());
    expect(rows.length, path).toBeGreaterThan(0);
    expect(
      rows.filter((row) => row.length !== head.length),
      path,
    ).toEqual([]);
    expect(
      rows.flat().filter((cell) => /(^|[,;|\t\r\n]\s*)[=+@＝]/.test(cell)),
      path,
    ).toEqual([]);
  }

  await page.goto("/lists-desk/files");
  for (const list of ["government", "social"]) {
    // As many as there are: other journeys take entries in.
    const n =
      strictRows(await (await page.request.get(`/lists-desk/export.csv?list=${list}`)).text()).length - 1;
    for (const format of ["csv", "xlsx"]) {
      const file = await (await page.request.get(`/lists-desk/export.${format}?list=${list}`)).body();
      await upload(page, `${list}.${format}`, file);
      await page.getByRole("button", { name: "试读" }).click();
      await expect(page.getByText(`新增 0 项，修改 0 项，不变 ${n} 项`).first()).toBeVisible({
        timeout: 30_000,
      });
      await page.reload();
    }
  }
});

test("whoever imports may send what is large, nobody else; and all notes of a package can be downloaded", async ({
  page,
  request,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const large = {
    name: "services.json",
    mimeType: "application/json",
    buffer: Buffer.alloc(13 * 1024 * 1024, " "),
  };
  const send = (from: typeof request, path: string) =>
    from.post(path, {
      headers: { origin: baseURL ?? "" },
      multipart: { list: "social", files: large },
      maxRedirects: 0,
    });
  const refused = await send(request, "/lists-desk/hsds");
  expect([refused.status(), await refused.text()]).toEqual([413, expect.stringContaining("文件太大")]);
  await signInAs(page, OPERATOR);
  expect((await send(page.request, "/lists-desk/hsds")).status()).toBe(200);
  const notes = await page.request.post("/lists-desk/hsds/notes.csv", {
    headers: { origin: baseURL ?? "" },
    multipart: {
      list: "social",
      files: {
        name: "services.json",
        mimeType: "application/json",
        buffer: Buffer.from('[{"id":"x"},"y",{"name":"z"}]'),
      },
    },
  });
  expect(notes.headers()["content-type"]).toContain("text/csv");
  expect(strictRows(await notes.text()).length).toBeGreaterThan(1);
});
