import { readFileSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "@playwright/test";
import { NO_EDITS } from "./noEdits";
import { fillIn, formWith, send } from "./steps/forms";
import { routesWithAction } from "./steps/routes";
import { ask, everyRow } from "./steps/rows";
import { anotherTab } from "./steps/tabs";
import { draftWish } from "./steps/wish";
import { expect, expectNoBarriers, signInAs, test } from "./support";

/** A form that comes filled with what is stored. */
type EditForm = Readonly<{
  name: string;
  who: string;
  /** Where it stands, made ready for it: signs in, opens what has to be opened. */
  find: (page: Page) => Promise<{ url: string; form: (page: Page) => Locator }>;
  intent?: string;
  /** A field that both tabs change, and another that only the first one does, each with what is typed. */
  both: Readonly<{ field: string; first: string; second: string }>;
  onlyFirst?: Readonly<{ field: string; typed: string }>;
  /** What saving it untouched says, where it asks for more than is filled in. */
  refused?: true;
}>;

const CASEWORKER = "方社工";
const OPERATOR = "何干事";
const EDITOR = "社工中心编辑";
const ADMIN = "管理员";
const COMPANY = "演示制造有限公司";

const WISH = {
  "household.person.name": "改稿示例",
  title: "一盏护眼台灯",
  story: "写作业的灯坏了，晚上看不清字。",
  "lines[0].objectKind": "lamp",
  "lines[0].item": "台灯",
  "lines[0].details": "暖光",
  "lines[0].quantity": "1",
  "lines[0].unitPriceFen": "120",
};

async function aDraft(page: Page): Promise<string> {
  await draftWish(page, "", WISH);
  return new URL(page.url()).pathname;
}

/** A household with its record opened, on a page of its own. */
async function openedHousehold(page: Page, below: "" | "/sheet"): Promise<string> {
  await signInAs(page, CASEWORKER);
  const [home] = await ask<{ id: string }>(
    `select f.household_id as id from household_facts f join household h on h.id = f.household_id
     where h.town_code = '442000001' and h.erased_at is null and f.origin = '${below === "" ? "registration" : "visit"}' order by f.household_id limit 1`,
  );
  const url = `/households/${home?.id ?? ""}${below}`;
  await page.goto(url);
  if (below === "/sheet") await page.locator('button[name="intent"][value="open"]').click();
  else {
    await page.locator("select[name=reason]").first().selectOption("correction");
    await send(formWith(page, "reason").first());
  }

  await expect(page.locator('input[name="version"]').first()).toBeAttached();
  return url;
}

const EDITS: Readonly<Record<string, readonly EditForm[]>> = {
  "households/:id/sheet": [
    {
      name: "the sheet of a household",
      who: CASEWORKER,
      find: async (page) => ({
        url: await openedHousehold(page, "/sheet"),
        form: (tab) => formWith(tab, "household.incomePerHead"),
      }),
      both: { field: "household.incomePerHead", first: "0.00", second: "655.50" },
      onlyFirst: { field: "household.homeUnsafe", typed: "yes" },
    },
  ],
  "households/:id": [
    {
      name: "the record of a person",
      who: CASEWORKER,
      find: async (page) => ({
        url: await openedHousehold(page, ""),
        form: (tab) => formWith(tab, "guardian"),
      }),
      intent: "correct",
      both: { field: "address", first: "演示路 11 号", second: "演示路 12 号" },
      onlyFirst: { field: "guardian", typed: "示例舅舅" },
    },
  ],
  "field/wishes/:id/edit": [
    {
      name: "the draft of a wish",
      who: CASEWORKER,
      find: async (page) => ({ url: `${await aDraft(page)}/edit`, form: (tab) => formWith(tab, "title") }),
      both: { field: "title", first: "一盏大台灯", second: "一盏小台灯" },
      onlyFirst: { field: "lines[0].details", typed: "白光" },
    },
    {
      name: "the draft of one of two wishes of a household",
      who: CASEWORKER,
      find: async (page) => {
        const first = await aDraft(page);
        await page.goto(first);
        await page.locator('main a[href*="/households/"]').last().click();
        await page.waitForURL(/\/households\//);
        await page.locator('a[href*="/field/new?"]').click();
        await page.waitForURL(/\/field\/new\?/);
        const { "household.person.name": _name, ...wish } = WISH;
        await fillIn(formWith(page, "title"), { ...wish, title: "一双雨鞋" });
        await send(formWith(page, "title"));
        await page.waitForURL(/\/field\/wishes\/[0-9a-f-]{36}$/);
        return { url: `${first}/edit`, form: (tab) => formWith(tab, "title") };
      },
      both: { field: "title", first: "一盏大台灯", second: "一盏小台灯" },
      onlyFirst: { field: "story", typed: "新的灯要亮一些。" },
    },
  ],
  "organisation/needs/:id/edit": [
    {
      name: "an organisation's need",
      who: EDITOR,
      find: async (page) => {
        await signInAs(page, EDITOR);
        await page.goto("/organisation/new");
        const form = formWith(page, "moneyFor");
        const thing = {
          "lines[0].objectKind": "grab_bar",
          "lines[0].item": "扶手",
          "lines[0].quantity": "2",
          "lines[0].unitPriceFen": "150",
        };
        await fillIn(form, {
          townCode: "442000001",
          title: "装扶手",
          story: "为独居老人装扶手。",
          moneyFor: "人工",
          moneyFen: "3,000",
          ...thing,
        });
        await send(form);
        await page.waitForURL(/\/organisation\/needs\/[0-9a-f-]{36}$/);
        return { url: `${new URL(page.url()).pathname}/edit`, form: (tab) => formWith(tab, "moneyFor") };
      },
      both: { field: "title", first: "装二十副扶手", second: "装三十副扶手" },
      onlyFirst: { field: "lines[0].quantity", typed: "3" },
    },
  ],
  "lists-desk/items/:code": [
    {
      name: "an entry of the lists",
      who: OPERATOR,
      find: async (page) => {
        await signInAs(page, OPERATOR);
        return { url: "/lists-desk/items/SS002", form: (tab) => formWith(tab, "category") };
      },
      both: { field: "hours", first: "周一至周五 9:00-11:00", second: "周一至周五 9:00-12:00" },
      onlyFirst: { field: "place", typed: "演示路 1 号" },
    },
  ],
  "lists-desk/items/:code/rule": [
    {
      name: "a part of a rule",
      who: OPERATOR,
      find: async (page) => {
        await signInAs(page, OPERATOR);
        await page.goto("/lists-desk/items/GW048/rule");
        await page.locator('button[name="intent"][value="start"]').click();
        await expect(page.locator("#amount")).toBeVisible();
        await page
          .locator('a[href*="do=change"][href*="fact=ageYears"]')
          .first()
          .evaluate((link) => {
            link.closest("details")?.setAttribute("open", "");
          });
        const url =
          (await page.locator('a[href*="do=change"][href*="fact=ageYears"]').first().getAttribute("href")) ??
          "";
        return { url, form: (tab) => formWith(tab, "number") };
      },
      both: { field: "number", first: "66", second: "67" },
    },
  ],
  "admin/limits": [
    {
      name: "a limit",
      who: ADMIN,
      find: async (page) => {
        await signInAs(page, ADMIN);
        return {
          url: "/admin/limits",
          form: (tab) => tab.locator('form:has(input[name="name"][value="remindAfterDays"])'),
        };
      },
      both: { field: "value", first: "8", second: "9" },
    },
  ],
  "gifts/:code/joint-day": [
    {
      name: "a joint day",
      who: COMPANY,
      find: async (page) => {
        await signInAs(page, COMPANY);
        const [row] = await ask<{ code: string }>(
          "select g.code from joint_day j join gift g on g.id = j.gift_id where j.state in ('proposed', 'agreed') order by j.id limit 1",
        );
        return { url: `/gifts/${row?.code ?? ""}/joint-day`, form: (tab) => formWith(tab, "pointId") };
      },
      both: { field: "day", first: inDays(20), second: inDays(21) },
    },
  ],
};

function inDays(days: number): string {
  return new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
}

test("every route with an action is in the table of edit forms, and every page that uses one has its rows", () => {
  const known = [...Object.keys(EDITS), ...Object.keys(NO_EDITS)];
  expect(routesWithAction().filter((route) => !known.includes(route))).toEqual([]);
  expect(known.filter((route) => !routesWithAction().includes(route))).toEqual([]);
  const table = readFileSync("app/routes.ts", "utf8");
  for (const [, route = "", file = ""] of table.matchAll(/route\("([^"]*)", "routes\/([^"]*)"/g)) {
    const uses = /\b(saveEdit|orBoth|ruleEdits)\(/.test(readFileSync(path.join("app/routes", file), "utf8"));
    if (uses && !(route in NO_EDITS)) expect(EDITS[route], route).not.toBeUndefined();
  }
});

/** Unfolds everything, as a reader would who looks for a field. */
const unfold = (page: Page) =>
  page.locator("details").evaluateAll((all) =>
    all.forEach((one) => {
      one.setAttribute("open", "");
    }),
  );

async function save(page: Page, form: Locator, intent?: string) {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await (
    intent === undefined
      ? form.locator("button:not([name]):not([type=button])").last()
      : form.locator(`button[name="intent"][value="${intent}"]`)
  ).click();
  const answer = await answered;
  await page.waitForLoadState("networkidle");
  return answer.status();
}

/** What a field says: of choices, the one that is chosen. */
const valueOf = (form: Locator, field: string) =>
  form.locator(`[name="${field}"]:not([type="radio"]), [name="${field}"]:checked`).first().inputValue();

for (const [route, forms] of Object.entries(EDITS)) {
  for (const edit of forms) {
    test(`${edit.name} (${route}): saved untouched nothing changes, and of two people both are kept`, async ({
      page,
      browser,
    }) => {
      test.setTimeout(180_000);
      const { url, form } = await edit.find(page);

      for (const scripts of [true, false]) {
        const tab = await anotherTab(browser, page, scripts);
        await tab.goto(url);
        await unfold(tab);
        const before = await everyRow();
        expect(await save(tab, form(tab), edit.intent), `untouched, scripts ${String(scripts)}`).toBeLessThan(
          400,
        );
        expect(await everyRow(), `untouched, scripts ${String(scripts)}`).toEqual(before);
        await tab.context().close();
      }

      const { field, first, second } = edit.both;
      const without = await anotherTab(browser, page, false);
      const tabs = [page, await anotherTab(browser, page, true), without] as const;
      for (const tab of tabs) {
        await tab.goto(url);
        await unfold(tab);
      }

      await fillIn(form(tabs[0]), {
        [field]: first,
        ...(edit.onlyFirst ? { [edit.onlyFirst.field]: edit.onlyFirst.typed } : {}),
      });
      expect(await save(tabs[0], form(tabs[0]), edit.intent)).toBeLessThan(400);

      const late = tabs[1];
      await fillIn(form(late), { [field]: second });
      const before = await everyRow();
      expect(await save(late, form(late), edit.intent)).toBe(409);
      expect(await everyRow()).toEqual(before);
      await expect(late.getByRole("alert")).toContainText("别人也存过");
      await unfold(late);
      expect(await valueOf(form(late), field)).toBe(second);
      await expect(late.getByText("别人存的是：").first()).toBeVisible();
      if (edit.onlyFirst) expect(await valueOf(form(late), edit.onlyFirst.field)).toBe(edit.onlyFirst.typed);
      await expectNoBarriers(late);
      expect(await save(late, form(late), edit.intent)).toBeLessThan(400);

      await fillIn(form(without), { [field]: first });
      expect(await save(without, form(without), edit.intent)).toBe(409);
      await unfold(without);
      expect(await valueOf(form(without), field)).toBe(first);
      expect(await save(without, form(without), edit.intent)).toBeLessThan(400);

      await page.goto(url);
      await unfold(page);
      expect(await valueOf(form(page), field)).toBe(first);
      if (edit.onlyFirst) expect(await valueOf(form(page), edit.onlyFirst.field)).toBe(edit.onlyFirst.typed);
      for (const tab of tabs.slice(1)) await tab.context().close();
    });
  }
}
