import type { Browser, Page } from "@playwright/test";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

/** Looks for barriers where scripts run: what looks for them is a script itself. */
const look = (page: Page, scripts: boolean): Promise<void> => (scripts ? expectNoBarriers(page) : Promise.resolve());

/** Three units promised of a wish that needs many; answers with the gift's page, its public link, and the wish's code. */
async function promiseThree(page: Page, lang: string) {
  await signInAs(page, "爱心人士甲");
  await page.goto(`${lang}/wishes?kind=goods&gap=many`);
  await page.locator("article h2 a").first().click();
  await page.waitForURL(/\/wishes\/W[0-9A-Z]{7}$/);
  const wish = page.url().slice(-8);
  const line = page.locator('form:has(input[name="line"])').first();
  await line.locator("input[name=quantity]").fill("3");
  await line.getByRole("button").click();
  await page.waitForURL(/\/basket$/);
  await page.locator('form:has(input[name="requestKey"])').last().getByRole("button").last().click();
  await page.waitForURL(/\/confirm/);
  const choose = (name: string, value: string) => page.locator(`input[name="${name}"][value="${value}"]`).check();
  await choose("arrivalWay", "drop_off");
  await choose("displayChoice", "kind_person");
  await choose("ifGone", "ask_me");
  await choose("receipt", "waived");
  await choose("notRelative", "yes");
  await page.locator('form:has(input[name="notRelative"])').getByRole("button").last().click();
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+\?new=/);
  const gift = new URL(page.url()).pathname;
  return { wish, gift, code: gift.slice(-8), track: new URL(await page.locator("p.break-all").innerText()).pathname };
}

/** Two of the three come; one of them is broken, and the form asks why before it takes that. */
async function receiveAndInspect(page: Page, lang: string, code: string, scripts = true): Promise<void> {
  await signInAs(page, "黎库管");
  await page.goto(`${lang}/point`);
  await page.locator('a[href*="/point/receive"]').first().click();
  await page.locator("input[name=code]").fill(code.toLowerCase());
  await page.locator('form:has(input[name="code"])').getByRole("button").click();
  await page.locator('a[href*="/point/receive/gift/"]').first().click();
  const counting = page.locator('form:has(input[name="counted"])');
  await counting.locator("input[name=counted]").fill("2");
  await counting.getByRole("button").last().click();
  await page.waitForURL(/\/point\/inspect\//);
  await look(page, scripts);
  const found = page.locator('form:has(input[name="accepted"])');
  await found.locator("input[name=accepted]").fill("1");
  await found.locator("input[name=refused]").fill("1");
  await found.locator('input[name=valueBasis][value="fair_value"]').check();
  await found.locator("input[name=unitValueFen]").fill("99.5");
  await found.getByRole("button").last().click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(found.locator("select[name=refusalReason]")).toHaveAttribute("aria-invalid", "true");
  await expect(found.locator("input[name=unitValueFen]")).toHaveValue("99.5");
  await found.locator("select[name=refusalReason]").selectOption("damaged");
  await found.locator("select[name=refusedGoTo]").selectOption("returned");
  await found.getByRole("button").last().click();
  await page.waitForURL(/\/point\/label\//);
  await look(page, scripts);
}

async function packAndHandOut(page: Page, lang: string, wish: string, scripts = true): Promise<string> {
  await page.goto(`${lang}/point`);
  await page.locator("li", { hasText: wish }).locator('a[href*="/point/pack/"]').first().click();
  await page.locator('form:has(input[name="lots[0].quantity"])').getByRole("button").last().click();
  await page.waitForURL(/\/point\/parcels\/[0-9a-f-]{36}$/);
  const id = page.url().slice(-36);
  await look(page, scripts);
  await page.getByLabel(/阿杰志愿者/).check();
  await page.locator('form:has(input[name="courierId"])').getByRole("button").last().click();
  await expect(page.locator('input[name="courierId"]')).toHaveCount(0);
  return id;
}

/** Printed by somebody who does not deliver it; the four digits stand on the paper only. */
async function printSlip(page: Page, lang: string, id: string, scripts = true): Promise<string> {
  await signInAs(page, "莫社工");
  await page.goto(`${lang}/deliveries/${id}/slip`);
  await page.locator("main form").getByRole("button").click();
  const digits = await page.locator(".print-sheet p[aria-label]").getAttribute("aria-label");
  await look(page, scripts);
  expect(digits).toMatch(/^\d \d \d \d$/);
  return (digits ?? "").replaceAll(" ", "");
}

async function handOver(page: Page, lang: string, id: string, digits: string): Promise<void> {
  await signInAs(page, "阿杰志愿者");
  await page.goto(`${lang}/deliver/${id}/hand-over`);
  const form = page.locator('form:has(input[name="secret"])');
  await form.locator("input[name=secret]").fill(digits === "0000" ? "1111" : "0000");
  await form.getByRole("button").last().click();
  await expect(page.getByRole("alert")).toBeVisible();
  await form.locator("input[name=secret]").fill(digits);
  await form.getByRole("button").last().click();
  await page.waitForURL(new RegExp(`/deliver/${id}$`));
}

async function acknowledge(page: Page, lang: string, id: string, scripts = true): Promise<void> {
  await signInAs(page, "莫社工");
  await page.goto(`${lang}/deliveries/${id}`);
  await look(page, scripts);
  await page.locator('input[name=said][value="came"]').check();
  await page.locator('form:has(input[name="said"])').getByRole("button").last().click();
  await expect(page.locator('input[name="said"]')).toHaveCount(0);
}

/** From the promise to the recipient's word, and what donor and stranger then read. */
async function walk(page: Page, browser: Browser, baseURL: string | undefined, lang: string, words: readonly string[]): Promise<void> {
  const { wish, gift, code, track } = await promiseThree(page, lang);
  await receiveAndInspect(page, lang, code);
  const id = await packAndHandOut(page, lang, wish);
  const digits = await printSlip(page, lang, id);
  await handOver(page, lang, id, digits);
  await acknowledge(page, lang, id);
  await signInAs(page, "爱心人士甲");
  await page.goto(`${gift}`);
  for (const step of words) await expect(page.getByRole("listitem").filter({ hasText: step }).first()).toBeVisible();
  await expectNoOverflow(page);
  const stranger = await browser.newPage(baseURL ? { baseURL } : {});
  await stranger.goto(track);
  for (const step of words) await expect(stranger.getByRole("listitem").filter({ hasText: step }).first()).toBeVisible();
  expect(await stranger.locator("body").innerText()).not.toContain("爱心人士甲");
  await stranger.close();
}

const LANGUAGES = [
  ["", ["确认认捐", "查验合格", "交到受助人手里", "已确认收到"]],
  ["/zh-Hant", ["確認認捐", "查驗合格", "交到受助人手裏", "已確認收到"]],
  ["/en", ["Pledge confirmed", "Inspected and accepted", "In the recipient's hands", "Receipt confirmed"]],
] as const;

for (const [lang, words] of LANGUAGES) {
  test(`a gift through the store to the door, short and partly broken, and the donor reads the whole way${lang ? ` in ${lang}` : ""}`, async ({ page, browser, baseURL }) => {
    test.setTimeout(120_000);
    await walk(page, browser, baseURL, lang, words);
  });
}

test("the same through the store to the door with JavaScript off", async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  const { wish, code } = await promiseThree(page, "");
  await receiveAndInspect(page, "", code, false);
  const id = await packAndHandOut(page, "", wish, false);
  await handOver(page, "", id, await printSlip(page, "", id, false));
  await acknowledge(page, "", id, false);
  await context.close();
});
