import type { Page } from "@playwright/test";
import { portalLog } from "../support/portal";
import { fillIn, formWith, linkTo, send } from "./steps/forms";
import { confirmGift, openWish, putIntoBasket } from "./steps/gift";
import { found, lyingInClear } from "./steps/leaks";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

const NUMBER = "13912345071";
/** As a phone's own keyboard for Chinese writes it. */
const TYPED = "＋８６ １３９ １２３４ ５０７１";
const HINT = "139****5071";

const otherThan = (code: string) => (code === "000000" ? "000001" : "000000");
const fullWidth = (code: string) =>
  code.replace(/\d/g, (digit) => "０１２３４５６７８９"[Number(digit)] ?? "");

/** The newest code in the demo's mailbox of whoever's code waits on the page, which stays where it is. */
async function codeThatCame(page: Page): Promise<string> {
  const box = await linkTo(page.getByRole("main"), "/demo/mail?to=").getAttribute("href");
  const desk = await page.context().newPage();
  await desk.goto(box ?? "");
  const text = await desk.getByRole("main").getByRole("listitem").first().innerText();
  await desk.close();
  return /\d{6}/.exec(text.replace(/^.*\n/, ""))?.[0] ?? "";
}

/** Types a code that waits on the page. */
async function typeCode(page: Page, entryCode: string): Promise<void> {
  await fillIn(formWith(page, "entryCode"), { entryCode });
  await send(formWith(page, "entryCode"), "enter");
}

test("somebody new gives by a number alone, comes back by the same number and finds the gift; no log, address or table tells number or code", async ({
  page,
}) => {
  test.setTimeout(150_000);
  const addresses: string[] = [];
  page.on("framenavigated", (frame) => addresses.push(frame.url()));
  page.on("request", (sent) => addresses.push(sent.url(), sent.headers()["referer"] ?? ""));
  await openWish(page, "/wishes?kind=goods&sort=newest");
  await putIntoBasket(page);
  const asking = formWith(page, "contact");
  await send(asking);
  await page.waitForURL(/\/basket\/code$/);
  await expect(page.getByRole("alert")).toContainText("请填写");
  await expectNoBarriers(page);
  await fillIn(asking, { contact: "123" });
  await send(asking);
  await expect(page.getByRole("alert")).toContainText("11 位手机号");
  await expect(page.getByLabel("手机号或邮箱")).toHaveValue("123");
  await fillIn(asking, { contact: TYPED });
  await send(asking);

  await expect(page.getByText(HINT)).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  const code = await codeThatCame(page);
  await typeCode(page, "");
  await expect(page.getByRole("alert")).toContainText("请填写");
  await typeCode(page, "12345");
  await expect(page.getByRole("alert")).toContainText("6 位数字");
  for (let tries = 0; tries < 3; tries++) {
    await typeCode(page, otherThan(code));
    await expect(page.getByRole("alert")).toContainText("验证码不对");
  }

  await typeCode(page, ` ${fullWidth(code.slice(0, 3))} ${fullWidth(code.slice(3))}`);
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+\/confirm/);
  const { gift, code: giftCode } = await confirmGift(page);
  await expect(page.getByRole("main")).toContainText("谢谢");
  // Back to where the code was typed: it opens nothing any more, and nothing is given twice.
  await page.goto("/basket/code");
  await expect(formWith(page, "entryCode")).toHaveCount(0);

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await expect(page.getByText(HINT)).toHaveCount(0);
  await linkTo(page.getByRole("main"), "/sign-in/code").first().click();
  await fillIn(formWith(page, "contact"), { contact: "139-1234-5071" });
  await send(formWith(page, "contact"));
  await expect(page.getByText(HINT)).toBeVisible();
  const later = await codeThatCame(page);
  await typeCode(page, later);
  await page.waitForURL(/\/$/);
  await page.goto("/gifts");
  await expect(page.getByText(giftCode)).toBeVisible();
  expect((await page.goto(gift))?.status()).toBe(200);
  await page.goto("/me/mail");
  await expect(page.getByText(HINT).first()).toBeVisible();
  await expectNoBarriers(page);

  // Six digits stand within many a longer number; by themselves they would be the code.
  const told = `${portalLog()}\n${addresses.join("\n")}`;
  expect(found(told, [NUMBER])).toEqual([]);
  expect(told).not.toMatch(new RegExp(`(?<![\\w.])(?:${code}|${later})(?![\\w.])`));
  expect(await lyingInClear(() => [NUMBER])).toEqual([]);
});

test("without scripts the same, by mail; a code that came stays good where no more are sent", async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await openWish(page, "/wishes?kind=goods&sort=newest");
  await putIntoBasket(page);
  await fillIn(formWith(page, "contact"), { contact: "by-code@example.org" });
  await send(formWith(page, "contact"));
  await expect(page.getByText("b…@example.org")).toBeVisible();
  for (let more = 0; more < 4; more++) {
    await page.locator("summary", { hasText: "没收到" }).click();
    await send(formWith(page, "contact"));
    await expect(page.getByRole("alert")).toHaveCount(0);
  }

  const code = await codeThatCame(page);
  await page.locator("summary", { hasText: "没收到" }).click();
  await send(formWith(page, "contact"));
  await expect(page.getByRole("alert")).toContainText("次数太多");
  await expect(formWith(page, "contact")).toBeVisible();
  await typeCode(page, code);
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+\/confirm/);
  await confirmGift(page);
  await context.close();
});
