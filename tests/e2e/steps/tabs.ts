import type { Browser, Page } from "@playwright/test";

/** Another window of the same person, at phone size, with or without scripts. */
export async function anotherTab(browser: Browser, page: Page, scripts: boolean): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: scripts,
    baseURL: new URL(page.url()).origin,
    viewport: { width: 390, height: 844 },
    storageState: await page.context().storageState(),
  });
  return context.newPage();
}
