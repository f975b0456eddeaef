import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { manyRows } from "../factories/imports";
import { connectToPortal, cookieOf, newcomer } from "../support/portalDatabase";
import { sendFile, stopAt } from "./steps/imports";
import { ask } from "./steps/rows";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

/** A town where the demo's own people file nothing. */
const TOWN = { id: "442000105", name: "古镇镇" } as const;
const ELSEWHERE = "442000001";
const rowsOf = (count: number, whose: string) => manyRows(count, whose, { town: TOWN.name });
const inTown = (id: string) => ({ role: "caseworker", scope: { kind: "town", id } }) as const;

/** From here on the browser is that of a caseworker who came just now. */
async function comeIn(page: Page): Promise<void> {
  const connection = connectToPortal();
  try {
    const [name = "", value = ""] = (
      await cookieOf(connection, await newcomer(connection, inTown(TOWN.id)))
    ).split("=");
    await page.context().addCookies([{ name, value, url: test.info().project.use.baseURL ?? "" }]);
  } finally {
    await connection.close();
  }
}

const job = async (at: string) =>
  (
    await ask<{ state: string; made: number; total: number; failure: string | null }>(
      "select state, made, total, failure from import_job where id = $1",
      [at.split("/").at(-1) ?? ""],
    )
  )[0];
const written = async () =>
  (await ask<{ n: number }>("select count(*)::int as n from need where import_key is not null"))[0]?.n ?? 0;

test("five hundred rows are taken in at once, however often they are sent, and written in the background; the page says how far it is, also without a script", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const origin = baseURL ?? "";
  await comeIn(page);
  const before = await written();
  const [rows, requestKey] = [rowsOf(500, "五百"), randomUUID()];
  const sent = await Promise.all(
    [1, 2].map(() => sendFile(page.request, { town: TOWN.id, rows, requestKey, origin })),
  );
  const at = sent[0]?.headers()["location"] ?? "";
  expect(sent.map((answer) => [answer.status(), answer.headers()["location"]])).toEqual([
    [302, at],
    [302, at],
  ]);
  expect(at).toMatch(/^\/field\/imports\/[0-9a-f-]{36}$/);
  const other = await sendFile(page.request, { town: TOWN.id, rows, origin });
  expect([other.status(), await other.text()]).toEqual([
    409,
    expect.stringContaining("这个镇街有一批心愿正在写"),
  ]);
  await page.goto(at);
  await expect(page.getByText(/已处理 \d+ 行，共 500 行/).first()).toBeVisible();
  await expectNoOverflow(page);
  await expectNoBarriers(page);

  const without = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  try {
    const plain = await without.newPage();
    await plain.goto(at);
    await plain.getByRole("link", { name: "刷新看进度" }).click();
    await expect(plain.getByText(/已处理 \d+ 行，共 500 行/).first()).toBeVisible();
  } finally {
    await without.close();
  }

  // With a script the page follows by itself.
  await expect(page.getByText("写完了").first()).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText("写好草稿 500 条，跳过 0 条，没写成 0 条。").first()).toBeVisible();
  expect(await written()).toBe(before + 500);
  await expectNoBarriers(page);
  // The same file again: nothing is new, and the answer comes at once.
  const again = await sendFile(page.request, { town: TOWN.id, rows, origin });
  expect([again.status(), await written()]).toEqual([200, before + 500]);
  await page.goto("/field/import");
  await expect(page.getByRole("heading", { name: "最近的批量导入" })).toBeVisible();
  await expectNoOverflow(page);
});

test("stopped, an import writes nothing more, keeps what is written and says how many are left", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  await comeIn(page);
  const before = await written();
  const at =
    (
      await sendFile(page.request, { town: TOWN.id, rows: rowsOf(1_500, "停下"), origin: baseURL ?? "" })
    ).headers()["location"] ?? "";
  await expect.poll(async () => (await job(at))?.made ?? 0, { timeout: 30_000 }).toBeGreaterThan(0);
  await page.goto(at);
  await page.getByRole("button", { name: "停下" }).click();
  await expect(page.getByText("已停下，不再往下写。").first()).toBeVisible();
  const stopped = await job(at);
  expect(stopped?.state).toBe("stopped");
  await expect(page.getByText(`还有 ${1_500 - (stopped?.made ?? 0)} 行没有写`).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "停下" })).toHaveCount(0);
  await expectNoBarriers(page);
  // The worker goes on with others of the town; of this one nothing more comes.
  const next =
    (
      await sendFile(page.request, { town: TOWN.id, rows: rowsOf(60, "后来的"), origin: baseURL ?? "" })
    ).headers()["location"] ?? "";
  await expect.poll(async () => (await job(next))?.state, { timeout: 60_000 }).toBe("done");
  expect(await written()).toBe(before + (stopped?.made ?? 0) + 60);
  expect((await ask("select 1 from import_row where content_sealed is not null")).length).toBe(0);
});

test("an import is nobody else's: to visitors, donors and other towns it does not exist; once its caseworker lost the role, nothing more is written and its page is closed", async ({
  request,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const origin = baseURL ?? "";
  const connection = connectToPortal();
  try {
    const owner = await newcomer(connection, inTown(TOWN.id));
    const [own, colleague, there, donor] = await Promise.all([
      cookieOf(connection, owner),
      newcomer(connection, inTown(TOWN.id)).then((id) => cookieOf(connection, id)),
      newcomer(connection, inTown(ELSEWHERE)).then((id) => cookieOf(connection, id)),
      newcomer(connection, { role: "donor", scope: { kind: "city" } }).then((id) => cookieOf(connection, id)),
    ]);
    const read = async (at: string, cookie: string) =>
      (await request.get(at, { headers: { cookie }, maxRedirects: 0 })).status();
    const rows = rowsOf(1_500, "别人的");
    // Into a town that is not theirs nobody begins one.
    expect((await sendFile(request, { town: TOWN.id, rows, cookie: there, origin })).status()).toBe(403);
    const at =
      (await sendFile(request, { town: TOWN.id, rows, cookie: own, origin })).headers()["location"] ?? "";
    expect([await read(at, own), await read(at, colleague)]).toEqual([200, 200]);
    for (const [cookie, statuses] of [
      ["", [302, 401, 404]],
      [donor, [403, 404]],
      [there, [404]],
    ] as const) {
      expect(statuses).toContain(await read(at, cookie));
      expect([...statuses, 401]).toContain((await stopAt(request, at, { origin, cookie })).status());
    }

    expect(["waiting", "running"]).toContain((await job(at))?.state);
    await ask("update role_grant set revoked_at = now() where user_id = $1 returning 1", [owner]);
    await expect.poll(async () => (await job(at))?.state, { timeout: 30_000 }).toBe("failed");
    expect((await job(at))?.failure).toBe("role_ended");
    expect([403, 404]).toContain(await read(at, own));
    expect([403, 404]).toContain((await stopAt(request, at, { origin, cookie: own })).status());
    expect((await job(at))?.made).toBeLessThan(1_500);
    // Whose the drafts are may open them again: other journeys look at what was filed last.
    await ask("update role_grant set revoked_at = null where user_id = $1 returning 1", [owner]);
  } finally {
    await connection.close();
  }
});
