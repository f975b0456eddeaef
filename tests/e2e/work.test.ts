import type { Page } from "@playwright/test";
import { entry, fillIn, formWith, linkTo, send } from "./steps/forms";
import { confirmGift, expectSteps, openWish, putIntoBasket, submitBasket } from "./steps/gift";
import { asStorekeeper, count, findByCode, inspect } from "./steps/store";
import { expect, expectNoBarriers, signInAs, test } from "./support";

/** Something offered to nobody in particular; answers with the gift's page. */
async function offer(page: Page, description: string): Promise<string> {
  await signInAs(page, "爱心人士乙");
  await page.goto("/offer");
  const form = formWith(page, "description");
  await fillIn(form, { objectKind: "bag", description, condition: "new", quantity: "1", townCode: "442000001", displayChoice: "kind_person", notRelative: "yes" });
  await send(form);
  await page.waitForURL(/\/gifts\/G/);
  return new URL(page.url()).pathname;
}

test("an offer to nobody finds its wish: accepted, received, proposed with reasons by one, approved by another, and its donor reads it", async ({ page }) => {
  test.setTimeout(120_000);
  const what = "红色双肩书包，全新，大号";
  const gift = await offer(page, what);
  await signInAs(page, "何干事");
  await page.goto("/matching");
  await expectNoBarriers(page);
  await send(formWith(entry(page, what), "pointId"), "accept");
  await expect(entry(page, what).locator("[name=pointId]")).toHaveCount(0);

  await asStorekeeper(page);
  await page.goto("/point");
  // At another counter the storekeeper is told where it belongs.
  await findByCode(page, gift.slice(-8));
  await expect(page.getByText("石岐街道爱心服务点")).toBeVisible();
  await page.goto("/point");
  await page.locator("select[name=at]").selectOption({ label: "石岐街道爱心服务点" });
  await send(formWith(page, "at"));
  await page.waitForURL(/\/point\?at=/);
  await findByCode(page, gift.slice(-8));
  await linkTo(page, "/point/receive/offer/").click();
  await count(page, 1);
  const label = await inspect(page, { accepted: "1", valueBasis: "fair_value", unitValueFen: "80" });

  await signInAs(page, "何干事");
  await page.goto("/matching");
  await formWith(entry(page, label).first(), "lotId").first().getByRole("button").click();
  const proposed = entry(page, `${label} →`);
  await expect(proposed).toBeVisible();
  // The one who proposed may not decide.
  await expect(proposed.getByRole("button")).toHaveCount(0);
  await signInAs(page, "麦干事");
  await page.goto("/matching");
  await send(proposed, "approve");
  await expect(proposed).toHaveCount(0);

  await signInAs(page, "爱心人士乙");
  await page.goto(gift);
  await expectSteps(page, ["接收", "匹配通过"]);
});

test("a service is promised, done, and accepted by somebody else; what is left out comes back beside its field", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAs(page, "爱心人士甲");
  const wish = await openWish(page, "/wishes?kind=service");
  await putIntoBasket(page);
  await submitBasket(page);
  const { gift } = await confirmGift(page, "in_person");

  await signInAs(page, "方社工");
  await page.goto("/services");
  const toDo = formWith(entry(page, wish), "providerName").first();
  await send(toDo);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(toDo.locator("[name=providerName]")).toHaveAttribute("aria-invalid", "true");
  await fillIn(toDo, { providerName: "爱心理发队" });
  await send(toDo);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await signInAs(page, "莫社工");
  await page.goto("/services");
  await send(formWith(entry(page, wish), "visitId").first(), "accept");
  await signInAs(page, "爱心人士甲");
  await page.goto(gift);
  await expectSteps(page, ["服务已确认"]);
});
