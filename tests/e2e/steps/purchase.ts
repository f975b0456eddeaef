import type { Page } from "@playwright/test";
import { expect, signInAs } from "../support";
import { entry, fillIn, formWith, send } from "./forms";

/**
 * Finance writes down what was bought for a paid gift; an amount that is none comes back beside its field,
 * with the rest kept.
 */
export async function recordPurchase(page: Page, lang: string, gift: string, yuan: string): Promise<void> {
  await signInAs(page, "俞会计", lang);
  await page.goto(`${lang}/finance`);
  const form = formWith(entry(page, gift), "supplier");
  await entry(page, gift).locator("summary").click();
  await fillIn(form, { supplier: "演示百货", voucherNumber: `FP-${gift}`, amountFen: "多少" });
  await send(form);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(form.locator("[name=amountFen]")).toHaveAttribute("aria-invalid", "true");
  await expect(form.locator("[name=supplier]")).toHaveValue("演示百货");
  await fillIn(form, { amountFen: yuan });
  await send(form);
  // The one who wrote it down may not decide.
  await expect(entry(page, `FP-${gift}`)).toBeVisible();
  await expect(entry(page, `FP-${gift}`).getByRole("button")).toHaveCount(0);
}

/** A second person of finance approves it. */
export async function approvePurchase(page: Page, lang: string, gift: string): Promise<void> {
  await signInAs(page, "卓会计", lang);
  await page.goto(`${lang}/finance`);
  const recorded = entry(page, `FP-${gift}`);
  await send(formWith(recorded, "purchaseId"), "approve");
  await expect(recorded.getByRole("button")).toHaveCount(0);
}
