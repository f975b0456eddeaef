import { send } from "./steps/forms";
import { confirmGift, openWish, putIntoBasket, submitBasket } from "./steps/gift";
import { expect, signInAs, test } from "./support";

test("a gift is undone within ten minutes with JavaScript off, and to other donors it never existed", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signInAs(page, "爱心人士甲");
  await openWish(page, "/wishes?kind=goods&gap=one");
  await putIntoBasket(page);
  await submitBasket(page);
  const { gift } = await confirmGift(page);
  await page.goto(gift);
  await send(page.getByRole("main"), "undo");
  await expect(page.getByText("已取消").first()).toBeVisible();
  await signInAs(page, "爱心人士乙");
  expect((await page.goto(gift))?.status()).toBe(404);
  await context.close();
});
