import type { Page } from "@playwright/test";
import { portalLog } from "../support/portal";
import { openAccount } from "./steps/account";
import { entry, fillIn, formWith, linkTo, send } from "./steps/forms";
import { codeIn, confirmGift, giftOnScreen, payFor, putIntoBasket, submitBasket } from "./steps/gift";
import { everythingFrom, found, lyingInClear, read } from "./steps/leaks";
import { ask } from "./steps/rows";
import { switchStepOn } from "./steps/secondStep";
import { draftWish, publishWish, startRedacting, submitWish, verifyWish } from "./steps/wish";
import { expect, signInAs, test } from "./support";

/**
 * One unmistakable value in every field that is sealed; none of them may show before somebody opens the
 * record with a reason.
 */
const SEALED = {
  name: "嬿珂鬻",
  phone: "19912345987",
  address: "霁隐巷 8877 号",
  guardian: "鸿燚鬻",
  idNumber: "44200020150101887X",
  school: "云栖鬻小学",
  village: "霁月鬻村",
  dibaoNumber: "DB-9988776",
  disability: "听力鬻二级",
  illness: "罕见鬻症",
  income: "每月鬻 1234 元",
} as const;
/** Words as filed: for the town and the city, who redact them; never for others. */
const FILED = "初稿鬻语";
/** Size and colour: for the donors of this line, the town, the store and operators. */
const DETAILS = "四十二码鬻色";

const PROMISES = "爱心人士甲";
const PAYS = "演示制造有限公司";

/** Filed with every sealed field filled, verified, and published in other words. */
async function fileAndPublish(page: Page): Promise<string> {
  const code = await draftWish(page, "", {
    ...Object.fromEntries(
      Object.entries(SEALED).map(([field, value]) => [`household.person.${field}`, value]),
    ),
    title: `${FILED}想要球鞋`,
    story: `${FILED}，鞋子穿不下了。`,
    "lines[0].objectKind": "shoes",
    "lines[0].item": "运动鞋",
    "lines[0].details": DETAILS,
    "lines[0].quantity": "2",
    "lines[0].unitPriceFen": "120",
  });
  await submitWish(page);
  await verifyWish(page, "", code);
  await startRedacting(page, "", code);
  await publishWish(page, { title: "想要一双球鞋", story: "鞋子穿不下了，想要一双新的。" });
  return code;
}

/** One of it is promised by one donor, and paid for by another at the test desk. */
async function giveBoth(page: Page, code: string) {
  await signInAs(page, PROMISES);
  await page.goto(`/wishes/${code}`);
  await putIntoBasket(page);
  await submitBasket(page);
  const given = await confirmGift(page);
  await signInAs(page, PAYS);
  await page.goto(`/wishes/${code}`);
  return { ...given, paid: await payFor(page) };
}

const ALL = [...Object.values(SEALED), FILED, DETAILS];
const SEALED_ONLY = Object.values(SEALED);

/** Who walks where, and what none of their pages may hold. */
const WALKS = (
  code: string,
  { gift, paid, track }: Readonly<{ gift: string; paid: string; track: string }>,
) =>
  [
    [
      "",
      [
        "/",
        "/wishes?sort=newest",
        `/wishes/${code}`,
        `/wishes?q=${encodeURIComponent("球鞋")}`,
        track,
        "/open",
      ],
      ALL,
    ],
    ["爱心人士乙", [`/wishes/${code}`, "/gifts", track], ALL],
    [PROMISES, [gift, `${gift}/path.csv`, "/gifts", "/basket"], [...SEALED_ONLY, FILED]],
    [PAYS, [paid, `${paid}/path.csv`, "/gifts"], [...SEALED_ONLY, FILED]],
    [
      "俞会计",
      ["/finance", "/finance/money", "/finance/money.csv", "/finance/goods", "/finance/goods.csv"],
      ALL,
    ],
    ["霍审计", ["/audit", "/finance/goods.csv"], ALL],
    ["社工中心编辑", ["/organisation"], ALL],
    ["管理员", ["/admin/people", "/admin/limits", "/admin/organisations", "/requests"], ALL],
    ["黎库管", ["/point", "/point/stock"], [...SEALED_ONLY, FILED]],
    ["阿杰志愿者", ["/deliver"], ALL],
    [
      "何干事",
      ["/review", "/matching", "/deliveries", "/feedback", "/referrals", "/lists-desk"],
      SEALED_ONLY,
    ],
    ["关审核员", ["/review", "/requests", "/audit", "/deliveries"], SEALED_ONLY],
    [
      "莫社工",
      ["/field", "/field/calls", "/field/referrals", "/requests", "/services", "/deliveries"],
      SEALED_ONLY,
    ],
  ] as const;

test("no sealed word of a household is in any page, mail, address, log line or call to Stripe, whoever reads it, until the record is opened with a reason", async ({
  page,
}) => {
  test.setTimeout(150_000);
  const addresses: string[] = [];
  // What was asked for, redirects among it, and what stood in the address bar: scripts write there without
  // asking.
  page.on("request", (request) => addresses.push(request.url()));
  page.on("framenavigated", (frame) => addresses.push(frame.url()));
  const code = await fileAndPublish(page);
  const gifts = await giveBoth(page, code);
  const leaks: string[] = [];
  const mails: string[] = [];
  let looked = 0;
  for (const [who, starts, forbidden] of WALKS(code, gifts)) {
    if (who) await signInAs(page, who);
    else await page.context().clearCookies();
    for (const start of starts) {
      for (const [path, body] of await everythingFrom(page, start, addresses)) {
        looked += 1;
        leaks.push(...found(body, forbidden).map((word) => `${who || "a visitor"} reads ${word} in ${path}`));
      }
    }

    if (who) mails.push(await read(page, "/demo/mail", addresses));
  }

  expect(leaks).toEqual([]);
  expect(looked).toBeGreaterThan(100);

  // The same words are found where they may be: for the donors of the line, and after opening with a reason.
  // So the check can fail.
  for (const [who, gift] of [
    [PROMISES, gifts.gift],
    [PAYS, gifts.paid],
  ] as const) {
    await signInAs(page, who);
    expect(await read(page, gift, addresses)).toContain(DETAILS);
    // The worker writes the letters; each donor's has come by now or comes soon.
    await expect(async () =>
      expect(await read(page, "/demo/mail", addresses)).toContain(codeIn(gift)),
    ).toPass();
    mails.push(await read(page, "/demo/mail", addresses));
  }

  await signInAs(page, "方社工");
  await page.goto("/field");
  await linkTo(entry(page, code), "/field/wishes/").first().click();
  await linkTo(page, "/households/").first().click();
  await page.waitForURL(/\/households\//);
  expect(found(await page.content(), SEALED_ONLY)).toEqual([]);
  const opening = formWith(page, "reason");
  await fillIn(opening, { reason: "contact_recipient" });
  await opening.getByRole("button").first().click();
  await expect(page.getByText(SEALED.name)).toBeVisible();
  expect(found(await page.content(), SEALED_ONLY)).toEqual(SEALED_ONLY);

  // What no reader asks for is read last: after all that was filed, published, given, paid and opened.
  const log = portalLog();
  const desk = await (await page.request.get("/test-desk/requests")).text();
  for (const [name, text, control] of [
    ["the log", log, `"path":"/wishes/${code}"`],
    ["the log", log, `"path":"/webhooks/stripe"`],
    ["a call to Stripe", desk, code],
    ["a mail", mails.join("\n"), gifts.code],
    ["a mail", mails.join("\n"), codeIn(gifts.paid)],
    ["an address", addresses.join("\n"), `/wishes/${code}`],
    ["an address", addresses.join("\n"), "/test-desk/pay/"],
    ["an address", addresses.join("\n"), `${gifts.gift}?new=`],
  ] as const) {
    expect(text, `${name} was really read`).toContain(control);
    expect(found(text, ALL), name).toEqual([]);
  }

  // Whoever has a track link's token sees that gift: it opens pages, and is no log's business nor Stripe's.
  const token = gifts.track.slice("/t/".length);
  expect(token).toMatch(/^[\w-]{20,}$/);
  expect(found(log + desk, [token])).toEqual([]);
  // Nor is it read from a stolen table: not its gift's, nor that of the answers that are remembered for who
  // asks twice.
  expect(await lyingInClear(() => [...SEALED_ONLY, token])).toEqual([]);
  expect(
    found(encodeURIComponent(SEALED.address) + JSON.stringify({ form: "name=%E5%AC%BF%E7%8F%82%E9%AC%BB" }), [
      SEALED.address,
      SEALED.name,
    ]),
  ).toHaveLength(2);
});

/** What people of the portal keep to themselves: whoever is named may read it, and nobody else. */
const PRIVATE = {
  draft: "未写完鬻语",
  draftName: "鬻稿姓名",
  asked: "请求鬻语要更正",
  collectAt: "取物鬻巷 66 号",
  collectPhone: "19966554433",
  mail: "canary-8877@example.org",
  realName: "实鬻名",
  phone: "19977665544",
} as const;
const NEWCOMER = "新鬻人";

test("drafts, where a gift is collected, an account's own values, second step and one-time links show to nobody but whose they are: no page, mail, address, log line, call or plain column", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  page.on("framenavigated", (frame) => addresses.push(frame.url()));

  await page.goto("/sign-up");
  await fillIn(formWith(page, "realName"), {
    kind: "person",
    displayName: NEWCOMER,
    email: PRIVATE.mail,
    password: "canary sings 7 times",
    realName: PRIVATE.realName,
    phone: PRIVATE.phone,
  });
  await send(formWith(page, "realName"));
  await openAccount(page, "canary sings 7 times");
  await page.goto("/forgot-password");
  await fillIn(formWith(page, "email"), { email: PRIVATE.mail });
  await send(formWith(page, "email"));
  const letter = page
    .getByRole("main")
    .getByRole("link", { name: /new-password/ })
    .first();
  await expect(async () => {
    await page.goto("/demo/mail");
    await expect(letter).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  const token = (await letter.innerText()).split("/new-password/")[1]?.trim() ?? "";
  expect(token.length).toBeGreaterThan(20);

  // The same person has a second step: what its app is given is shown while it is set up, its recovery codes
  // once, and neither ever again.
  const { secret, codes } = await switchStepOn(page, "canary sings 7 times");
  const steps = [
    secret,
    secret.replaceAll(" ", ""),
    ...codes,
    ...codes.map((code) => code.replaceAll("-", "")),
  ];
  expect(found(await read(page, "/me/second-step", addresses), steps)).toEqual([]);

  // The same person has a gift collected at home.
  await page.goto("/wishes?kind=goods&sort=newest");
  await page.getByRole("article").getByRole("link").first().click();
  await page.waitForURL(/\/wishes\/W/);
  await putIntoBasket(page);
  await submitBasket(page);
  const confirm = formWith(page, "notRelative");
  const day = (await confirm.locator('[name="day"]').getAttribute("max")) ?? "";
  await fillIn(confirm, {
    displayChoice: "kind_person",
    ifGone: "ask_me",
    notRelative: "yes",
    arrivalWay: "pick_up",
  });
  await fillIn(confirm, { day, part: "morning", address: PRIVATE.collectAt, phone: PRIVATE.collectPhone });
  await send(confirm);
  await page.waitForURL(/\/gifts\/G[0-9A-Z]+\?new=/);
  const { gift, track } = await giftOnScreen(page);
  expect(await read(page, gift, addresses)).toContain(PRIVATE.collectAt);

  await signInAs(page, "方社工");
  await page.goto("/field/new");
  await fillIn(formWith(page, "title"), {
    "household.person.name": PRIVATE.draftName,
    title: PRIVATE.draft,
    story: PRIVATE.draft,
  });
  await send(formWith(page, "title"));
  await page.waitForURL(/\/field\/wishes\/[0-9a-f-]{36}$/);
  expect(await read(page, "/field", addresses)).toContain(PRIVATE.draft);
  const [home] = await ask<{ id: string }>(
    "select id from household where erased_at is null and town_code = '442000001' order by id limit 1",
  );
  await page.goto(`/households/${home?.id ?? ""}`);
  await fillIn(formWith(page, "kind"), { kind: "correct", words: PRIVATE.asked });
  await send(formWith(page, "kind"), "request");
  await expect(page.getByText(/前要有结果/).first()).toBeVisible();

  const all = [...Object.values(PRIVATE), token, ...steps];
  const leaks: string[] = [];
  const mails: string[] = [];
  for (const [who, starts] of [
    ["", ["/", "/wishes?sort=newest", "/open"]],
    ["爱心人士乙", ["/gifts", "/basket"]],
    ["俞会计", ["/finance", "/finance/money.csv"]],
    ["霍审计", ["/audit"]],
    ["社工中心编辑", ["/organisation"]],
    ["管理员", ["/admin/people", "/requests", "/admin/organisations"]],
    ["阿杰志愿者", ["/deliver"]],
    ["何干事", ["/review", "/matching", "/deliveries", "/feedback"]],
    ["关审核员", ["/review", "/requests", "/audit"]],
    ["莫社工", ["/field", "/requests", "/services"]],
  ] as const) {
    if (who) await signInAs(page, who);
    else await page.context().clearCookies();
    for (const start of starts)
      for (const [path, body] of await everythingFrom(page, start, addresses))
        leaks.push(...found(body, all).map((word) => `${who || "a visitor"} reads ${word} in ${path}`));
    if (who) mails.push(await read(page, "/demo/mail", addresses));
  }

  expect(leaks).toEqual([]);

  // Nor does it lie about in clear: an account's own address and display stand in its table, everything else
  // is sealed or hashed.
  const opens = track.slice("/t/".length);
  expect(
    await lyingInClear((table) =>
      table === "app_user" ? all.filter((word) => word !== PRIVATE.mail) : [...all, opens],
    ),
  ).toEqual([]);
  const desk = await (await page.request.get("/test-desk/requests")).text();
  for (const [name, text] of [
    ["the log", portalLog()],
    ["a call to Stripe", desk],
    ["a mail", mails.join("\n")],
    ["an address", addresses.join("\n")],
  ] as const)
    expect(found(text, all), name).toEqual([]);
});
