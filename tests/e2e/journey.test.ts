import type { Browser, Page } from "@playwright/test";
import { openAccount } from "./steps/account";
import { acknowledge, handOver, hearFeedback, passFeedback, printSlip } from "./steps/door";
import { entry, fillIn, formWith, linkTo, send } from "./steps/forms";
import {
  codeIn,
  confirmGift,
  expectSteps,
  followAsStranger,
  giftOnScreen,
  openWish,
  payFor,
  putIntoBasket,
  submitBasket,
  wishOnScreen,
} from "./steps/gift";
import { LANGUAGES, type Words } from "./steps/journeyWords";
import { approvePurchase, recordPurchase } from "./steps/purchase";
import { asStorekeeper, count, giveToCourier, inspect, lookUpGift, pack } from "./steps/store";
import { draftWish, publishWish, startRedacting, submitWish, verifyWish } from "./steps/wish";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const PASSWORD = "长长的一句话 2026 灯";
const NEW_DONOR = "演示新朋友";
const SAID = "书包很结实，孩子们天天背着，谢谢李老师。";
const PASSED = "书包很结实，孩子们天天背着。";

/**
 * The sealed words of the group of one walk: each walk has its own, so that none looks like a duplicate of
 * another.
 */
const groupOf = (walk: number) => ({
  name: `演示第${walk}小学`,
  phone: `1991234500${walk}`,
  village: `演示第${walk}村`,
});

type Walk = Readonly<{ page: Page; browser: Browser; walk: number; words: Words; look: () => Promise<void> }>;

/**
 * Saved half done, refused while the entitlements are unchecked, opened again from the list, finished and
 * sent in.
 */
async function fileForAVillageSchool({ page, words: { lang }, walk }: Walk): Promise<string> {
  const { name, phone, village } = groupOf(walk);
  const code = await draftWish(page, lang, {
    "household.kind": "group",
    "household.heads": "3",
    "household.person.name": name,
    "household.person.phone": phone,
    "household.person.village": village,
    title: "三十个书包给上学的孩子",
    story: `${name}的孩子书包大多破了，联系电话 ${phone}。`,
    "lines[0].objectKind": "bag",
    "lines[0].item": "双肩书包",
    "lines[0].quantity": "3",
    "lines[0].unitPriceFen": "120",
    "consents.givenBy": "institution",
    entitlementsChecked: [],
  });
  await page.goto(`${lang}/field`);
  await linkTo(entry(page, code), "/field/wishes/").click();
  await page.waitForURL(/\/field\/wishes\//);
  await page.getByRole("main").locator("form:not(:has([name=reason]))").getByRole("button").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await linkTo(page, "/edit").click();
  const form = formWith(page, "title");
  await expect(form.locator('[name="household.person.name"]')).toHaveValue(name);
  await fillIn(form, { "household.heads": "30", "lines[0].quantity": "30", entitlementsChecked: "yes" });
  await send(form);
  await page.waitForURL(/\/field\/wishes\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("definition").filter({ hasText: "方社工" }).first()).toBeVisible();
  await submitWish(page);
  return code;
}

/** What could point to somebody is found in the filed words, and nothing is published before it is gone. */
async function redactAndPublish({ page, words: { lang }, walk, look }: Walk, code: string): Promise<void> {
  const { name, phone } = groupOf(walk);
  const form = await startRedacting(page, lang, code);
  await send(form, "check");
  await expect(form.getByRole("status")).toContainText(name);
  await expect(form.getByRole("status")).toContainText(phone);
  await look();
  await send(form);
  await expect(page.getByRole("alert")).toBeVisible();
  await publishWish(page, {
    title: "三十个书包给上学的孩子",
    story: "班上的书包大多破了，盼着新学期都有新的。",
  });
}

/** Found by a word and by what it is, for whom and where; opened, and read. */
async function findAndRead({ page, words, walk, look }: Walk, code: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${words.lang}/wishes`);
  const search = page.getByRole("search");
  await search.locator("summary").click();
  await fillIn(search, {
    q: words.search,
    kind: "goods",
    group: "child",
    town: "442000001",
    item: "bag",
    gap: "many",
    sort: "newest",
  });
  await search.getByRole("button").last().click();
  await page.waitForURL(/gap=many/);
  await page.getByRole("article").locator(`a[href$="/wishes/${code}"]`).click();
  expect(await wishOnScreen(page)).toBe(code);
  await expect(page.getByRole("definition").filter({ hasText: words.verified })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: words.of30(0) })).toHaveCount(3);
  await expect(page.getByText(words.travels)).toBeVisible();
  const read = await page.content();
  expect(Object.values(groupOf(walk)).filter((sealed) => read.includes(sealed))).toEqual([]);
  await look();
}

/**
 * Two bags and a lamp are in the basket before the account is made; then one gift, confirmed when every
 * question has its answer.
 */
async function signUpAndGive({ page, words: { lang }, walk, look }: Walk) {
  await putIntoBasket(page, 2);
  const lamp = await openWish(page, `${lang}/wishes?q=${encodeURIComponent("夜灯")}&item=lamp&gap=many`);
  await putIntoBasket(page);
  await linkTo(page.getByRole("main"), "/sign-up").click();
  const email = `walk${walk}@example.org`;
  const form = formWith(page, "displayName");
  await fillIn(form, { kind: "person", displayName: NEW_DONOR, email, password: PASSWORD });
  await send(form);
  await look();
  await openAccount(page, PASSWORD);
  await page.waitForURL(/\/basket$/);
  await submitBasket(page);
  // Of a first gift nothing is chosen beforehand but that no name is shown: what is missing is marked.
  await send(formWith(page, "notRelative"));
  await expect(page.getByRole("alert")).toBeVisible();
  await look();
  return { lamp, email, ...(await confirmGift(page)) };
}

async function payAsAnother({ page, words: { lang } }: Walk, code: string): Promise<string> {
  await signInAs(page, "爱心人士乙", lang);
  await page.goto(`${lang}/wishes/${code}`);
  return payFor(page);
}

/** Counted, inspected and labelled; what was bought has its value from the invoice. */
async function receive(
  { page, words: { lang }, look }: Walk,
  gift: string,
  wish: string,
  units: number,
  found: Readonly<Record<string, string>>,
): Promise<void> {
  await lookUpGift(page, lang, gift);
  await linkTo(entry(page, wish), "/point/receive/gift/").click();
  await count(page, units);
  await look();
  await inspect(page, { accepted: String(units), ...found });
  await look();
}

/**
 * From the shelf to the recipient's word, by four people: who packs, who prints the slip, who carries, who
 * asks.
 */
async function bringToTheDoor({ page, words: { lang }, look }: Walk, wish: string): Promise<string> {
  await asStorekeeper(page, lang);
  const id = await pack(page, lang, wish);
  await look();
  await giveToCourier(page);
  await signInAs(page, "莫社工", lang);
  const digits = await printSlip(page, lang, id);
  await look();
  await signInAs(page, "阿杰志愿者", lang);
  await handOver(page, lang, id, digits);
  await signInAs(page, "莫社工", lang);
  await page.goto(`${lang}/deliveries/${id}`);
  await look();
  await acknowledge(page, lang, id);
  return id;
}

async function signInWithPassword(page: Page, lang: string, email: string): Promise<void> {
  await page.goto(`${lang}/sign-in`);
  const form = formWith(page, "password");
  await fillIn(form, { email, password: PASSWORD });
  await send(form);
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
}

async function wholeJourney(it: Walk): Promise<void> {
  const { page, browser, words, look } = it;
  const { lang } = words;
  const wish =
    await test.step("a caseworker files a village school's wish for thirty bags: with a draft that was left and gone on with", () =>
      fileForAVillageSchool(it));
  await test.step("a second person of the town verifies it", () => verifyWish(page, lang, wish));
  await test.step("another person of the city redacts and publishes it", () => redactAndPublish(it, wish));
  await test.step("a visitor finds it by words and facets, and reads who verified it, three numbers, how it travels", () =>
    findAndRead(it, wish));
  const given =
    await test.step("a new donor signs up and promises two bags, and a lamp of another wish, in one gift", () =>
      signUpAndGive(it));
  const paidGift = await test.step("another donor pays for one bag at the test desk", () =>
    payAsAnother(it, wish));
  const paid = codeIn(paidGift);
  await test.step("finance writes down the purchase, and a second person approves it", async () => {
    await recordPurchase(page, lang, paid, "118");
    expect(await (await page.request.get("/finance/money.csv")).text()).toContain(`${paid},`);
    await approvePurchase(page, lang, paid);
  });
  await test.step("what was given and what was bought arrive: counted, inspected, labelled", async () => {
    await asStorekeeper(page, lang);
    await receive(it, given.code.toLowerCase(), wish, 2, { valueBasis: "fair_value", unitValueFen: "99.5" });
    await receive(it, given.code, given.lamp, 1, { valueBasis: "fair_value", unitValueFen: "35" });
    await receive(it, paid, wish, 1, {});
  });
  await test.step("the lamp is packed, carried and handed over against its slip", () =>
    bringToTheDoor(it, given.lamp));
  await test.step("so are the three bags, and their recipients say that they came", () =>
    bringToTheDoor(it, wish));
  await test.step("they say how they like them, and another person passes it on", async () => {
    await hearFeedback(page, SAID);
    await passFeedback(page, lang, wish, PASSED);
  });
  await test.step("the new donor and whoever has the link read the whole way", async () => {
    await signInWithPassword(page, lang, given.email);
    await readLetter(page, lang, words.heard(given.code));
    await page.goto(given.gift);
    await expectSteps(page, [...words.given, PASSED]);
    await look();
    await followAsStranger(browser, given.track, [...words.given, PASSED], [NEW_DONOR]);
  });
  await test.step("so do the one who paid and whoever has that link", async () => {
    await signInAs(page, "爱心人士乙", lang);
    await readLetter(page, lang, words.heard(paid));
    await page.goto(paidGift);
    const way = [...words.paid, ...words.given.slice(1), PASSED];
    await expectSteps(page, way);
    await send(page.getByRole("main"), "renew");
    await page.waitForURL(/\?new=/);
    const { track } = await giftOnScreen(page);
    await followAsStranger(browser, track, way, ["爱心人士乙"]);
  });
  await test.step("the wish counts what was promised, received and delivered", async () => {
    await page.goto(`${lang}/wishes/${wish}`);
    await expect(page.getByRole("definition").filter({ hasText: words.of30(3) })).toHaveCount(3);
    await expect(page.getByText(PASSED)).toBeVisible();
  });
}

/** A letter says that somebody said something, and nothing of what; the worker writes it within seconds. */
async function readLetter(page: Page, lang: string, subject: string): Promise<void> {
  await expect(async () => {
    await page.goto(`${lang}/demo/mail`);
    await expect(page.getByText(subject, { exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByText(PASSED)).toHaveCount(0);
}

/**
 * Looks for barriers and for what sticks out, once on each kind of page: one parcel's page is like another's.
 */
function lookOnce(page: Page): () => Promise<void> {
  const seen = new Set<string>();
  return async () => {
    const kind = new URL(page.url()).pathname.replace(/[0-9a-f-]{36}|[A-Z][0-9A-Z]{9}/g, "…");
    if (seen.has(kind)) return;
    seen.add(kind);
    await expectNoBarriers(page);
    await expectNoOverflow(page);
  };
}

for (const [index, words] of LANGUAGES.entries()) {
  test(`the whole journey on a phone, from the visit to what both donors read of it${words.lang ? ` in ${words.lang}` : ""}`, async ({
    page,
    browser,
  }) => {
    test.setTimeout(120_000);
    await wholeJourney({ page, browser, walk: index + 1, words, look: lookOnce(page) });
  });
}

test("the whole journey on a phone without JavaScript", async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await wholeJourney({
    page,
    browser,
    walk: LANGUAGES.length + 1,
    words: LANGUAGES[0],
    look: () => expectNoOverflow(page),
  });
  await context.close();
});
