import type { Page } from "@playwright/test";
import { expect, signInAs } from "../support";
import { entry, fillIn, formWith, send } from "./forms";

/** A colleague who does not deliver prints the recipient's slip; the four digits stand on that paper only. */
export async function printSlip(page: Page, lang: string, deliveryId: string): Promise<string> {
  await page.goto(`${lang}/deliveries/${deliveryId}/slip`);
  await page.getByRole("main").locator("form").getByRole("button").click();
  const digits = page.getByRole("img", { name: /^\d \d \d \d$/ });
  return ((await digits.getAttribute("aria-label")) ?? "").replaceAll(" ", "");
}

/** At the door: digits that somebody guessed are refused, those of the slip are taken. */
export async function handOver(page: Page, lang: string, deliveryId: string, digits: string): Promise<void> {
  await page.goto(`${lang}/deliver/${deliveryId}/hand-over`);
  const form = formWith(page, "secret");
  await fillIn(form, { secret: digits === "0000" ? "1111" : "0000" });
  await send(form);
  await expect(page.getByRole("alert")).toBeVisible();
  await fillIn(form, { secret: digits });
  await send(form);
  await page.waitForURL(new RegExp(`/deliver/${deliveryId}$`));
}

/** The recipient says that it came. */
export async function acknowledge(page: Page, lang: string, deliveryId: string): Promise<void> {
  await page.goto(`${lang}/deliveries/${deliveryId}`);
  const form = formWith(page, "said");
  await fillIn(form, { said: "came" });
  await send(form);
  await expect(form).toHaveCount(0);
}

/** Some days later they say how they like it; where something was heard before, the form is folded. */
export async function hearFeedback(page: Page, words: string): Promise<void> {
  const form = formWith(page, "rating");
  const fold = page.locator("details:not([open])").filter({ has: form });
  if ((await fold.count()) > 0) await fold.locator("summary").first().click();
  await fillIn(form, { rating: "5", words });
  await send(form);
  await expect(form.locator("textarea")).toHaveValue("");
}

/** Another person passes on what could not identify anybody. */
export async function passFeedback(
  page: Page,
  lang: string,
  wish: string,
  publicWords: string,
): Promise<void> {
  await signInAs(page, "麦干事", lang);
  await page.goto(`${lang}/feedback`);
  const form = formWith(entry(page, wish), "publicWords");
  await fillIn(form, { publicWords });
  await send(form);
  await expect(form).toHaveCount(0);
}
