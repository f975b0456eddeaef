import { strictRows } from "../support/strictRows";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const FILES = ["year.csv", "year.xlsx", "year/picture/square.png", "year/picture/portrait.png"] as const;

test("a donor's year is a page, a file and a picture that say the same, in three languages; twice, and with a year typed in full width", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, "爱心人士甲");
  await page.goto("/gifts");
  await page.getByRole("link", { name: "我的一年" }).click();
  await page.waitForURL(/\/me\/year$/);
  await expectNoBarriers(page);
  await expectNoOverflow(page);

  const year = await page.getByRole("heading", { level: 1 }).innerText();
  const number = /\d{4}/.exec(year)?.[0] ?? "";
  const rows = strictRows(await (await page.request.get(`/me/year.csv?year=${number}`)).text()).slice(1);
  const gifts = new Set(rows.map((row) => row.at(-1)));
  expect(gifts.size).toBeGreaterThan(0);
  await expect(page.getByRole("main")).toContainText(
    new RegExp(`${gifts.size}\\s*次捐赠|次捐赠\\s*${gifts.size}`),
  );
  expect(rows.every(([at = ""]) => at.startsWith(number))).toBe(true);

  const wide = Array.from(number, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join(
    "",
  );
  for (const typed of [number, wide, ` ${number} `]) {
    const answer = await page.request.get(`/me/year.csv?${new URLSearchParams({ year: typed }).toString()}`);
    expect(strictRows(await answer.text()).slice(1)).toEqual(rows);
  }

  for (const lang of ["/zh-Hant", "/en"]) {
    await page.goto(`${lang}/me/year`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(number);
    await expectNoOverflow(page);
  }

  for (const file of FILES) {
    const answer = await page.request.get(`/me/${file}`);
    expect([file, answer.status()]).toEqual([file, 200]);
    expect(answer.headers()["cache-control"]).toContain("no-store");
  }
});

test("a company's year is told by town and thing; whoever gave nothing is told so, and has no file; a visitor is asked who they are", async ({
  page,
  request,
}) => {
  await signInAs(page, "演示制造有限公司");
  await page.goto("/me/year");
  await expect(page.getByRole("table", { name: "按镇街和物品" }).getByRole("row")).not.toHaveCount(1);

  await signInAs(page, "霍审计");
  await page.goto("/me/year");
  await expect(page.getByText("还没有可以回顾的一年")).toBeVisible();
  await expectNoBarriers(page);
  for (const file of FILES) expect((await page.request.get(`/me/${file}`)).status(), file).toBe(404);
  for (const file of FILES) {
    const answer = await request.get(`/me/${file}`, { maxRedirects: 0 });
    expect([answer.status(), answer.headers()["location"] ?? ""], file).toEqual([
      302,
      expect.stringContaining("/sign-in"),
    ]);
  }
});
