import { readdirSync } from "node:fs";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const PUBLIC = [
  "/",
  "/wishes",
  "/wishes?q=书包",
  "/wishes?done=yes",
  "/basket",
  "/basket/code",
  "/help-me",
  "/help-me/finder",
  "/lists",
  "/lists/government/ZS001",
  "/lists/social/SS001/report",
  "/points",
  "/points?near=442000005",
  "/open",
  "/open?map=days",
  "/towns/442000001",
  "/accessibility",
  "/elder",
  "/sign-in",
  "/sign-in/code",
  "/sign-up",
  "/forgot-password",
];
/** A message whose words did not travel with the page shows its key. */
const BARE_KEY =
  /\b(?:common|shell|home|open|wishes|giving|gifts|lists|identity|account|errors|work|intake|review|finance|matching|delivery|handover|store|audit|households|jointDays|journal|limits|organisations|register|demo|facts|finder|push|sheet|day|hsds|desk|ruleDesk|reports|referrals)\.[a-z]\w+/;
const MODES = ["light.normal.normal", "dark.normal.normal", "light.more.normal", "light.normal.elder"];

for (const look of MODES) {
  test(`public pages have no barriers and nothing sticks out: ${look}`, async ({
    page,
    context,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    await context.addCookies([{ name: "look", value: look, url: baseURL ?? "" }]);
    for (const path of PUBLIC) {
      await page.goto(path);
      await expectNoBarriers(page);
      await expectNoOverflow(page);
    }
  });
}

for (const locale of ["/zh-Hant", "/en"]) {
  test(`public pages have no barriers in ${locale}, and no message shows its key`, async ({ page }) => {
    test.setTimeout(120_000);
    for (const path of PUBLIC) {
      await page.goto(locale + (path === "/" ? "" : path));
      await expectNoBarriers(page);
      expect(await page.locator("body").innerText()).not.toMatch(BARE_KEY);
    }
  });
}

test("no answer carries a zero byte, in any language, to the browser or to the router in it", async ({
  request,
}) => {
  for (const locale of ["", "/zh-Hant", "/en"]) {
    for (const path of PUBLIC) {
      for (const address of [
        locale + (locale && path === "/" ? "" : path),
        `${locale}${path === "/" ? "/_root" : path.replace(/\?.*/, "")}.data`,
      ]) {
        const answer = await request.get(address);
        expect((await answer.body()).includes(0), address).toBe(false);
      }
    }
  }
});

test("touch targets are at least 44 px high, and 60 px in elder mode", async ({ page, context, baseURL }) => {
  for (const [look, least] of [
    ["light.normal.normal", 44],
    ["light.normal.elder", 60],
  ] as const) {
    await context.addCookies([{ name: "look", value: look, url: baseURL ?? "" }]);
    for (const path of ["/", "/wishes", "/sign-in"]) {
      await page.goto(path);
      const small = await page
        .locator("button:visible, input:not([type=hidden]):visible, select:visible, nav a:visible")
        .evaluateAll(
          (nodes, min) =>
            nodes
              .filter(
                (node) =>
                  !["radio", "checkbox"].includes((node as HTMLInputElement).type) &&
                  node.getBoundingClientRect().height < min - 0.5,
              )
              .map((node) => node.outerHTML.slice(0, 120)),
          least,
        );
      expect(small, `${path} ${look}`).toEqual([]);
    }
  }
});

test("elder mode holds on every page until it is left, with the phone first", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "长者版" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-size", "elder");
  for (const path of ["/wishes", "/help-me", "/lists/social", "/basket", "/nothing-here"]) {
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("data-size", "elder");
    await expect(page.locator("body a[href^='tel:']").first()).toContainText("打电话找人帮忙");
  }

  await page.getByRole("button", { name: "退出长者版" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-size", "normal");
});

test("staff pages have no barriers", async ({ page }) => {
  test.setTimeout(120_000);
  const rooms = [
    [
      "方社工",
      [
        "/field",
        "/requests",
        "/field/new",
        "/field/import",
        "/field/calls",
        "/field/answers",
        "/field/referrals",
        "/field/referrals/new",
        "/services",
        "/me",
        "/work",
      ],
    ],
    ["关审核员", ["/review", "/audit"]],
    [
      "何干事",
      [
        "/review",
        "/referrals",
        "/matching",
        "/feedback",
        "/finance/goods",
        "/admin/organisations",
        "/admin/organisations/new",
        "/lists-desk",
        "/lists-desk/values",
        "/lists-desk/hsds",
        "/lists-desk/new",
        "/lists-desk/files",
        "/lists-desk/items/SS021",
        "/lists-desk/items/SS011/rule",
      ],
    ],
    ["俞会计", ["/finance", "/finance/money"]],
    ["黎库管", ["/point", "/point/receive", "/point/stock", "/deliveries"]],
    ["阿杰志愿者", ["/deliver"]],
    ["爱心人士甲", ["/gifts", "/offer", "/demo/mail"]],
  ] as const;
  for (const [who, paths] of rooms) {
    await signInAs(page, who);
    for (const path of paths) {
      await page.goto(path);
      await expectNoBarriers(page);
      await expectNoOverflow(page);
      expect(await page.locator("body").innerText(), path).not.toMatch(BARE_KEY);
    }
  }
});

test("an unknown language, page or wish is a 404 in words; the root language has no segment of its own", async ({
  request,
}) => {
  for (const path of ["/fr", "/wishes/WNOTHERE", "/nothing-here", "/en/nothing-here", "/lists/other"])
    expect((await request.get(path)).status(), path).toBe(404);
  const moved = await request.get("/zh-Hans/wishes?town=442000001", { maxRedirects: 0 });
  expect([moved.status(), moved.headers()["location"]]).toEqual([301, "/wishes?town=442000001"]);
});

test("scripts, styles and drawings come zipped", async ({ request }) => {
  const files = readdirSync("build/client/assets").filter((name) => /\.(js|css|svg)$/.test(name));
  expect(files.some((name) => name.endsWith(".svg"))).toBe(true);
  const plain: string[] = [];
  for (const name of files) {
    const answer = await request.get(`/assets/${name}`, { headers: { "accept-encoding": "gzip, br" } });
    if (answer.headers()["content-encoding"] !== "br") plain.push(name);
  }

  expect(plain).toEqual([]);
});
