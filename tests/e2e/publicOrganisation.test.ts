import sharp from "sharp";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

test("a need of an organisation leads to its page, which tells its registration and names its picture, in three languages", async ({
  page,
  request,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/wishes?kind=money");
  await page.getByRole("article").getByRole("link").first().click();
  await page.getByRole("main").locator('a[href*="/organisations/"]').click();
  await page.waitForURL(/\/organisations\/[0-9A-Z]{18}$/);
  const { pathname } = new URL(page.url());
  const creditCode = pathname.slice(-18);
  for (const lang of ["", "/zh-Hant", "/en"]) {
    await page.goto(lang + pathname);
    await expect(page.getByText(creditCode)).toBeVisible();
    await expect(page.getByRole("article").first()).toBeVisible();
    await expectNoBarriers(page);
    await expectNoOverflow(page);
    const image = await page.locator('meta[property="og:image"]').getAttribute("content");
    const answer = await request.get(new URL(image ?? "").pathname);
    expect(answer.headers()["cache-control"]).toContain("public");
    expect(await sharp(await answer.body()).metadata()).toMatchObject({ width: 1_080, height: 1_080 });
  }

  const wide = Array.from(creditCode, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0));
  for (const typed of [creditCode.toLowerCase(), wide.join(""), ` ${creditCode} `])
    expect((await request.get(`/organisations/${encodeURIComponent(typed)}`)).status(), typed).toBe(200);
  for (const wrong of ["52440000MJ000000XX", "x", "%00", `${creditCode}/picture/round.png`])
    expect((await request.get(`/organisations/${wrong}`)).status(), wrong).toBe(404);
});
