import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

const PHONE = { width: 390, height: 844 };

test("on a phone what a list is narrowed by stands above its results, and each is undone by itself", async ({
  page,
}) => {
  await page.setViewportSize(PHONE);
  await page.goto("/wishes?kind=goods&group=child&q=书");
  const chips = page.getByRole("navigation", { name: "正在这样找" });
  await expect(chips.getByRole("link")).toHaveText(["“书”", "物品", "儿童"]);
  await expect(page.getByLabel("类别")).toBeHidden();
  await expect(page.getByText("筛选（已选 2 项）")).toBeVisible();
  await expectNoBarriers(page);
  await chips.getByRole("link", { name: "去掉条件：儿童" }).click();
  await expect(page).toHaveURL(/\/wishes\?(?=.*q=)(?=.*kind=goods)(?!.*group)/);
  await expect(chips.getByRole("link")).toHaveText(["“书”", "物品"]);
});

test("on a phone the first result of a list stands within the first screen, also where it is narrowed", async ({
  page,
}) => {
  await page.setViewportSize(PHONE);
  for (const path of ["/wishes", "/wishes?kind=goods"]) {
    await page.goto(path);
    const first = await page.getByRole("article").first().boundingBox();
    expect(first?.y, path).toBeLessThan(PHONE.height - 120);
  }
});

test("a list is followed as a feed: its newest wishes, under its own conditions, in the reader's language", async ({
  page,
  request,
}) => {
  await page.goto("/wishes?kind=goods");
  const address = await page.getByRole("link", { name: "订阅这些心愿（Atom）" }).getAttribute("href");
  expect(address).toBe("/wishes.atom?kind=goods");
  const answer = await request.get(address ?? "");
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([
    200,
    "application/atom+xml; charset=utf-8",
  ]);
  const read = await page.evaluate(
    (text) => {
      const feed = new DOMParser().parseFromString(text, "application/xml");
      const all = (name: string) => [...feed.getElementsByTagName(name)].map((one) => one.textContent);
      return {
        wrong: all("parsererror"),
        titles: all("title"),
        at: all("updated"),
        ids: all("id"),
        summaries: all("summary"),
      };
    },
    await answer.text(),
  );
  expect(read.wrong).toEqual([]);
  expect(read.titles[0]).toMatch(/心愿 · 物品$/);
  expect(read.ids.length).toBeGreaterThan(3);
  for (const summary of read.summaries) expect(summary).toMatch(/ · 还差 [\d,]+ \S+$/);
  const [newest, ...entries] = read.at;
  expect(entries).toEqual([...entries].sort().reverse());
  expect(newest).toBe(entries[0]);
  const tag = answer.headers()["etag"] ?? "";
  const again = await request.get(address ?? "", { headers: { "if-none-match": tag } });
  expect(again.status()).toBe(304);
  expect((await request.get("/en/wishes.atom")).headers()["content-type"]).toContain("atom");
  const wrong = await request.get("/wishes.atom?kind=cars");
  expect(wrong.status()).toBe(400);
});

test("a wish shows where each unit is, who else waits nearby, and has its button within the first screen", async ({
  page,
}) => {
  await page.setViewportSize(PHONE);
  await page.goto("/wishes?kind=goods");
  await page.getByRole("article").first().getByRole("link").click();
  await expect(page.getByText(/等人认领 \d+/)).toBeVisible();
  const give = page.getByRole("link", { name: "我来认领" });
  await expect(give).toBeInViewport();
  await give.click();
  await expect(page.getByRole("button", { name: "放进心愿篮" })).toBeInViewport();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
});

test("a basket is emptied after one question, or gone on from", async ({ page }) => {
  await page.goto("/wishes?kind=goods");
  await page.getByRole("article").first().getByRole("link").click();
  await page.getByRole("button", { name: "放进心愿篮" }).first().click();
  await expect(page.getByRole("link", { name: "继续挑心愿" })).toHaveAttribute("href", "/wishes");
  await page.getByText("清空心愿篮", { exact: true }).click();
  await page.getByRole("button", { name: "清空心愿篮" }).click();
  await expect(page.getByText("心愿篮还是空的")).toBeVisible();
  await page.reload();
  await expect(page.getByText("心愿篮还是空的")).toBeVisible();
});
