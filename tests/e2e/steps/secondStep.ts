import { expect, type Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { fillIn, formWith, send } from "./forms";

/** What a phone with this secret shows now. */
export const shownBy = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, "")) }).generate();

/** Whoever is signed in switches the second step on. @returns the secret as the page shows it, and the recovery codes */
export async function switchStepOn(page: Page): Promise<{ secret: string; codes: readonly string[] }> {
  await page.goto("/me/second-step");
  await send(page.locator("form:has(button[value=begin])"), "begin");
  const secret = await page.locator("p.font-mono").innerText();
  await fillIn(formWith(page, "stepCode"), { stepCode: shownBy(secret) });
  await send(formWith(page, "stepCode"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("恢复码");
  return { secret, codes: await page.getByRole("main").locator("ol.list-decimal li").allInnerTexts() };
}
