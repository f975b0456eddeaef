import type { Locator } from "@playwright/test";
import { anotherTab } from "./steps/tabs";
import { openNewHome } from "./steps/visit";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

/** Three minutes at four seconds for a question, its answer and the tap. */
const MOST_TAPS = 45;

/** The questions of a part that stand on the screen without an answer, each with its words. */
const unanswered = (part: Locator) =>
  part.locator('input[type="radio"]').evaluateAll((radios) => {
    const words = new Map<string, string[]>();
    for (const radio of radios as HTMLInputElement[])
      words.set(radio.name, [...(words.get(radio.name) ?? []), radio.value].filter(Boolean));
    for (const radio of radios as HTMLInputElement[])
      if (radio.checked && radio.value !== "") words.delete(radio.name);
    return [...words];
  });

/** A thumb that counts: each tap on the screen, and each figure on the phone's keys. */
function aThumb(form: Locator) {
  let taps = 0;
  const part = (row: string) => form.locator(`#part-${row.replaceAll(/\W+/g, "-")}`);
  const press = async (what: Locator) => {
    await what.click();
    taps += 1;
  };

  return {
    taps: () => taps,
    press,
    say: (name: string, value: string) => press(form.locator(`[name="${name}"][value="${value}"]`)),
    type: async (name: string, text: string) => {
      await press(form.locator(`[name="${name}"]`));
      await form.page().keyboard.type(text);
      taps += text.length;
    },
    /** The folded part of a home or a person, as far as it is open. */
    part,
    /** Answers what a part still asks, no where that is a word, until it says that all is asked. */
    answerRest: async (row: string) => {
      for (let [open] = await unanswered(part(row)); open; [open] = await unanswered(part(row))) {
        const [name, words] = open;
        const word = words.find((one) => one === "no" || one === "none") ?? words[0] ?? "";
        await press(part(row).locator(`[name="${name}"][value="${word}"]`));
      }

      await expect(part(row).locator("summary")).toContainText("问好了");
    },
  };
}

test("a home of two is asked in three minutes by the thumb alone, each person only what can still change something", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const form = await openNewHome(page, "双示例");
  const { press, say, type, taps, part, answerRest } = aThumb(form);
  const inPart = (row: string, name: string | RegExp) => part(row).getByRole("button", { name });

  await say("household.status", "none");
  await say("household.assetsWithinLimit", "yes");
  await say("household.localRegistered", "yes");
  await say("household.rural", "no");
  await press(inPart("household", /项都没有/));
  await press(inPart("household", /^不到/));
  await answerRest("household");
  await press(inPart("household", "下一步"));

  for (const [index, row] of ["members[0]", "newMembers[0]"].entries()) {
    if (index > 0) await press(part(row).locator("summary"));
    await type(`${row}.ageYears`, index === 0 ? "72" : "69");
    await say(`${row}.sex`, index === 0 ? "male" : "female");
    // Nobody of that age is asked for school or a child to come.
    await expect(form.locator(`[name="${row}.study"]`)).toHaveCount(0);
    await expect(form.locator(`[name="${row}.pregnancy"]`)).toHaveCount(0);
    if (index === 0) await say(`${row}.chronicIllness`, "yes");
    for (const none = inPart(row, /项都没有/); (await none.count()) > 0;) await press(none.first());
    for (const [fact, word] of [
      ["work", "retired"],
      ["insurance", "resident"],
    ] as const)
      if ((await form.locator(`[name="${row}.${fact}"]`).count()) > 0) await say(`${row}.${fact}`, word);
    await answerRest(row);
    await expectNoOverflow(page);
    await press(inPart(row, "下一步"));
  }

  await press(form.getByRole("checkbox", { name: "家里的人都写齐了" }));
  const received = form.locator("#part-received");
  await press(received.getByRole("checkbox").first());
  await expectNoBarriers(page);
  await press(form.getByRole("button", { name: "存好，重新算" }));
  await expect(page.getByRole("status").or(page.locator("#done")).first()).toBeVisible();
  expect(taps()).toBeLessThanOrEqual(MOST_TAPS);

  await expect(form.locator('[name="members[0].chronicIllness"]:checked')).toHaveValue("yes");
  await expect(form.locator('[name="members[1].sex"]:checked')).toHaveValue("female");
  await expect(received.locator(":checked")).toHaveCount(1);
});

test("the same questions stand on one page without scripts, and an answer stays when others are not asked any more", async ({
  page: withScripts,
  browser,
}) => {
  test.setTimeout(90_000);
  await withScripts.goto("/");
  const page = await anotherTab(browser, withScripts, false);
  const form = await openNewHome(page, "无脚本示例");
  const save = () => form.getByRole("button", { name: "存好，重新算" }).click();
  await form.locator('[name="members[0].ageYears"]').fill("３０");
  await form.locator('[name="members[0].sex"][value="female"]').check();
  await save();
  await form.locator('[name="members[0].pregnancy"][value="planning"]').check();
  await save();
  await expect(form.locator('[name="members[0].pregnancy"]:checked')).toHaveValue("planning");
  await form.locator('[name="members[0].ageYears"]').fill("81");
  await save();
  await expect(form.locator('[name="members[0].pregnancy"]:checked')).toHaveValue("planning");
  await expect(form.locator('[name="members[0].study"]')).toHaveCount(0);
  await expectNoOverflow(page);
  await page.context().close();
});
