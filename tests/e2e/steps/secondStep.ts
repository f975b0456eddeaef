import { expect, type Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { fillIn, formWith, send } from "./forms";

/** What a phone with this secret shows now. */
export const shownBy = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, "")) }).generate();

/**
 * Whoever is signed in, and has this password, switches the second step on by an app. @returns the secret as
 * the page shows it, and the recovery codes
 */
export async function switchStepOn(
  page: Page,
  password: string,
): Promise<{ secret: string; codes: readonly string[] }> {
  await page.goto("/me/second-step");
  await fillIn(page.locator("form:has(button[value=begin])"), { password });
  await send(page.locator("form:has(button[value=begin])"), "begin");
  const secret = await page.locator("p.font-mono").innerText();
  await fillIn(formWith(page, "stepCode").first(), { stepCode: shownBy(secret) });
  await send(formWith(page, "stepCode").first());
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("恢复码");
  return { secret, codes: await page.getByRole("main").locator("ol.list-decimal li").allInnerTexts() };
}
