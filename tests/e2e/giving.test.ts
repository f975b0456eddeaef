import { formWith, send } from "./steps/forms";
import { confirmGift, openWish, putIntoBasket, submitBasket } from "./steps/gift";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

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

test("who comes too late for the last one is led to what still waits, and their basket is empty", async ({
  browser,
}) => {
  // In another order each time: the list from before is kept for some seconds, with what is taken now.
  for (const [javaScriptEnabled, sort] of [
    [true, "waiting"],
    [false, "newest"],
  ] as const) {
    const [late, fast] = [
      await browser.newContext({ javaScriptEnabled }),
      await browser.newContext({ javaScriptEnabled }),
    ];
    const [latePage, fastPage] = [await late.newPage(), await fast.newPage()];
    await signInAs(latePage, "爱心人士甲");
    await signInAs(fastPage, "爱心人士乙");
    await openWish(latePage, `/wishes?kind=goods&gap=one&sort=${sort}`);
    await fastPage.goto(latePage.url());
    await putIntoBasket(latePage);
    await putIntoBasket(fastPage);
    await submitBasket(fastPage);
    await send(formWith(latePage, "requestKey"), "submit");
    await latePage.waitForURL(/\/wishes\?taken=yes$/);
    await expect(latePage.getByText("您选的心愿现在不能认领了")).toBeVisible();
    await expect(latePage.locator("article").first()).toBeVisible();
    await expect(latePage.getByRole("link", { name: "心愿篮，0 项" })).toBeVisible();
    await late.close();
    await fast.close();
  }
});

test("a donor's own pages carry no framework; a form that came back is led to, with what was typed beside what is missing", async ({
  page,
}) => {
  await signInAs(page, "爱心人士甲");
  await openWish(page, "/wishes?kind=goods&sort=newest");
  await putIntoBasket(page);
  await submitBasket(page);
  const form = formWith(page, "notRelative");
  await expect(form.locator('[name="displayChoice"][value="kind_person"]')).toBeChecked();
  await expect(form.locator('[name="displayName"]')).toBeHidden();
  await form.locator('[name="displayChoice"][value="alias"]').check();
  await form.locator('[name="displayName"]').fill("老王");
  await form.locator('[name="ifGone"][value="ask_me"]').check();
  await send(form);
  const wrong = page.getByRole("alert");
  await expect(wrong).toBeFocused();
  await expect(wrong.getByRole("link", { name: /^我不是受助人的亲属/ })).toBeVisible();
  await expect(form.locator('[name="displayName"]')).toHaveValue("老王");
  await expect(form.locator('[name="ifGone"][value="ask_me"]')).toBeChecked();

  // The look changes in the middle of it: the page is loaded anew, and what was typed is in it, this once.
  await form.locator('[name="displayName"]').fill("老王和家人");
  await page.getByRole("button", { name: "长者版" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-size", "elder");
  await expect(form.locator('[name="displayName"]')).toHaveValue("老王和家人");
  await expect(form.locator('[name="ifGone"][value="ask_me"]')).toBeChecked();
  expect(await page.evaluate(() => sessionStorage.getItem(location.pathname))).toBeNull();
  await page.reload();
  await expect(form.locator('[name="displayName"]')).toHaveValue("");

  const { gift, track } = await confirmGift(page);
  for (const path of ["/basket", gift, "/gifts", track]) {
    const answer = await page.goto(path);
    expect(answer?.headers()["cache-control"], path).toBe("private, no-store");
    expect(await page.locator("script[src]").count(), path).toBe(1);
    expect(await page.evaluate(() => "__remixContext" in window), path).toBe(false);
  }
});

test("right after the act stand thanks, for whom it is, three steps with their days, the place and the way there; whoever has the link reads five steps, and no please", async ({
  browser,
}) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    await context.grantPermissions(["clipboard-write"]);
    const page = await context.newPage();
    await signInAs(page, "爱心人士乙");
    await openWish(page, "/wishes?kind=goods&gap=many");
    await putIntoBasket(page);
    await submitBasket(page);
    const { track } = await confirmGift(page);
    const main = page.getByRole("main");
    const steps = main.getByRole("list").filter({ hasText: "交到受助人手里" }).getByRole("listitem");
    await expect(main.getByRole("heading", { level: 1 })).toHaveText("谢谢您");
    await expect(main.getByText(/^1 \S+ · .+的.+$/)).toBeVisible();
    await expect(steps).toHaveText([
      /送到服务点请在 \d+月\d+日（周.）前送到$/,
      /清点、查验预计 \d+月\d+日（周.）前$/,
      /交到受助人手里预计 \d+月\d+日（周.）前$/,
    ]);
    await expect(main.getByText(/^开放时间：/)).toBeVisible();
    const map = main.getByRole("link", { name: "在地图里打开" });
    await expect(map).toHaveAttribute("href", /^https:\/\/uri\.amap\.com\/search\?keyword=%/);
    await expect(map).toHaveAttribute("rel", "noreferrer");
    // What only a script can do is not offered without one: the link itself stands there to be read.
    const copy = main.getByRole("button", { name: "复制链接" });
    if (javaScriptEnabled) {
      await copy.click();
      await expect(main.getByText("已复制，可以粘贴了")).toBeVisible();
    } else await expect(copy).toBeHidden();

    await context.clearCookies();
    await page.goto(track);
    await expect(main.getByRole("heading", { level: 1 })).toHaveText(/^1 \S+ · .+的.+$/);
    await expect(steps).toHaveCount(5);
    await expect(steps.first()).toHaveText(/已认领/);
    await expect(main.getByText("请在")).toHaveCount(0);
    await context.close();
  }
});

test("what has arrived is green, with the recipient's words before all else; a gift given again asks only what is declared", async ({
  page,
}) => {
  await signInAs(page, "爱心人士甲");
  await page.goto("/gifts");
  await page.getByRole("listitem").filter({ hasText: "已确认收到" }).getByRole("link").first().click();
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+$/);
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { level: 2 }).first()).toHaveText("受助人的话");
  await expect(main.getByRole("heading", { name: "已经送到，谢谢您。" })).toBeVisible();
  await expect(main.getByText(/对方已确认收到/)).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);

  await openWish(page, "/wishes?kind=goods&sort=newest");
  await putIntoBasket(page);
  await submitBasket(page);
  const form = formWith(page, "notRelative");
  for (const asked of ["arrivalWay", "displayChoice", "ifGone"])
    await expect(form.locator(`[name="${asked}"]:checked`)).toHaveCount(1);
  await expect(form.locator('[name="notRelative"]')).not.toBeChecked();
  await send(form);
  await expect(page.getByRole("alert")).toBeVisible();
});
