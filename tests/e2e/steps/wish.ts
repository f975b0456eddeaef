import type { Page } from "@playwright/test";
import { expect, signInAs } from "../support";
import { entry, fillIn, formWith, linkTo, send } from "./forms";

type Filed = Readonly<Record<string, string | readonly string[]>>;

/**
 * A household's wish for one thing in 石岐街道, by the names of the form's fields. Say only what your test is
 * about.
 */
const A_WISH: Filed = {
  "household.townCode": "442000001",
  "household.groupCode": "child_in_hardship",
  "household.ageBand": "6_to_13",
  "consents.givenBy": "guardian",
  "consents.scopes": ["collect", "share", "publish"],
  entitlementsChecked: "yes",
  title: "一盏台灯",
  story: "灯坏了，晚上看不清字。",
  "lines[0].objectKind": "lamp",
  "lines[0].item": "台灯",
  "lines[0].quantity": "1",
  "lines[0].unitPriceFen": "120",
};

/** A caseworker writes down a wish on a visit and saves it as a draft; answers with its code. */
export async function draftWish(page: Page, lang: string, what: Filed): Promise<string> {
  await signInAs(page, "方社工", lang);
  await page.goto(`${lang}/field/new`);
  const form = formWith(page, "title");
  await fillIn(form, { ...A_WISH, ...what });
  await send(form);
  await page.waitForURL(/\/field\/wishes\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^W[0-9A-Z]{9}$/);
  return page.getByRole("heading", { level: 1 }).innerText();
}

/**
 * The draft on the screen goes to the second person; what is due to the household was looked at, and why
 * charity is asked is said.
 */
export async function submitWish(page: Page): Promise<void> {
  const form = page.getByRole("main").locator("form:not(:has([name=reason]))");
  const reason = form.locator('[name=gapReason][value="not_covered"]');
  if (await reason.isVisible()) {
    await form.getByRole("button").click();
    await expect(page.locator("[role=alert]:not(#done)")).toBeVisible();
    await reason.check();
  }

  await form.getByRole("button").click();
  await page.waitForURL(/\/field$/);
}

/** Somebody of the town who went there too says that it is so. */
export async function verifyWish(page: Page, lang: string, code: string): Promise<void> {
  await signInAs(page, "关审核员", lang);
  await openForReview(page, lang, code);
  await send(formWith(page, "visitedAt"), "verify");
  await page.waitForURL(/\/review$/);
}

/** Somebody of the city opens it to redact it; answers with the form of its public words. */
export async function startRedacting(page: Page, lang: string, code: string) {
  await signInAs(page, "何干事", lang);
  await openForReview(page, lang, code);
  return formWith(page, "acceptSoft");
}

/** Published in these words. */
export async function publishWish(
  page: Page,
  words: Readonly<{ title: string; story: string }>,
): Promise<void> {
  const form = formWith(page, "acceptSoft");
  await fillIn(form, words);
  await send(form);
  await page.waitForURL(/\/review$/);
}

async function openForReview(page: Page, lang: string, code: string): Promise<void> {
  await page.goto(`${lang}/review`);
  await linkTo(entry(page, code), "/review/").click();
  // Whoever opens this very page in another window asks for its address.
  await page.waitForURL(/\/review\/[0-9a-f-]{36}$/);
}
