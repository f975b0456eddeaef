import type { Browser, Page } from "@playwright/test";
import { hearFeedback } from "./steps/door";
import { entry, fillIn, formWith, send } from "./steps/forms";
import { ask, everyRow } from "./steps/rows";
import { anotherTab } from "./steps/tabs";
import { draftWish, startRedacting, submitWish, verifyWish } from "./steps/wish";
import { expect, expectNoBarriers, signInAs, test } from "./support";

/*
 * Forms whose sending ends the matter: nothing can be saved untouched. Of two people who have one open the
 * second is told that it is done, and reads what the first one did beside what was typed here.
 */

/** Both windows open the page; the first decides, the second is told, and nothing more is written. */
async function firstDecides(
  browser: Browser,
  page: Page,
  {
    scripts,
    decide,
    late,
  }: { scripts: boolean; decide: (page: Page) => Promise<void>; late: (tab: Page) => Promise<void> },
) {
  const tab = await anotherTab(browser, page, scripts);
  await tab.goto(page.url());
  await decide(page);
  const before = await everyRow();
  await late(tab);
  expect(await everyRow()).toEqual(before);
  if (scripts) await expectNoBarriers(tab);
  await tab.context().close();
}

for (const scripts of [true, false])
  test(`of two who publish one wish the second reads what the first one published (scripts ${String(scripts)})`, async ({
    page,
    browser,
  }) => {
    const code = await draftWish(page, "", { "household.person.name": `先后示例${scripts ? "甲" : "乙"}` });
    await submitWish(page);
    await verifyWish(page, "", code);
    await startRedacting(page, "", code);
    await firstDecides(browser, page, {
      scripts,
      decide: async (first) => {
        await fillIn(formWith(first, "acceptSoft"), {
          title: "一盏护眼台灯",
          story: "写字的灯坏了。",
          acceptSoft: "yes",
        });
        await send(formWith(first, "acceptSoft"));
        await first.waitForURL(/\/review$/);
      },
      late: async (tab) => {
        await fillIn(formWith(tab, "acceptSoft"), {
          title: "一盏暖光台灯",
          story: "晚上看不清字。",
          acceptSoft: "yes",
        });
        const answered = tab.waitForResponse((response) => response.request().method() === "POST");
        await send(formWith(tab, "acceptSoft"));
        expect((await answered).status()).toBe(409);
        await expect(tab.getByText("别人先办了这一件")).toBeVisible();
        for (const words of ["一盏护眼台灯", "写字的灯坏了。", "一盏暖光台灯", "晚上看不清字。"])
          await expect(tab.getByRole("definition").filter({ hasText: words }).first()).toBeVisible();
        await expect(formWith(tab, "acceptSoft")).toHaveCount(0);
      },
    });
  });

for (const scripts of [true, false])
  test(`of two who deal with the same words of a recipient the second reads what the first one did (scripts ${String(scripts)})`, async ({
    page,
    browser,
  }) => {
    const [delivery] = await ask<{ id: string; code: string }>(
      "select d.id, n.code from delivery d join need n on n.id = d.need_id where d.state in ('handed_over', 'confirmed') and n.town_code = '442000001' order by d.id limit 1",
    );
    const heard = `台灯很亮${scripts ? "" : "，真好"}。`;
    await signInAs(page, "方社工");
    await page.goto(`/deliveries/${delivery?.id ?? ""}`);
    await hearFeedback(page, heard);
    await signInAs(page, "何干事");
    await page.goto("/feedback");
    await firstDecides(browser, page, {
      scripts,
      decide: async (first) => {
        const form = formWith(entry(first, heard), "publicWords");
        await fillIn(form, { publicWords: "灯很亮。" });
        await send(form);
        await expect(entry(first, heard)).toHaveCount(0);
      },
      late: async (tab) => {
        const form = formWith(entry(tab, heard), "publicWords");
        await fillIn(form, { publicWords: "台灯好用。" });
        const answered = tab.waitForResponse((response) => response.request().method() === "POST");
        await send(form);
        expect((await answered).status()).toBe(409);
        await expect(tab.getByText("别人先办了这一件")).toBeVisible();
        for (const words of ["灯很亮。", "台灯好用。"])
          await expect(tab.getByRole("definition").filter({ hasText: words }).first()).toBeVisible();
        await expect(entry(tab, heard)).toHaveCount(0);
      },
    });
  });
