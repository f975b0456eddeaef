import type { Page } from "@playwright/test";
import { signInAs } from "../support";
import { entry } from "./forms";
import { confirmGift, openWish, putIntoBasket, submitBasket } from "./gift";
import { openNewHome } from "./visit";

/** The oldest of a donor's things that have reached their recipient, found on the list of gifts. */
async function deliveredGift(page: Page): Promise<void> {
  await signInAs(page, "爱心人士乙");
  await page.goto("/gifts");
  await entry(page, "已确认").filter({ hasText: "物品" }).last().getByRole("link").first().click();
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+$/);
}

/** Its page as those see it to whom its donor sends the link. */
async function byItsLink(page: Page): Promise<void> {
  await deliveredGift(page);
  await page.locator('button[value="renew"]').click();
  await page.waitForURL(/\?new=/);
  await page.goto(await page.getByRole("main").getByText("/t/").innerText());
}

async function thanked(page: Page): Promise<void> {
  await signInAs(page, "爱心人士甲");
  await openWish(page, "/wishes");
  await putIntoBasket(page);
  await submitBasket(page);
  await confirmGift(page);
}

async function atDesk(page: Page, who: string, path: string): Promise<void> {
  await signInAs(page, who);
  await page.goto(path);
}

/**
 * The ten moments by which people remember the portal, each with the way to its page from anywhere in the
 * demo.
 */
export const PEAKS = {
  front: (page: Page) => page.goto("/"),
  list: (page: Page) => page.goto("/wishes"),
  wish: (page: Page) => openWish(page, "/wishes?q=书包"),
  thanks: thanked,
  gift: deliveredGift,
  link: byItsLink,
  account: (page: Page) => page.goto("/open"),
  visit: (page: Page) => openNewHome(page, "示例两老"),
  calls: (page: Page) => atDesk(page, "方社工", "/field/calls"),
  desk: (page: Page) => atDesk(page, "何干事", "/matching"),
} as const satisfies Record<string, (page: Page) => Promise<unknown>>;

export type Peak = keyof typeof PEAKS;
