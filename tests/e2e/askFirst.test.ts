import { formWith } from "./steps/forms";
import { ask } from "./steps/rows";
import { expect, signInAs, test } from "./support";

for (const scripts of [true, false]) {
  test(`Enter in a field never does what asks first, scripts ${String(scripts)}: not even where that is the form's only button`, async ({
    browser,
  }) => {
    const context = await browser.newContext({
      javaScriptEnabled: scripts,
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    await signInAs(page, "管理员");
    const posted: string[] = [];
    page.on("request", (request) =>
      request.method() === "POST" ? void posted.push(request.url()) : undefined,
    );
    await page.goto("/admin/people");
    const form = page.locator('form:has(button[name="intent"][value="revoke"])').first();
    // Any of these forms may have a field one day.
    await form.evaluate((node) => {
      const field = document.createElement("input");
      field.name = "typed";
      node.prepend(field);
    });
    const before = await ask(
      "select count(*)::text as n from journal where event = 'role_grant.end' or event like '%revoke%'",
    );
    await form.locator('input[name="typed"]').press("Enter");
    await form.locator("summary").click();
    await form.locator('input[name="typed"]').press("Enter");
    await page.goto("/admin/people");
    expect(posted).toEqual([]);
    expect(
      await ask(
        "select count(*)::text as n from journal where event = 'role_grant.end' or event like '%revoke%'",
      ),
    ).toEqual(before);
    await context.close();
  });
}

test("without scripts too, the list above a form names the fields that are wrong", async ({ browser }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  await page.goto("/sign-up");
  const form = formWith(page, "email");
  await form.locator('input[name="email"]').evaluate((field) => field.removeAttribute("required"));
  await form.locator("button:not([name])").click();
  const links = page.getByRole("alert").getByRole("link");
  await expect(links.nth(1)).toBeVisible();
  await expect(links.filter({ hasText: "邮箱" })).toHaveCount(1);
  await expect(links.filter({ hasText: "密码" })).toHaveCount(1);
  for (const link of await links.all()) await expect(link).toHaveText(/^[^：:]+[：:]./);
  await context.close();
});
