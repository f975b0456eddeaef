import { readFileSync } from "node:fs";
import { expect, signInAs, test } from "./support";
import { ALL, DONOR, STORE, TABLE } from "./whoGetsIn";

const routes = [...readFileSync("app/routes.ts", "utf8").matchAll(/route\("([^"]*)"/g)].map(
  (match) => match[1] ?? "",
);

test("every route has a line in the table of who gets in", () => {
  expect(routes.length).toBeGreaterThan(35);
  expect(routes.filter((route) => !(route in TABLE) && !STORE.test(route))).toEqual([]);
  expect(Object.keys(TABLE).filter((route) => route !== "" && !routes.includes(route))).toEqual([]);
});

for (const who of ALL) {
  test(`${who || "a visitor"} gets into what the table says, and nowhere else`, async ({ page }) => {
    test.setTimeout(120_000);
    if (who) await signInAs(page, who);
    const wrong: string[] = [];
    for (const [route, rule] of Object.entries(TABLE)) {
      if ("path" in rule) {
        const status = (await page.request.get(rule.path, { maxRedirects: 0 })).status();
        const expected = rule.allowed.includes(who) ? [200] : who === "" ? [302] : [403];
        if (!expected.includes(status)) wrong.push(`${route}: ${status}, expected ${expected.join()}`);
      }

      if ("object" in rule) {
        const status = (await page.request.get(rule.object, { maxRedirects: 0 })).status();
        if (![404, ...(who === "" ? [302] : [])].includes(status))
          wrong.push(`${route}: ${status}, expected 404`);
      }
    }

    for (const route of routes.filter((path) => STORE.test(path) && !path.includes(":"))) {
      const status = (await page.request.get(`/${route}`, { maxRedirects: 0 })).status();
      const staff = ["方社工", "关审核员", "何干事", "黎库管", "阿杰志愿者"].includes(who);
      if (!staff && ![302, 403, 404].includes(status)) wrong.push(`${route}: ${status}, expected a refusal`);
    }

    expect(wrong).toEqual([]);
  });
}

/** What the router in the browser fetches of a page, in the ways that it has or had. */
const fetchedOf = (path: string): string[] => {
  const [bare = "", search] = path.split("?");
  const asked = search === undefined ? "" : `?${search}`;
  return [
    `${bare === "/" ? "/_root" : bare}.data${asked}`,
    `${path}${search === undefined ? "?" : "&"}_data=root`,
  ];
};

const PUBLIC = "public, max-age=0, s-maxage=5";
const NO_STORE = "private, no-store";

test("what is answered to somebody signed in lies in no cache afterwards: page, file, refusal, redirect, what the router fetches", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const cacheable: string[] = [];
  for (const who of ["爱心人士甲", "何干事", "管理员"]) {
    await signInAs(page, who);
    for (const rule of Object.values(TABLE)) {
      const path = "path" in rule ? rule.path : "object" in rule ? rule.object : undefined;
      // Open data asks nobody who they are, and says itself for how long it holds.
      if (path === undefined || path.startsWith("/api/")) continue;
      for (const asked of [path, ...fetchedOf(path)]) {
        const kept = (await page.request.get(asked, { maxRedirects: 0 })).headers()["cache-control"];
        // A file that is made while it is sent says besides that nobody is to zip it.
        if (kept !== NO_STORE && kept !== `${NO_STORE}, no-transform`)
          cacheable.push(`${who} ${asked}: ${kept ?? "nothing said"}`);
      }
    }
  }

  expect(cacheable).toEqual([]);
});

test("nor does what lies behind a secret link, whoever has it; pages that are the same for everybody may be kept for seconds", async ({
  request,
}) => {
  const secret = routes
    .filter((route) => /:token|^d\/:label$/.test(route))
    .map((route) => `/${route.replace(/:\w+/, "LNOTHERE")}`);
  expect(secret.length).toBeGreaterThan(5);
  for (const path of [...secret, ...secret.map((one) => `/en${one}`)])
    for (const asked of [path, ...fetchedOf(path)])
      expect([asked, (await request.get(asked, { maxRedirects: 0 })).headers()["cache-control"]]).toEqual([
        asked,
        NO_STORE,
      ]);
  for (const path of ["/", "/wishes", "/en/wishes", "/points"]) {
    const answer = await request.get(path);
    expect([path, answer.status(), answer.headers()["cache-control"]]).toEqual([path, 200, PUBLIC]);
  }

  expect((await request.get("/wishes.data")).headers()["cache-control"]).toBe(NO_STORE);

  // What is not there now may be there in a minute.
  expect((await request.get("/wishes/WNOTHERE")).headers()["cache-control"]).toBe(NO_STORE);
});

test("whoever signs out takes along what the browser still had of their pages", async ({ page, baseURL }) => {
  for (const way of ["/sign-out", "/en/sign-out", "/sign-out.data"]) {
    await signInAs(page, DONOR);
    const answer = await page.request.post(way, {
      headers: { origin: baseURL ?? "" },
      form: {},
      maxRedirects: 0,
    });
    expect([way, answer.headers()["clear-site-data"], answer.headers()["cache-control"]]).toEqual([
      way,
      '"cache", "storage"',
      NO_STORE,
    ]);
  }

  // How they want pages to look stays with them: it is nobody's secret.
  expect((await page.request.get("/me", { maxRedirects: 0 })).status()).toBe(302);
});

test("names that every object has are no names of ours, in whatever form, address or cookie they are sent", async ({
  page,
  baseURL,
}) => {
  const names = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];
  const faults: string[] = [];
  const look = async (what: string, answer: Promise<{ status: () => number }>) => {
    const status = (await answer).status();
    if (status >= 500) faults.push(`${what}: ${status}`);
    return status;
  };

  const headers = { origin: baseURL ?? "" };
  await signInAs(page, "何干事");
  await page.goto("/admin/organisations");
  const body =
    (await page.locator("main a[href*='/admin/organisations/0']").first().getAttribute("href")) ?? "";
  expect(body).not.toBe("");
  for (const name of names) {
    for (const form of [
      { form: name },
      { intent: name },
      { form: name, intent: name, kind: name, which: name, requestKey: name },
    ])
      expect(
        await look(
          `${body} ${JSON.stringify(form)}`,
          page.request.post(body, { headers, form, maxRedirects: 0 }),
        ),
      ).toBe(422);
    for (const path of [
      "/lists-desk/items/SS001/rule",
      "/lists-desk/items/SS001",
      "/lists-desk/values",
      "/matching",
      "/companies",
      "/feedback",
      "/basket",
      "/preferences",
      "/offer",
    ])
      await look(
        `${path} ${name}`,
        page.request.post(path, {
          headers,
          form: { intent: name, kind: name, theme: name, fact: name, version: "1", path: "" },
          maxRedirects: 0,
        }),
      );
    for (const field of names.filter((one) => one !== "__proto__"))
      expect(
        await look(
          `a field ${field}`,
          page.request.post(body, { headers, form: { [field]: name }, maxRedirects: 0 }),
        ),
      ).toBe(400);
    for (const path of [
      "/wishes",
      "/lists/government",
      "/review",
      "/deliveries",
      "/finance/goods",
      "/help-me/finder",
      "/lists-desk",
      "/",
    ])
      await look(
        `${path}?${name}`,
        page.request.get(`${path}?${name}=${name}&sort=${name}&kind=${name}&income=${name}&at=${name}`),
      );
    for (const cookie of [
      `look=${name}.${name}.${name}`,
      `lang=${name}`,
      `done=${name}`,
      `basket=${name}`,
      `${name}=${name}`,
    ])
      expect(await look(`cookie ${cookie}`, page.request.get("/", { headers: { cookie } }))).toBe(200);
    for (const path of [
      `/lists/${name}`,
      `/lists/government/${name}`,
      `/${name}`,
      `/api/hsds/services/${name}`,
      `/deliveries/${name}`,
    ])
      expect(await look(path, page.request.get(path))).toBeGreaterThanOrEqual(400);
    // A whole list is claimed only where all that was asked of it could be read.
    expect(
      await look(
        `claim ${name}`,
        page.request.post("/basket", {
          headers,
          form: { intent: "claim_list", filter: `${name}=x` },
          maxRedirects: 0,
        }),
      ),
    ).toBe(422);
  }

  expect(faults).toEqual([]);
});

test("no form is taken from another site, and no unsigned webhook at all", async ({ request, baseURL }) => {
  for (const path of [
    "/basket",
    "/sign-in",
    "/preferences",
    "/sign-out",
    "/finance",
    "/field/new",
    "/lists-desk/hsds",
    "/api/hsds/services",
  ]) {
    const answer = await request.post(path, {
      headers: { origin: "https://evil.example" },
      form: { intent: "add" },
    });
    expect(answer.status(), path).toBe(403);
    const silent = await request.post(path, { form: { intent: "add" } });
    expect(silent.status(), path).toBe(403);
  }

  expect((await request.post("/webhooks/stripe", { data: "{}" })).status()).toBe(400);
  const spoofed = await request.post("/preferences", {
    headers: { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
    form: { size: "elder" },
  });
  expect([spoofed.status(), baseURL !== undefined]).toEqual([403, true]);
});

test("what is no id at all names nothing: 404, never a fault", async ({ page }) => {
  await signInAs(page, "方社工");
  for (const path of [
    "/field/wishes/not-an-id",
    "/field/wishes/not-an-id/edit",
    "/households/1",
    "/gifts/%00",
    "/review/'",
    "/deliveries/x",
  ]) {
    const status = (await page.request.get(path, { maxRedirects: 0 })).status();
    expect([400, 403, 404], path).toContain(status);
  }
});

test("a staff form sent with nonsense comes back in words, never as a fault", async ({ page, baseURL }) => {
  await signInAs(page, "何干事");
  const send = (path: string, form: Record<string, string>) =>
    page.request.post(path, { headers: { origin: baseURL ?? "" }, form, maxRedirects: 0 });
  const nonsense = [
    await send("/matching", { intent: "accept", offerId: "x", pointId: "y" }),
    await send("/matching", { intent: "approve", allocationId: "'; drop table need" }),
    await send("/matching", { lotId: "x", lineId: "y", quantity: "-1" }),
    await send("/review/not-an-id", { intent: "decline", reason: "because" }),
    await send("/feedback", { feedbackId: "x", publicWords: "好" }),
    await send("/lists-desk", { intent: "answer", reportId: "x", outcome: "burn" }),
    await send("/lists-desk/items/SS001", { name: "", version: "x" }),
    await send("/lists-desk/items/XX000", { intent: "check" }),
    await send("/lists-desk/values", { intent: "approve", id: "'; drop table list_parameter" }),
    await send("/lists-desk/items/SS001/rule", {
      intent: "add",
      path: "../..",
      fact: "__proto__",
      version: "1",
    }),
    await send("/lists-desk/items/SS001/rule", { intent: "constructor" }),
    await send("/lists/social/SS001/report", { kind: "hacked", requestKey: "x" }),
  ];
  expect(nonsense.map((answer) => answer.status()).filter((status) => status >= 500 || status < 400)).toEqual(
    [],
  );
});

test("no address leads out of this house, however many slashes it begins with: no redirect, no link to another language", async ({
  request,
}) => {
  for (const path of [
    "//evil.example",
    "/\\evil.example",
    "/%5cevil.example",
    "/%2fevil.example",
    "///evil.example/x?y=1",
  ]) {
    for (const prefix of ["/zh-Hans", "/zh-Hant", "/en"]) {
      const answer = await request.get(prefix + path, { maxRedirects: 0 });
      const leads = [
        answer.headers()["location"] ?? "",
        ...[...(await answer.text()).matchAll(/\shref="([^"]*)"/g)].map(([, href = ""]) => href),
      ];
      expect(
        leads.filter((href) => /^[/\\]{2}/.test(href) || /^https?:\/\/evil/.test(href)),
        prefix + path,
      ).toEqual([]);
    }
  }
});

test("what neighbours on the same host keep in cookies breaks no page, and signs nobody out", async ({
  page,
  baseURL,
}) => {
  await signInAs(page, DONOR);
  const own = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  for (const neighbour of [
    "city=%u4E2D",
    "x=%",
    "=; ;; a",
    "session2=%E4%B8",
    `lang=%00; look=${"x".repeat(4_000)}`,
  ]) {
    const answer = await page.request.get("/me", {
      maxRedirects: 0,
      headers: { cookie: `${neighbour}; ${own}`, origin: baseURL ?? "" },
    });
    expect(answer.status(), neighbour).toBe(200);
  }
});

test("nobody is sent to another site after signing in", async ({ page }) => {
  for (const back of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    await page.goto(`/sign-in?back=${encodeURIComponent(back)}`);
    await page.getByRole("button", { name: DONOR }).first().click();
    await page.waitForURL(/\/me$/);
  }
});
