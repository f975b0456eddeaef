import type { Page } from "@playwright/test";
import { signInAs } from "../support";
import { entry, fillIn, formWith, linkTo, send } from "./forms";

/**
 * At the counter a gift's code is typed in: what is expected of it stands there, each promise in its own
 * entry.
 */
export async function lookUpGift(page: Page, lang: string, code: string): Promise<void> {
  await page.goto(`${lang}/point`);
  await findByCode(page, code);
}

/** The same at the counter on the screen. */
export async function findByCode(page: Page, code: string): Promise<void> {
  await linkTo(page, "/point/receive").first().click();
  const form = formWith(page, "code");
  await fillIn(form, { code });
  await send(form);
}

/** What was opened is counted: so many came this time. */
export async function count(page: Page, counted: number): Promise<void> {
  const form = formWith(page, "counted");
  await fillIn(form, { counted: String(counted) });
  await send(form);
  await page.waitForURL(/\/point\/inspect\//);
}

/** What was counted is inspected; answers with the lot's label. */
export async function inspect(page: Page, found: Readonly<Record<string, string>>): Promise<string> {
  const form = formWith(page, "accepted");
  await fillIn(form, found);
  await send(form);
  await page.waitForURL(/\/point\/label\//);
  return page.url().split("/").at(-1) ?? "";
}

/** Everything in stock for one wish goes into one parcel; answers with the delivery's id. */
export async function pack(page: Page, lang: string, wish: string): Promise<string> {
  await page.goto(`${lang}/point`);
  await linkTo(entry(page, wish), "/point/pack/").click();
  await send(formWith(page, "lots[0].quantity"));
  await page.waitForURL(/\/point\/parcels\/[0-9a-f-]{36}$/);
  return page.url().slice(-36);
}

/** The parcel on the screen is given to the courier. */
export async function giveToCourier(page: Page): Promise<void> {
  await page.getByLabel("阿杰志愿者").check();
  await send(formWith(page, "courierId"));
  await formWith(page, "courierId").waitFor({ state: "detached" });
}

export const asStorekeeper = (page: Page, lang = ""): Promise<void> => signInAs(page, "黎库管", lang);
