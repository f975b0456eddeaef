import type { Locator, Page } from "@playwright/test";

type Values = Readonly<Record<string, string | readonly string[]>>;

/** The form that has a field of this name: found in any language and in any look. */
export const formWith = (scope: Page | Locator, name: string): Locator =>
  scope.locator(`form:has([name="${name}"])`);

/** A link into this part of the portal. */
export const linkTo = (scope: Page | Locator, path: string): Locator => scope.locator(`a[href*="${path}"]`);

/** The entry of a list that names this code, person or thing. */
export const entry = (scope: Page | Locator, text: string): Locator =>
  scope.getByRole("listitem").filter({ hasText: text });

/**
 * Sends a form by its button: the one without a name, or that of an intent; what asks first is opened first.
 */
export async function send(form: Locator, intent?: string): Promise<void> {
  const button = form.locator(
    intent === undefined
      ? "button:not([name]):not([type=button])"
      : `button[name="intent"][value="${intent}"]`,
  );
  const shut = button.locator("xpath=ancestor::details[not(@open)]");
  if ((await shut.count()) > 0) await shut.locator("summary").first().click();
  await button.click();
}

/**
 * Fills a form by the names of its fields, unfolding what is folded over them; several values tick several
 * boxes.
 */
export async function fillIn(form: Locator, values: Values): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]:not([type="hidden"])`);
    const kind = await field
      .first()
      .evaluate((node) => (node instanceof HTMLInputElement ? node.type : node.localName));
    if (kind === "radio" || kind === "checkbox")
      for (const one of [value].flat()) await form.locator(`[name="${name}"][value="${one}"]`).check();
    else if (kind === "select") await field.selectOption(value);
    else {
      if (!(await field.isVisible())) await form.locator(`details:has([name="${name}"]) summary`).click();
      await field.fill(String(value));
    }
  }
}
