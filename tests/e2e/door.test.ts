import { entry, fillIn, formWith, linkTo, send } from "./steps/forms";
import { confirmGift, expectSteps, openWish, putIntoBasket, submitBasket } from "./steps/gift";
import { asStorekeeper, count, inspect, lookUpGift } from "./steps/store";
import { expect, signInAs, test } from "./support";

test("of three that were promised two come and one is broken: the form asks why before it takes that, keeps what was typed, and the donor reads it", async ({
  page,
}) => {
  await signInAs(page, "爱心人士甲");
  const wish = await openWish(page, "/wishes?kind=goods&gap=many");
  await putIntoBasket(page, 3);
  await submitBasket(page);
  const { code, gift } = await confirmGift(page);

  await asStorekeeper(page);
  await lookUpGift(page, "", code);
  await linkTo(entry(page, wish), "/point/receive/gift/").click();
  await count(page, 2);
  const found = formWith(page, "accepted");
  await fillIn(found, { accepted: "1", refused: "1", valueBasis: "fair_value", unitValueFen: "99.5" });
  await send(found);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(found.locator("[name=refusalReason]")).toHaveAttribute("aria-invalid", "true");
  await expect(found.locator("[name=unitValueFen]")).toHaveValue("99.5");
  await inspect(page, { refusalReason: "damaged", refusedGoTo: "returned" });

  await signInAs(page, "爱心人士甲");
  await page.goto(gift);
  await expectSteps(page, ["查验合格 × 1", "部分退回 × 1", "破损"]);
});
