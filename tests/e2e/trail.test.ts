import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const csvOf = async (page: Page): Promise<string> => {
  await page.goto("/audit/use");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载今天的（CSV）" }).click(),
  ]);
  return readFile(await download.path(), "utf8");
};

test("whoever came in, tried to, was refused, or took a file along stands in the trail with from where; nothing that was typed does", async ({
  page,
  browser,
  baseURL,
}) => {
  const typed = {
    mail: "trail.canary@example.org",
    word: "canary-what-was-typed",
    path: "canary-in-the-address",
  };
  await page.goto("/sign-in");
  await page.getByLabel("邮箱").fill(typed.mail);
  await page.getByLabel("密码").fill(typed.word);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();

  await signInAs(page, "俞会计");
  expect((await page.goto("/admin/people"))?.status()).toBe(403);
  // An address with a foreign word in it, for whoever may not even ask.
  expect((await page.goto(`/en/lists-desk/items/${typed.path}`))?.status()).toBe(403);
  const posted = await page.request.post("/admin/limits", {
    form: { name: typed.word },
    headers: { origin: baseURL ?? "" },
  });
  expect(posted.status()).toBe(403);
  expect((await page.request.get("/finance/money.csv")).status()).toBe(200);

  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    viewport: { width: 390, height: 844 },
  });
  const reader = await context.newPage();
  await signInAs(reader, "霍审计");
  const csv = await csvOf(reader);
  const of = (kind: string) => csv.split("\r\n").filter((line) => line.split(",")[1] === kind);
  expect(of("sign_in_failed").join("\n")).toMatch(/,,\/sign-in,,127\.0\.0\.1,|,,\/sign-in,,::1,/);
  expect(of("sign_in").join("\n")).toContain("俞会计（演示）,/sign-in,");
  expect(of("refused").join("\n")).toContain("俞会计（演示）,/admin/people,");
  expect(of("refused").join("\n")).toContain("俞会计（演示）,/lists-desk/items/:code,");
  expect(of("refused").join("\n")).toContain("俞会计（演示）,/admin/limits,");
  expect(of("export").join("\n")).toContain("俞会计（演示）,money-book.csv,");
  for (const secret of Object.values(typed)) expect(csv).not.toContain(secret);
  // Taking the trail along is a line of it.
  expect(await csvOf(reader)).toMatch(/霍审计（演示）,use-\d{4}-\d\d-\d\d\.csv,/);

  await reader.getByLabel("哪一类").selectOption({ label: "没有权限，被拒绝" });
  await reader.getByRole("button", { name: "搜索" }).click();
  await expect(reader.getByText("/admin/people").first()).toBeVisible();
  await expect(reader.getByText("money-book.csv")).toHaveCount(0);
  await expectNoBarriers(reader);
  await expectNoOverflow(reader);
  await context.close();
});

test("an opened record and a changed role stand in the trail", async ({ page }) => {
  await signInAs(page, "霍审计");
  await page.goto("/audit/use?kind=role");
  await expect(page.getByRole("cell", { name: "给出角色" }).first()).toBeVisible();
  await page.goto("/audit/use?kind=opening");
  await expect(page.getByRole("cell", { name: "查阅受助人资料" }).first()).toBeVisible();
  await expect(page.getByRole("cell", { name: /^H[0-9A-Z]{9}$/ }).first()).toBeVisible();
});
