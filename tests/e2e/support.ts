import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test as base } from "@playwright/test";

/**
 * The browser's own words for what it cut short because somebody went on: a fade between two pages, and the
 * data of a page that nobody waits for any longer.
 */
const CUT_SHORT = ["Transition was skipped", "BodyStreamBuffer was aborted"];

/** A page on which nothing may go wrong unseen: console errors and policy violations fail the test. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const said: string[] = [];
    page.on("pageerror", (error) => {
      if (!CUT_SHORT.includes(error.message)) said.push(String(error));
    });
    page.on("console", (message) => {
      // The browser itself reports every answer of 4xx; those are checked by the tests that want them.
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) said.push(message.text());
    });
    const bodies: Promise<void>[] = [];
    page.on("response", (answer) => {
      if (answer.status() >= 300 || !/text\/html|x-script/.test(answer.headers()["content-type"] ?? ""))
        return;
      // A page that the browser has already left gives its bytes no more; pages.test reads every kind of page
      // by itself.
      const body = answer.body().catch(() => Buffer.alloc(0));
      bodies.push(
        body.then((bytes) =>
          bytes.includes(0) ? void said.push(`a zero byte in ${answer.url()}`) : undefined,
        ),
      );
    });
    await use(page);
    await Promise.all(bodies);
    expect(said).toEqual([]);
  },
});

export { expect };

/** One click on the demo's sign-in page, in the language of that address. */
export async function signInAs(page: Page, who: string, lang = ""): Promise<void> {
  await page.goto(`${lang}/sign-in`);
  await page.getByRole("button", { name: who }).first().click();
  await page.waitForURL(/\/me$/);
}

export async function expectNoBarriers(page: Page): Promise<void> {
  await wholly(page);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(
    violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(" ")).join(", ")}`,
    ),
  ).toEqual([]);
}

/** A click returns as soon as the next page begins; half a page has no main part yet. */
async function wholly(page: Page): Promise<void> {
  await page.waitForLoadState();
  await page.getByRole("main").waitFor();
}

/** Nothing sticks out to the side. */
export async function expectNoOverflow(page: Page): Promise<void> {
  await wholly(page);
  const [content, screen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content).toBeLessThanOrEqual(screen);
}

/** Does what asks first: its name is opened, then the act itself pressed. */
export async function sure(page: Page, act: string): Promise<void> {
  const pressed = page.getByRole("button", { name: `确定${act}` });
  if (!(await pressed.isVisible())) await page.locator("summary", { hasText: act }).first().click();
  await pressed.click();
}
