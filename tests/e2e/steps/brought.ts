import type { Page } from "@playwright/test";
import { signInAs, sure } from "../support";
import { formWith, linkTo } from "./forms";
import { confirmGift, putIntoBasket, submitBasket } from "./gift";
import type { Place } from "./places";
import { asStorekeeper, count, findByCode, giveToCourier, inspect, pack } from "./store";
import { draftWish, publishWish, startRedacting, submitWish, verifyWish } from "./wish";

/** An entry whose rule is written anew here and given up again: no other test looks at its editions. */
const ENTRY = "GW050";
const RULE = "lists-desk/items/:code/rule";

type Brought = Place & Readonly<{ html: string }>;

/** The page on the screen with its forms, and the session of whoever looks at it. */
async function onScreen(page: Page, route: string): Promise<Brought> {
  const at = new URL(page.url()).pathname;
  const cookies = await page.context().cookies();
  return {
    route,
    at,
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
    html: await (await page.request.get(at)).text(),
  };
}

/** A wish of a group, published, and promised by somebody; answers with the wish's and the gift's code. */
async function aPromiseForMany(page: Page): Promise<Readonly<{ wish: string; gift: string }>> {
  const wish = await draftWish(page, "", {
    "household.kind": "group",
    "household.heads": "12",
    "household.person.name": "演示机构七",
    "consents.givenBy": "institution",
  });
  await submitWish(page);
  await verifyWish(page, "", wish);
  await startRedacting(page, "", wish);
  await publishWish(page, { title: "一盏台灯", story: "想要一盏亮一点的台灯。" });
  await signInAs(page, "爱心人士乙");
  await page.goto(`/wishes/${wish}`);
  await putIntoBasket(page);
  await submitBasket(page);
  return { wish, gift: (await confirmGift(page)).code };
}

/** A parcel that waits to be inspected; and then a group's, on its way. */
export async function* parcelsBrought(page: Page): AsyncGenerator<Brought> {
  const { wish, gift } = await aPromiseForMany(page);
  await asStorekeeper(page);
  await page.goto("/point");
  await findByCode(page, gift);
  await linkTo(page, "/point/receive/gift/").first().click();
  await count(page, 1);
  const waiting = await onScreen(page, "point/inspect/:parcelId");
  yield waiting;
  await page.goto(waiting.at);
  await inspect(page, { accepted: "1", refused: "0", valueBasis: "fair_value", unitValueFen: "120" });
  const deliveryId = await pack(page, "", wish);
  await giveToCourier(page);
  await signInAs(page, "阿杰志愿者");
  await page.goto(`/deliver/${deliveryId}/hand-over`);
  yield onScreen(page, "deliver/:id/hand-over");
}

/**
 * A rule that is being written, with its cases; and then the same, waiting for the second person. It is given
 * up at the end.
 */
export async function* rulesBrought(page: Page): AsyncGenerator<Brought> {
  const at = `/lists-desk/items/${ENTRY}/rule`;
  await signInAs(page, "何干事");
  await page.goto(at);
  await page.locator('button[name="intent"][value="start"]').click();
  await formWith(page, "valuesOn").waitFor({ state: "attached" });
  yield onScreen(page, RULE);
  await page.goto(at);
  await page.locator('button[name="intent"][value="test"]').click();
  await page.locator('button[name="intent"][value="test"]').waitFor({ state: "detached" });
  await signInAs(page, "麦干事");
  await page.goto(at);
  await formWith(page, "effectiveOn").waitFor();
  yield onScreen(page, RULE);
  await page.goto(at);
  await sure(page, "不要这一版了");
  await page.locator('button[name="intent"][value="start"]').waitFor();
}
