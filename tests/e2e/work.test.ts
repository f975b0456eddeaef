import type { Page } from "@playwright/test";
import { entry, fillIn, formWith, linkTo, send } from "./steps/forms";
import { codeIn, confirmGift, expectSteps, openWish, putIntoBasket, submitBasket } from "./steps/gift";
import { asStorekeeper, count, findByCode, inspect } from "./steps/store";
import { expect, expectNoBarriers, signInAs, test } from "./support";

/** Something offered to nobody in particular; answers with the gift's page. */
async function offer(page: Page, description: string, quantity = "1"): Promise<string> {
  await signInAs(page, "爱心人士乙");
  await page.goto("/offer");
  const form = formWith(page, "description");
  await fillIn(form, {
    objectKind: "bag",
    description,
    condition: "new",
    quantity,
    townCode: "442000001",
    displayChoice: "kind_person",
  });
  await send(form);
  await page.waitForURL(/\/gifts\/G/);
  return new URL(page.url()).pathname;
}

/** Another counter of the same storekeeper; how much waits there stands beside its name. */
async function atCounter(page: Page, name: string): Promise<void> {
  const there = await page
    .locator("select[name=at] option")
    .filter({ hasText: name })
    .first()
    .getAttribute("value");
  await page.locator("select[name=at]").selectOption(there ?? "");
  await send(formWith(page, "at"));
  await page.waitForURL(/\/point\?at=/);
}

/** Proposes a lot for the best of all whom it could serve, which the desk shows by themselves. */
async function proposeBest(page: Page, label: string, quantity?: string) {
  await linkTo(entry(page, label), "/matching?lot=").click();
  const best = formWith(page, "lotId").first();
  if (quantity !== undefined) await best.locator("[name=quantity]").fill(quantity);
  await send(best);
  await expect(page.getByText("已提出配对")).toBeVisible();
}

test("an offer to nobody finds its wish: accepted, received, proposed with reasons by one, approved by another, and its donor reads it", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const what = "红色双肩书包，全新，大号";
  const gift = await offer(page, what);
  // On the donor's own list it is called what it is, with what happens to it, and not by a bare code.
  await page.goto("/gifts");
  await expect(entry(page, what).getByRole("link").first()).toHaveText(/书包.* × 1/);
  await expect(entry(page, what)).toContainText("待接收");
  await signInAs(page, "何干事");
  await page.goto("/matching");
  await expectNoBarriers(page);
  await send(formWith(entry(page, what), "pointId"), "accept");
  await expect(entry(page, what).locator("[name=pointId]")).toHaveCount(0);

  await asStorekeeper(page);
  await page.goto("/point");
  // At another counter the storekeeper is told where it belongs.
  await findByCode(page, codeIn(gift));
  await expect(page.getByText("石岐街道爱心服务点").first()).toBeVisible();
  await page.goto("/point");
  await atCounter(page, "石岐街道爱心服务点");
  await findByCode(page, codeIn(gift));
  await linkTo(page, "/point/receive/offer/").click();
  await count(page, 1);
  const label = await inspect(page, { accepted: "1", valueBasis: "fair_value", unitValueFen: "80" });

  await signInAs(page, "何干事");
  await page.goto("/matching");
  await proposeBest(page, label);
  const proposed = entry(page, `${label} →`);
  await expect(proposed).toBeVisible();
  // The one who proposed may not decide, only take it back.
  await expect(proposed.locator("[value=approve], [value=reject]")).toHaveCount(0);
  await expect(proposed.locator("[value=withdraw]")).toBeVisible();
  await signInAs(page, "麦干事");
  await page.goto("/matching");
  await expect(proposed.getByRole("checkbox")).toBeChecked();
  await expectNoBarriers(page);
  await send(page.locator("#approve-ticked"), "approve");
  await expect(proposed).toHaveCount(0);

  await signInAs(page, "爱心人士乙");
  await page.goto(gift);
  await expectSteps(page, ["接收", "匹配通过"]);
});

test("an offer comes in two parcels, one of them counted wrong: put right by a second person, then inspected, shared and taken back", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const what = "蓝色双肩书包，五个，全新";
  const gift = await offer(page, what, "5");
  await signInAs(page, "何干事");
  await page.goto("/matching");
  const waiting = formWith(entry(page, what), "reason");
  // Whatever is posted as the reason of a decline, only one of its list is taken.
  const posted = {
    intent: "decline",
    offerId: await waiting.locator("[name=offerId]").inputValue(),
    reason: "张三家太穷",
  };
  expect(
    (
      await page.request.post("/matching", {
        headers: { origin: baseURL ?? "" },
        form: posted,
        maxRedirects: 0,
      })
    ).status(),
  ).toBe(422);
  await formWith(entry(page, what), "pointId")
    .locator("[name=pointId]")
    .selectOption({ label: "石岐街道爱心服务点" });
  await send(formWith(entry(page, what), "pointId"), "accept");
  await expect(entry(page, what)).toHaveCount(0);

  await asStorekeeper(page);
  const countNext = async (units: number) => {
    await page.goto("/point");
    await atCounter(page, "石岐街道爱心服务点");
    await findByCode(page, codeIn(gift));
    await linkTo(page, "/point/receive/offer/").click();
    await count(page, units);
  };

  await countNext(4);
  const parcel = page.url();
  await fillIn(formWith(page, "shall"), { shall: "3", reason: "counted_wrong" });
  await send(formWith(page, "shall"), "correct");
  await expect(page.locator("[value=withdrawCorrection]")).toBeVisible();
  await expect(page.locator("[value=approveCorrection]")).toHaveCount(0);
  await expectNoBarriers(page);
  await signInAs(page, "何干事");
  await page.goto("/matching");
  await send(entry(page, what), "approveCorrection");
  await expect(entry(page, what)).toHaveCount(0);

  await asStorekeeper(page);
  await page.goto(parcel);
  const label = await inspect(page, { accepted: "3", valueBasis: "fair_value", unitValueFen: "80" });
  await countNext(2);

  await signInAs(page, "何干事");
  await page.goto("/matching");
  await proposeBest(page, label, "1");
  const proposed = entry(page, `${label} →`);
  await expect(entry(page, label).first()).toContainText("另有 1");
  await expectNoBarriers(page);
  await send(proposed, "withdraw");
  await expect(proposed).toHaveCount(0);

  await signInAs(page, "爱心人士乙");
  await page.goto(gift);
  await expectSteps(page, ["部分送到服务点", "更正清点数，两人确认", "全部送到服务点"]);
});

test("a service is promised, done, and accepted by somebody else; what is left out comes back beside its field", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await signInAs(page, "爱心人士甲");
  const wish = await openWish(page, "/wishes?kind=service");
  await putIntoBasket(page);
  await submitBasket(page);
  const { gift } = await confirmGift(page, "service");

  await signInAs(page, "方社工");
  await page.goto("/services");
  const toDo = formWith(entry(page, wish), "providerName").first();
  await send(toDo);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(toDo.locator("[name=providerName]")).toHaveAttribute("aria-invalid", "true");
  await fillIn(toDo, { providerName: "爱心理发队" });
  await send(toDo);
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
  await signInAs(page, "莫社工");
  await page.goto("/services");
  await send(formWith(entry(page, wish), "visitId").first(), "accept");
  await signInAs(page, "爱心人士甲");
  await page.goto(gift);
  await expectSteps(page, ["服务已确认"]);
});
