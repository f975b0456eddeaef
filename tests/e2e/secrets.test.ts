import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { expect, signInAs, test } from "./support";

type Row = Record<string, string>;

/** What the demo's input keeps sealed of every household, and what was only said to the donor of one line. */
const rows = parse<Row>(readFileSync("db/seed/data/micro-wishes.csv", "utf8"), {
  columns: true,
  bom: true,
});
const SECRETS = [
  ...new Set(
    rows
      .flatMap((row) => [
        row["sealed_name"],
        row["sealed_phone"],
        row["sealed_address"],
        row["sealed_village"],
      ])
      .filter((value): value is string => (value?.length ?? 0) >= 3),
  ),
];
/** Addresses of people; `name@` stands only in the hint of a form. */
const MAILS = /\b(?!name@)[\w.]+@example\.org/;

const EVERYBODY = [
  "/",
  "/wishes",
  "/wishes?sort=newest",
  "/wishes?done=yes",
  "/en/wishes",
  "/zh-Hant/wishes",
  "/points",
  "/open",
  "/lists/social",
];

const WHO = [
  ["", []],
  ["爱心人士甲", ["/gifts", "/me", "/demo/mail"]],
  ["演示制造有限公司", ["/gifts"]],
  ["俞会计", ["/finance", "/finance/money", "/finance/goods", "/finance/money.csv", "/finance/goods.csv"]],
  ["霍审计", ["/audit", "/finance/money", "/finance/goods"]],
  ["阿杰志愿者", ["/deliver"]],
  ["黎库管", ["/point"]],
  [
    "何干事",
    [
      "/review",
      "/matching",
      "/feedback",
      "/deliveries",
      "/lists-desk",
      "/lists-desk/items/SS011/rule?preview=yes",
    ],
  ],
  ["关审核员", ["/review", "/audit", "/deliveries"]],
  ["方社工", ["/field", "/services", "/deliveries"]],
  ["管理员", ["/me"]],
] as const;

/** Every page that is linked from here, one step deep, at most so many. */
async function linkedPages(page: Page, most: number): Promise<string[]> {
  const links = await page
    .locator("main a[href^='/']")
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute("href") ?? ""));
  return [...new Set(links)].filter((link) => !/^\/(sign-|en|zh-Hant)/.test(link)).slice(0, most);
}

for (const [who, rooms] of WHO) {
  test(`nothing sealed of any household is in any page of ${who || "a visitor"}, one step deep, before a record is opened`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    if (who) await signInAs(page, who);
    const seen = new Set<string>();
    for (const start of [...EVERYBODY, ...rooms]) {
      const pages = [start];
      for (const path of pages) {
        if (seen.has(path)) continue;
        seen.add(path);
        // The raw answer, with everything that travels along for the script.
        const answer = await page.request.get(path);
        expect(answer.status(), path).toBeLessThan(500);
        const body = await answer.text();
        expect(
          SECRETS.filter((secret) => body.includes(secret)),
          path,
        ).toEqual([]);
        if (!who) expect(body, path).not.toMatch(MAILS);
        if (path === start && answer.headers()["content-type"]?.includes("html")) {
          await page.goto(path);
          pages.push(...(await linkedPages(page, 6)));
        }
      }
    }

    expect(seen.size).toBeGreaterThan(EVERYBODY.length);
  });
}
