import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { APIResponse } from "@playwright/test";
import { page } from "../support/pagesOfRoutes";
import { filesOfRoutes, placesOf } from "./steps/places";
import { expect, test } from "./support";

type Filter = Readonly<{
  file: string;
  at: string;
  asks: readonly string[];
  who?: string;
  status?: 200 | 400;
  says?: string;
}>;

const UNREAD = "网址里有一项";

/** Every page that reads something of its address: where it stands, and what it reads. */
const PAGES: readonly Filter[] = [
  {
    file: "needs/list.tsx",
    at: "/wishes",
    asks: ["town", "kind", "group", "item", "gap", "waiting", "sort", "done", "taken", "at"],
  },
  {
    file: "lists/list.tsx",
    at: "/lists/government",
    asks: ["situation", "audience", "town", "only", "after"],
  },
  { file: "lists/open.tsx", at: "/open", asks: ["map"] },
  { file: "lists/points.tsx", at: "/points", asks: ["near"] },
  { file: "lists/item.tsx", at: "/lists/social/SS002", asks: ["town"] },
  { file: "lists/report.tsx", at: "/lists/social/SS002/report", asks: ["done"] },
  { file: "callBacks/ask.tsx", at: "/call-back", asks: ["done"] },
  { file: "admin/people.tsx", at: "/admin/people", asks: ["who", "after"], who: "admin" },
  { file: "register/organisations.tsx", at: "/admin/organisations", asks: ["after"], who: "operator" },
  {
    file: "handover/deliveries.tsx",
    at: "/deliveries",
    asks: ["list", "before", "code", "town"],
    who: "caseworker",
  },
  {
    file: "referrals/providers.tsx",
    at: "/referrals",
    asks: ["view", "after", "code", "town"],
    who: "operator",
  },
  { file: "audit/openings.tsx", at: "/audit", asks: ["before"], who: "auditor" },
  { file: "audit/trail.tsx", at: "/audit/use", asks: ["before"], who: "auditor" },
  { file: "audit/roleChanges.tsx", at: "/audit/roles", asks: ["before"], who: "auditor" },
  {
    file: "matching/matching.tsx",
    at: "/matching",
    asks: ["lot", "offers", "lots", "proposed", "waiting", "code", "town", "kind", "age"],
    who: "operator",
  },
  { file: "desk/home.tsx", at: "/lists-desk", asks: ["list", "state", "after", "stale"], who: "operator" },
  {
    file: "desk/rule.tsx",
    at: "/lists-desk/items/GW040/rule",
    asks: ["preview", "at", "do", "fact"],
    who: "operator",
  },
  { file: "field/home.tsx", at: "/field", asks: ["before"], who: "caseworker" },
  { file: "referrals/calls.tsx", at: "/field/calls", asks: ["after"], who: "caseworker" },
  { file: "households/requests.tsx", at: "/requests", asks: ["after", "code", "town"], who: "caseworker" },
  {
    file: "referrals/referrals.tsx",
    at: "/field/referrals",
    asks: ["after", "code", "town"],
    who: "caseworker",
  },
  { file: "handover/feedback.tsx", at: "/feedback", asks: ["after", "code", "town"], who: "operator" },
  { file: "field/new.tsx", at: "/field/new", asks: ["household"], who: "caseworker" },
  {
    file: "referrals/newReferral.tsx",
    at: "/field/referrals/new",
    asks: ["household", "instead", "item"],
    who: "caseworker",
  },
  { file: "review/queue.tsx", at: "/review", asks: ["after", "code", "town"], who: "town_reviewer" },
  { file: "organisation/home.tsx", at: "/organisation", asks: ["before"], who: "org_editor" },
  { file: "giving/gifts.tsx", at: "/gifts", asks: ["before"], who: "donor" },
  { file: "dev/mail.tsx", at: "/demo/mail", asks: ["to"], who: "donor" },
  { file: "store/home.tsx", at: "/point", asks: ["at"], who: "storekeeper" },
  { file: "store/stock.tsx", at: "/point/stock", asks: ["at", "before", "off"], who: "storekeeper" },
  { file: "store/receive.tsx", at: "/point/receive", asks: ["at"], who: "storekeeper" },
  { file: "finance/money.tsx", at: "/finance/money", asks: ["before"], who: "finance" },
  { file: "finance/goods.tsx", at: "/finance/goods", asks: ["before"], who: "finance" },
];

/** Filters that say it beside their field, and files, which answer 400. */
const BESIDE: readonly Filter[] = [
  {
    file: "finance/money.tsx",
    at: "/finance/money",
    asks: ["programmeId", "kind", "from", "to", "gift"],
    who: "finance",
    status: 200,
    says: 'aria-invalid="true"',
  },
  {
    file: "finance/goods.tsx",
    at: "/finance/goods",
    asks: ["from", "to"],
    who: "finance",
    status: 200,
    says: 'aria-invalid="true"',
  },
  {
    file: "finance/moneyCsv.ts",
    at: "/finance/money.csv",
    asks: ["programmeId", "kind", "from", "to", "gift"],
    who: "finance",
    status: 400,
    says: "：|:",
  },
  {
    file: "finance/goodsCsv.ts",
    at: "/finance/goods.csv",
    asks: ["from", "to"],
    who: "finance",
    status: 400,
    says: "：|:",
  },
  {
    file: "audit/trail.tsx",
    at: "/audit/use",
    asks: ["day", "kind"],
    who: "auditor",
    status: 200,
    says: 'aria-invalid="true"',
  },
  {
    file: "audit/trailCsv.ts",
    at: "/audit/use.csv",
    asks: ["day"],
    who: "auditor",
    status: 400,
    says: "：|:",
  },
  {
    file: "desk/exportCsv.ts",
    at: "/lists-desk/export.csv",
    asks: ["list"],
    who: "operator",
    status: 400,
    says: "没有这个选项",
  },
  {
    file: "desk/exportXlsx.ts",
    at: "/lists-desk/export.xlsx",
    asks: ["list"],
    who: "operator",
    status: 400,
    says: "没有这个选项",
  },
  {
    file: "desk/templateCsv.ts",
    at: "/lists-desk/template.csv",
    asks: ["list"],
    who: "operator",
    status: 400,
    says: "没有这个选项",
  },
  {
    file: "desk/templateXlsx.ts",
    at: "/lists-desk/template.xlsx",
    asks: ["list"],
    who: "operator",
    status: 400,
    says: "没有这个选项",
  },
  {
    file: "store/receive.tsx",
    at: "/point/receive",
    asks: ["code"],
    who: "storekeeper",
    status: 200,
    says: "没有找到",
  },
];

/** What is read of an address and is no filter. */
const NO_FILTER: Readonly<Record<string, string>> = {
  "needs/list.tsx q": "a search: any words",
  "lists/list.tsx q": "a search: any words",
  "desk/home.tsx q": "a search: any words",
  "identity/signIn.tsx back": "where to go afterwards; only within the portal",
  "identity/signInCode.tsx back": "where to go afterwards; only within the portal",
  "identity/stepUp.tsx back": "where to go afterwards; only within the portal",
  "identity/confirmSignUp.tsx back": "where to go afterwards; only within the portal",
  "identity/signUp.tsx back": "where to go afterwards; only within the portal",
  "giving/gift.tsx new": "a secret shown once",
  "giving/confirm.tsx gone": "a mark of the portal's own way",
  "field/edit.tsx missing": "a mark of the portal's own way",
  "organisation/edit.tsx missing": "a mark of the portal's own way",
  "matching/matching.tsx after": "read only beside a lot",
  "store/pack.tsx at": "as on the store's home",
  "store/count.tsx at": "as on the store's home",
  "store/count.tsx purchase": "what it names is not expected: 404",
  "admin/people.tsx who": "shown as typed",
};

test("every part of an address that a page reads has its line", () => {
  const read = readdirSync("app/routes", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/^(api|webhooks)/.test(file))
    .flatMap((file) =>
      [
        ...readFileSync(path.join("app/routes", file), "utf8").matchAll(
          /(?:InQuery\(args(?:\.request)?, |inQuery\(args\.request, |earch\.get\(|searchParams\.(?:get|has)\(|searchOf\(args\.request\)\.get\()"(\w+)"/g,
        ),
      ].map(([, name = ""]) => `${file} ${name}`),
    );
  const lines = [
    ...[...PAGES, ...BESIDE].flatMap(({ file, asks }) => asks.map((name) => `${file} ${name}`)),
    ...Object.keys(NO_FILTER),
  ];
  expect(read.length).toBeGreaterThan(40);
  expect([...new Set(read)].filter((line) => !lines.includes(line))).toEqual([]);
  const gone = lines.filter((line) => !existsSync(path.join("app/routes", line.split(" ")[0] ?? "")));
  expect(gone).toEqual([]);
  expect(filesOfRoutes().length).toBeGreaterThan(100);
});

/** What a phone or a chat makes of an address that somebody hands on. */
const HANDED_ON = [
  "/wishes?town=４４２０００００１&kind=\u200bgoods&sort=newest\u3000",
  "/wishes?town=\u202d442000001\u202c&gap=ｏｎｅ",
  "/lists/government?situation=old\u200b_age&town=４４２０００００１",
  "/lists/social?only=ss\u200b002",
] as const;

/** Keys of a page of a list that look like one and are none. */
const NO_ID = "-".repeat(36);
const NO_PLACE: Readonly<Record<string, readonly string[]>> = {
  "needs/list.tsx at": [
    "fzzzzzzzzzz.3f7b145d-84af-42d7-8fae-eaca714b0001",
    "fzzzzzzzzz.3f7b145d-84af-42d7-8fae-eaca714b0001",
    `bmabcdefg.${NO_ID}`,
  ],
  "lists/list.tsx after": ["GW999", "SS001"],
  "desk/home.tsx stale": [`never_${NO_ID}`, `9999999999T1Z_3f7b145d-84af-42d7-8fae-eaca714b0001`],
  "desk/home.tsx after": ["-1", "2147483648"],
  "referrals/providers.tsx after": [
    `1_${NO_ID}`,
    "1_9999999999999999_3f7b145d-84af-42d7-8fae-eaca714b0001",
    "2_1_3f7b145d-84af-42d7-8fae-eaca714b0001",
  ],
};

/** What is on the page itself: its words travel along in a script, said or not. */
const shown = async (answer: APIResponse): Promise<string> =>
  (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "");

test("what a page's address asks and nobody can read is said on the page, or beside its field, or as 400; and what can be read is not", async ({
  request,
}) => {
  test.setTimeout(120_000);
  const wrong: string[] = [];
  for (const { file, at, asks, who, status = 200, says = UNREAD } of [...PAGES, ...BESIDE]) {
    const [place] = who === undefined ? [] : await placesOf(page(who, at));
    const headers = { cookie: place?.cookie ?? "" };
    const plain = await request.get(at, { headers, maxRedirects: 0 });
    if (plain.status() !== 200 || (await shown(plain)).includes(UNREAD))
      wrong.push(`${at}: ${plain.status()} by itself`);
    for (const name of asks)
      for (const typed of [
        "abc",
        "2026-02-30",
        "%00x",
        "％％",
        "99999999999999999999",
        ...(NO_PLACE[`${file} ${name}`] ?? []),
      ]) {
        const answer = await request.get(`${at}?${name}=${encodeURIComponent(typed)}`, {
          headers,
          maxRedirects: 0,
        });
        const body = await shown(answer);
        if (answer.status() !== status || !new RegExp(says).test(body))
          wrong.push(
            `${at}?${name}=${typed}: ${answer.status()}, ${new RegExp(says).test(body) ? "said" : "not a word"}`,
          );
      }
  }

  expect(wrong).toEqual([]);
});

test("what can be read is read, however it was handed on", async ({ request }) => {
  for (const at of HANDED_ON) {
    const body = await shown(await request.get(encodeURI(at)));
    expect(body, at).not.toContain(UNREAD);
    const plain = at
      .normalize("NFKC")
      .replace(/[\u200b\u202c\u202d]/g, "")
      .trim()
      .replace("ss002", "SS002");
    const found = (html: string) => /role="status"[^>]*>([^<]*)/.exec(html)?.[1];
    expect(found(body), at).toBe(found(await shown(await request.get(plain))));
  }
});

test("pages of a list and steps of the rule editor are read as the portal writes them", async ({
  request,
}) => {
  const [place] = await placesOf(page("operator", "/lists-desk"));
  const headers = { cookie: place?.cookie ?? "" };
  const next =
    /href="([^"]*[?&;]after=[^"]*)"/
      .exec(await shown(await request.get("/lists/government")))?.[1]
      ?.replaceAll("&amp;", "&") ?? "none";
  const second = await shown(await request.get(next));
  expect(second).not.toContain(UNREAD);
  expect(second).not.toBe(await shown(await request.get("/lists/government")));
  for (const list of ["/referrals", "/referrals?view=joint"])
    expect(
      await shown(
        await request.get(
          `${list}${list.includes("?") ? "&" : "?"}after=1_1790000000000_3f7b145d-84af-42d7-8fae-eaca714b0001`,
          { headers },
        ),
      ),
    ).not.toContain(UNREAD);
  const [draft] = await placesOf(
    `select '/lists-desk/items/' || item_code || '/rule' as at, null as who from list_rule where state in ('draft', 'tested') and kind = 'rule' limit 1`,
  );
  expect(draft).toBeDefined();
  for (const [query, unread] of [
    ["at=all&do=add", false],
    ["at=all&do=add&fact=ask", false],
    ["at=0.9.9.9&do=add", true],
    ["do=add", true],
    ["at=all&do=add&fact=nonsense", true],
  ] as const)
    expect(
      (await shown(await request.get(`${draft?.at ?? ""}?${query}`, { headers }))).includes(UNREAD),
      query,
    ).toBe(unread);
});
