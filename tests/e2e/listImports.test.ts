import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { manyEntries } from "../factories/imports";
import { connectToPortal, cookieOf, newcomer } from "../support/portalDatabase";
import { strictRows } from "../support/strictRows";
import { forgetEntries, sendList, stopAt } from "./steps/imports";
import { ask } from "./steps/rows";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

const OPERATOR = { role: "operator", scope: { kind: "city" } } as const;

/** Entries that this file alone makes: of the lists' files, and of another directory. */
const LETTERS = "ZV";
const OURS = `code like '${LETTERS}%' or name like '演示批量服务%'`;
const ELSEWHERE = "7d3c58a1-94e6-4b0f-8a2d-61f05c9e0000";

test.afterEach(() => forgetEntries(OURS));

/** From here on the browser is that of an operator who came just now. */
async function comeIn(page: Page): Promise<void> {
  const connection = connectToPortal();
  try {
    const [name = "", value = ""] = (await cookieOf(connection, await newcomer(connection, OPERATOR))).split(
      "=",
    );
    await page.context().addCookies([{ name, value, url: test.info().project.use.baseURL ?? "" }]);
  } finally {
    await connection.close();
  }
}

const rowsOf = (count: number) => manyEntries(count, { letters: LETTERS });
const job = async (at: string) =>
  (
    await ask<{ state: string; made: number; failure: string | null }>(
      "select state, made, failure from import_job where id = $1",
      [at.split("/").at(-1) ?? ""],
    )
  )[0];
const written = async () =>
  (await ask<{ n: number }>(`select count(*)::int as n from list_item where ${OURS}`))[0]?.n ?? 0;

test("six hundred entries are taken in at once, however often they are sent, and written in the background; the page says how far it is, in every look and language", async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const origin = baseURL ?? "";
  await comeIn(page);
  const [rows, requestKey] = [rowsOf(600), randomUUID()];
  const sent = await Promise.all([1, 2].map(() => sendList(page.request, { rows, requestKey, origin })));
  const at = sent[0]?.headers()["location"] ?? "";
  expect(sent.map((answer) => [answer.status(), answer.headers()["location"]])).toEqual([
    [302, at],
    [302, at],
  ]);
  expect(at).toMatch(/^\/lists-desk\/imports\/[0-9a-f-]{36}$/);
  await page.goto(at);
  await expect(page.getByText(/已处理 \d+ 行，共 600 行/).first()).toBeVisible();
  await expect(page.getByText("写完了").first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("写好 600 项，跳过 0 项，没写成 0 项。").first()).toBeVisible();
  expect(await written()).toBe(600);
  await page.getByRole("link", { name: new RegExp(`打开 ${LETTERS}10000`) }).click();
  await expect(page).toHaveURL(new RegExp(`/lists-desk/items/${LETTERS}10000$`));
  // The same file again: nothing is new, and the answer comes at once.
  const again = await sendList(page.request, { rows, origin });
  expect([again.status(), await again.text()]).toEqual([
    200,
    expect.stringContaining("新增 0 项，修改 0 项，不变 600 项"),
  ]);

  for (const [locale, look] of [
    ["", "light.normal.normal"],
    ["", "dark.normal.normal"],
    ["", "light.more.elder"],
    ["/en", "light.normal.normal"],
    ["/zh-Hant", "light.normal.normal"],
  ] as const) {
    await context.addCookies([{ name: "look", value: look, url: origin }]);
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of [at, "/lists-desk/files"]) {
      await page.goto(`${locale}${path}`);
      await expectNoBarriers(page);
      await expectNoOverflow(page);
      expect(await page.locator("body").innerText()).not.toMatch(/\b(?:imports|desk|hsds)\.[a-z]\w+/);
    }
  }

  const without = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await context.storageState(),
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  try {
    const plain = await without.newPage();
    await plain.goto("/lists-desk/files");
    await plain
      .getByRole("link", { name: /清单文件/ })
      .first()
      .click();
    await expect(plain.getByText("已处理 600 行，共 600 行").first()).toBeVisible();
  } finally {
    await without.close();
  }
});

test("stopped, an import of the lists writes nothing more, keeps what is written and says how many are left; meanwhile no other one begins", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const origin = baseURL ?? "";
  await comeIn(page);
  const at = (await sendList(page.request, { rows: rowsOf(9_000), origin })).headers()["location"] ?? "";
  // Others than those of the first file, of which some may be written by now.
  const other = await sendList(page.request, {
    rows: manyEntries(60, { letters: LETTERS, from: 40_000 }),
    origin,
  });
  expect([other.status(), await other.text()]).toEqual([409, expect.stringContaining("清单有一批正在写")]);
  await expect.poll(async () => (await job(at))?.made ?? 0, { timeout: 30_000 }).toBeGreaterThan(0);
  await page.goto(at);
  await page.getByRole("button", { name: "停下" }).click();
  await expect(page.getByText("已停下，不再往下写。").first()).toBeVisible();
  const stopped = await job(at);
  expect(stopped?.state).toBe("stopped");
  await expect(page.getByText(`还有 ${9_000 - (stopped?.made ?? 0)} 项没有写`).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "停下" })).toHaveCount(0);
  await expectNoBarriers(page);
  expect([
    await written(),
    (await ask("select 1 from import_row where content_sealed is not null")).length,
  ]).toEqual([stopped?.made, 0]);
});

test("an import of the lists is the operators': to visitors, donors and caseworkers it does not exist; once its own lost the role, nothing more is written", async ({
  request,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const origin = baseURL ?? "";
  const connection = connectToPortal();
  try {
    const owner = await newcomer(connection, OPERATOR);
    const of = (role: "operator" | "donor" | "admin") =>
      newcomer(connection, { role, scope: { kind: "city" } }).then((id) => cookieOf(connection, id));
    const there = await newcomer(connection, {
      role: "caseworker",
      scope: { kind: "town", id: "442000105" },
    }).then((id) => cookieOf(connection, id));
    const [own, colleague, donor, admin] = [
      await cookieOf(connection, owner),
      await of("operator"),
      await of("donor"),
      await of("admin"),
    ];
    const read = async (at: string, cookie: string) =>
      (await request.get(at, { headers: { cookie }, maxRedirects: 0 })).status();
    const rows = rowsOf(9_000);
    for (const cookie of [donor, there, admin])
      expect((await sendList(request, { rows: rowsOf(60), cookie, origin })).status()).toBe(403);
    const at = (await sendList(request, { rows, cookie: own, origin })).headers()["location"] ?? "";
    expect([await read(at, own), await read(at, colleague), await read(`${at}/notes.csv`, own)]).toEqual([
      200, 200, 200,
    ]);
    for (const cookie of ["", donor, there, admin]) {
      const refused = cookie === "" ? [302, 401, 404] : [403, 404];
      for (const path of [at, `${at}/notes.csv`]) expect(refused).toContain(await read(path, cookie));
      expect([...refused, 401]).toContain((await stopAt(request, at, { origin, cookie })).status());
    }

    // The page of wishes' imports does not show it either.
    expect(await read(at.replace("/lists-desk/", "/field/"), there)).toBe(404);
    expect(["waiting", "running"]).toContain((await job(at))?.state);
    await ask("update role_grant set revoked_at = now() where user_id = $1 returning 1", [owner]);
    await expect.poll(async () => (await job(at))?.state, { timeout: 30_000 }).toBe("failed");
    expect([(await job(at))?.failure, await written()]).toEqual(["role_ended", (await job(at))?.made]);
    expect([403, 404]).toContain(await read(at, own));
  } finally {
    await connection.close();
  }
});

test("a package of many services is tried out and taken in, and what was said of its rows is downloaded from its page; without JavaScript too", async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  try {
    const page = await context.newPage();
    await comeIn(page);
    const services = Array.from({ length: 60 }, (_, n) => ({
      id: ELSEWHERE.replace(/0000$/, String(n).padStart(4, "0")),
      name: `演示批量服务${n}`,
      status: "active",
      description: "演示内容",
      eligibility_description: "需要的人",
      organization: { id: ELSEWHERE.replace(/0000$/, "ffff"), name: "演示服务中心", description: "演示" },
    }));
    const choose = () =>
      page.locator('input[name="files"]').setInputFiles({
        name: "services.json",
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify(services)),
      });
    await page.goto("/lists-desk/hsds");
    await choose();
    await page.getByRole("button", { name: "试读" }).click();
    await expect(page.getByRole("status")).toContainText("什么也没有写入", { timeout: 30_000 });
    await choose();
    await page.getByRole("button", { name: "写入看过的结果" }).click();
    await expect(page).toHaveURL(/\/lists-desk\/imports\/[0-9a-f-]{36}/);
    const at = new URL(page.url()).pathname;
    await expect.poll(async () => (await job(at))?.state, { timeout: 30_000 }).toBe("done");
    await page.goto(at);
    await expect(page.getByText("写好 60 项，跳过 0 项，没写成 0 项。").first()).toBeVisible();
    await expect(page.getByText("services.json 第 1 行").first()).toBeVisible();
    await expectNoOverflow(page);
    const notes = await page.request.get(
      (await page.getByRole("link", { name: "下载全部说明（CSV）" }).getAttribute("href")) ?? "",
    );
    const [, ...said] = strictRows(await notes.text());
    expect([
      notes.headers()["content-type"],
      said.length,
      said.every(([file]) => file === "services.json"),
    ]).toEqual(["text/csv; charset=utf-8", 120, true]);
  } finally {
    await context.close();
  }
});
