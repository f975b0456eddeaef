import type { Page } from "@playwright/test";
import { connectToPortal, cookieOf, newcomer } from "../support/portalDatabase";
import { hearFeedback } from "./steps/door";
import { entry, fillIn, formWith, send } from "./steps/forms";
import { ask } from "./steps/rows";
import { expect, expectNoBarriers, signInAs, test } from "./support";

test("in the review queue a code finds one need and a town shows its own; whoever opens one goes back to the same place", async ({
  page,
}) => {
  await signInAs(page, "关审核员");
  await page.goto("/review");
  const rows = page.getByRole("main").locator("ul a[href*='/review/']");
  const entries = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ has: page.locator("a[href*='/review/']") });
  const all = await rows.count();
  const [code = ""] = /W[0-9A-Z]{9}/.exec(await entries.last().innerText()) ?? [];
  const search = page.getByRole("search");
  // As it is read out on the phone: small, and in two parts.
  await search.getByLabel("按编号找").fill(`${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`);
  await search.getByRole("button", { name: "搜索" }).click();
  await expect(rows).toHaveCount(1);
  await expect(entries).toContainText(code);
  await expectNoBarriers(page);

  const town = (await entries.innerText()).split(" · ")[1] ?? "";
  await page.goto("/review");
  await search.getByLabel("镇街").selectOption({ label: town });
  await search.getByRole("button", { name: "搜索" }).click();
  await page.waitForURL(/town=\d{9}/);
  const shown = await entries.allInnerTexts();
  expect(shown.length).toBeLessThanOrEqual(all);
  expect(shown.filter((row) => !row.includes(town))).toEqual([]);
  await rows.first().click();
  await page.waitForURL(/\/review\/[0-9a-f-]+\?town=/);
  await page.getByRole("main").getByRole("link", { name: "审核" }).first().click();
  await page.waitForURL(/\/review\?town=\d{9}$/);
  await expect(search.getByLabel("镇街")).not.toHaveValue("");
});

test("a delivery is found by the code of its wish, in whatever list it stands", async ({ page }) => {
  await signInAs(page, "何干事");
  await page.goto("/deliveries?list=ended");
  const row = page.getByRole("main").getByRole("listitem").first();
  const [code = ""] = /D[0-9A-Z]{9}/.exec(await row.innerText()) ?? [];
  await page.getByRole("search").getByLabel("按编号找").fill(code);
  await page.getByRole("search").getByRole("button", { name: "搜索" }).click();
  await expect(page.getByRole("main")).toContainText(code);
  await page.goto(`/deliveries?list=open&code=${code}`);
  await expect(page.getByRole("main").getByRole("listitem").filter({ hasText: code })).toHaveCount(1);
  await page.goto("/deliveries?code=W0000000");
  await expect(page.getByRole("main")).toContainText("网址里有一项看不懂");
});

/** The entries of a list of work, each with its code. */
const found = (page: Page, code: string) =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: code });

async function findCode(page: Page, typed: string): Promise<void> {
  await page.getByRole("search").getByLabel("按编号找").fill(typed);
  await page.getByRole("search").getByRole("button", { name: "搜索" }).click();
  await page.waitForURL(/[?&]code=/);
}

const fullWidth = (code: string): string =>
  code.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

test("what recipients said is found by its wish's code and by town, and whoever decides on one stays there", async ({
  page,
}) => {
  const [delivery] = await ask<{ id: string; code: string; town: string }>(
    "select d.id, n.code, n.town_code as town from delivery d join need n on n.id = d.need_id where d.state in ('handed_over', 'confirmed') and n.town_code = '442000001' order by d.id limit 1",
  );
  if (!delivery) throw new Error("nothing was delivered");
  await signInAs(page, "方社工");
  await page.goto(`/deliveries/${delivery.id}`);
  await hearFeedback(page, "收到了，用得上。");
  await signInAs(page, "何干事");
  await page.goto("/feedback");
  await findCode(page, fullWidth(delivery.code.toLowerCase()));
  await expect(found(page, "收到了，用得上。")).toHaveCount(1);
  for (const row of await page.getByRole("main").locator("ul > li").allInnerTexts())
    expect(row).toContain(delivery.code);
  await expectNoBarriers(page);
  await page.goto("/feedback?town=442000105");
  await expect(page.getByRole("main")).not.toContainText(delivery.code);
  await page.goto(`/feedback?town=${delivery.town}`);
  await found(page, "收到了，用得上。").locator("button[value=keep]").click();
  await page.waitForURL(new RegExp(`/feedback\\?town=${delivery.town}$`));
  await expect(found(page, "收到了，用得上。")).toHaveCount(0);
  await page.goto("/feedback?code=W0000000");
  await expect(page.getByRole("main")).toContainText("网址里有一项看不懂");
});

test("a referral is found by its own code or its household's, ended ones too; whoever opens one goes back to the same town", async ({
  page,
}) => {
  const [open] = await ask<{ code: string; household: string; town: string }>(
    "select r.code, h.code as household, r.town_code as town from referral r join household h on h.id = r.household_id where r.due_at is not null order by r.id limit 1",
  );
  const [ended] = await ask<{ code: string }>(
    "select code from referral where due_at is null order by id limit 1",
  );
  if (!open || !ended) throw new Error("the demo has no referrals");
  await signInAs(page, "何干事");
  await page.goto("/referrals");
  await findCode(page, open.code);
  await expect(found(page, open.code)).toHaveCount(1);
  await expectNoBarriers(page);
  for (const code of [open.household, fullWidth(ended.code)]) {
    await page.goto("/referrals");
    await findCode(page, code);
    await expect(found(page, code.normalize("NFKC")).first()).toBeVisible();
  }

  await page.goto(`/referrals?view=all&town=${open.town}`);
  await found(page, open.code).getByRole("link").click();
  await page.waitForURL(/\/field\/referrals\/[0-9a-f-]+\?/);
  await page.getByRole("main").getByRole("link", { name: "全市转介" }).first().click();
  await page.waitForURL(new RegExp(`/referrals\\?view=all&town=${open.town}$`));
  await expect(page.getByRole("search").getByLabel("镇街")).toHaveValue(open.town);
});

test("a referral of another town is found by none of its codes", async ({ page, baseURL }) => {
  const [there] = await ask<{ code: string; household: string }>(
    "select r.code, h.code as household from referral r join household h on h.id = r.household_id where r.town_code <> '442000001' order by r.id limit 1",
  );
  const connection = connectToPortal();
  const who = await newcomer(connection, { role: "caseworker", scope: { kind: "town", id: "442000001" } });
  const [name = "", value = ""] = (await cookieOf(connection, who)).split("=");
  await connection.close();
  await page.context().addCookies([{ name, value, url: baseURL ?? "" }]);
  for (const code of [there?.code, there?.household]) {
    await page.goto(`/field/referrals?code=${code ?? "none"}`);
    await expect(page.getByRole("main")).toContainText("没有找到。");
  }
});

test("what a household asked for is found by its code, and its page leads back to the same town, also after an act", async ({
  page,
}) => {
  const [household] = await ask<{ id: string; code: string; town: string }>(
    "select id, code, town_code as town from household where erased_at is null and town_code = '442000001' and not exists (select 1 from recipient_request r where r.household_id = household.id) order by id desc limit 1",
  );
  if (!household) throw new Error("the demo has no households");
  await signInAs(page, "方社工");
  await page.goto(`/households/${household.id}`);
  await page.getByRole("radio", { name: /有写错的/ }).check();
  await page.locator("textarea[name=words]").fill("门牌写错了。");
  await page.getByRole("button", { name: "登记", exact: true }).click();
  await expect(entry(page, "有写错的，要更正").first()).toBeVisible();

  await page.goto("/requests");
  await findCode(page, fullWidth(household.code));
  // A household may have asked for several things: all are its own.
  const listed = page.getByRole("main").locator("ul a[href*='/households/']");
  await expect(listed.and(page.locator(`:not([href*="${household.id}"])`))).toHaveCount(0);
  await expect(listed.first()).toBeVisible();
  await expectNoBarriers(page);
  await page.goto("/requests?town=442000105");
  await expect(page.getByRole("main")).not.toContainText(household.code);
  await page.goto(`/requests?town=${household.town}`);
  await found(page, household.code).getByRole("link").click();
  await page.waitForURL(/\/households\/[0-9a-f-]+\?town=/);
  await page.locator('details:has([name="outcome"]) > summary').first().click();
  const form = formWith(page, "outcome").first();
  await fillIn(form, { outcome: "was_right", answer: "核对过了，没有写错。" });
  await send(form, "close");
  await expect(formWith(page, "outcome")).toHaveCount(0);
  await page.getByRole("main").getByRole("link", { name: "受助人的请求" }).first().click();
  await page.waitForURL(new RegExp(`/requests\\?town=${household.town}$`));
  await expect(page.getByRole("main")).not.toContainText(household.code);
});

test("the matching desk shows what a code names, folds its choices on a phone, and keeps its place after an act", async ({
  page,
}) => {
  await signInAs(page, "何干事");
  await page.goto("/matching");
  const results = page.getByRole("main").locator("h2").first();
  expect((await results.boundingBox())?.y ?? Infinity).toBeLessThan(844);
  await expect(page.getByRole("search").getByLabel("镇街")).toBeHidden();
  const [wish] = await ask<{ code: string; kind: string }>(
    "select p.code, l.object_kind as kind from public_need p join need_line l on l.need_id = p.need_id where l.accepts and l.open > 0 and exists (select 1 from lot t join lot_stock s on s.lot_id = t.id where t.line_id is null and t.object_kind = l.object_kind and s.quantity > s.reserved and s.place like 'point:%') order by p.waiting_since limit 1",
  );
  if (!wish) throw new Error("nobody waits for what is free");
  await findCode(page, `${wish.code.slice(0, 5)} ${wish.code.slice(5)}`);
  const waiting = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "在等这些东西的" }) })
    .last();
  await expect(waiting.getByRole("listitem")).toHaveCount(1);
  await expect(waiting).toContainText(wish.code);
  const chip = page.getByRole("navigation", { name: "正在这样找" }).getByRole("link");
  await expect(chip).toHaveText(wish.code);
  await expectNoBarriers(page);

  await page.goto(`/matching?kind=${wish.kind}&town=442000001`);
  await expect(chip).toHaveCount(2);
  await page.getByText("筛选（已选 2 项）").click();
  await expect(page.getByRole("search").getByLabel("镇街")).toHaveValue("442000001");
  await page.goto(`/matching?kind=${wish.kind}`);
  await page.getByRole("button", { name: "提出打勾的" }).click();
  await page.waitForURL(new RegExp(`/matching\\?kind=${wish.kind}$`));
  await page.getByRole("button", { name: "收回这个建议" }).first().click();
  await expect(page.getByText("已收回建议")).toBeVisible();
  expect(new URL(page.url()).search).toBe(`?kind=${wish.kind}`);
  await chip.click();
  await page.waitForURL(/\/matching$/);
});
