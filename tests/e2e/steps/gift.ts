import type { Browser, Page } from "@playwright/test";
import { expect } from "../support";
import { fillIn, formWith, linkTo, send } from "./forms";

/** What folds the record of every step away, in each language. */
const RECORD = /^(?:细节|細節|Details)/;

/** What is asked once of every gift. */
const ANSWERS = { displayChoice: "kind_person", ifGone: "ask_me", notRelative: "yes" } as const;

/** The code at the end of an address of a wish or a gift. */
export const codeIn = (address: string): string => address.split("/").at(-1) ?? "";

/**
 * Opens one wish of a list; answers with its code. The list has forms like the wish's own: a journey goes on
 * only from there.
 */
export async function openWish(page: Page, list: string, which: "first" | "last" = "first"): Promise<string> {
  await page.goto(list);
  await page.getByRole("article").getByRole("link")[which]().click();
  return wishOnScreen(page);
}

export async function wishOnScreen(page: Page): Promise<string> {
  await page.waitForURL(/\/wishes\/W[0-9A-Z]{9}$/);
  return codeIn(page.url());
}

/** So many of the wish on the screen go into the basket. */
export async function putIntoBasket(page: Page, quantity = 1): Promise<void> {
  const line = formWith(page, "line").first();
  if (quantity > 1) await fillIn(line, { quantity: String(quantity) });
  await line.getByRole("button").click();
  await page.waitForURL(/\/basket$/);
}

/** The basket on the screen is submitted, and held. */
export async function submitBasket(page: Page): Promise<void> {
  await send(formWith(page, "requestKey"), "submit");
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+\/confirm/);
}

export type Given = Readonly<{ code: string; gift: string; track: string }>;

/**
 * What was held is confirmed with its answers; answers with the gift's code, its page and its public link. A
 * service is not asked how it arrives.
 */
export async function confirmGift(page: Page, what: "things" | "service" = "things"): Promise<Given> {
  const form = formWith(page, "notRelative");
  await fillIn(form, { ...(what === "things" && { arrivalWay: "drop_off" }), ...ANSWERS });
  await send(form);
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+\?new=/);
  return giftOnScreen(page);
}

/** The gift whose page shows its public link just now. */
export async function giftOnScreen(page: Page): Promise<Given> {
  const { pathname } = new URL(page.url());
  const link = await page.getByRole("main").getByText("/t/").innerText();
  return { code: codeIn(pathname), gift: pathname, track: new URL(link).pathname };
}

/**
 * Pays for one thing of the wish on the screen, or for as much as is said, at the local test desk; answers
 * with the gift's page.
 */
export async function payFor(
  page: Page,
  howMuch: Readonly<{ atHand?: string; quantity?: string }> = {},
): Promise<string> {
  await linkTo(page, "/pay/").first().click();
  const form = formWith(page, "notRelative");
  await fillIn(form, { ...ANSWERS, ...howMuch });
  await send(form);
  await page.waitForURL(/\/test-desk\/pay\//);
  await page.locator('button[name="choice"][value="pay"]').click();
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+$/);
  return new URL(page.url()).pathname;
}

/** Unfolds what was written down of a gift, below the steps that people see. */
export const openRecordOfGift = (page: Page): Promise<void> =>
  page.getByRole("main").locator("details:not([open]) > summary", { hasText: RECORD }).click();

/** Each step stands on the way of the gift on the screen, or in its record, which is folded away. */
export async function expectSteps(page: Page, steps: readonly string[]): Promise<void> {
  await openRecordOfGift(page);
  for (const step of steps)
    await expect(page.getByRole("listitem").filter({ hasText: step }).first()).toBeVisible();
}

/** Somebody without an account follows the public link, which must not travel on and names no donor. */
export async function followAsStranger(
  browser: Browser,
  track: string,
  steps: readonly string[],
  neverNamed: readonly string[],
): Promise<void> {
  const page = await browser.newPage();
  const answer = await page.goto(track);
  expect(answer?.headers()["referrer-policy"]).toBe("same-origin");
  expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
  await expectSteps(page, steps);
  const read = await page.content();
  expect(neverNamed.filter((name) => read.includes(name))).toEqual([]);
  await page.close();
}
