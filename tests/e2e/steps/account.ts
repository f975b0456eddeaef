import { expect, type Page } from "@playwright/test";
import { fillIn, formWith, linkTo, send } from "./forms";

/**
 * Answers the letter of a sign-up as its reader does: opens the demo's mailbox from the page that says so,
 * follows the link, types the password.
 */
export async function openAccount(page: Page, password: string): Promise<void> {
  await linkTo(page.getByRole("main"), "/demo/mail?to=").click();
  await page.waitForURL(/\/demo\/mail\?to=/);
  await linkTo(page.getByRole("main"), "/confirm-sign-up/").first().click();
  const form = formWith(page, "password");
  await expect(form).toBeVisible();
  await fillIn(form, { password });
  await send(form);
  await page.waitForURL((to) => !to.pathname.includes("/confirm-sign-up/"));
}
