import { uuidv7 } from "uuidv7";
import { entry } from "./steps/forms";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

const asked = { name: "黄阿姨", phone: "０７６０－８８６６ ５５４４", words: "想问问轮椅怎么借" };

test("somebody leaves a number for a neighbour, a caseworker opens it, misses them, and then reaches them", async ({
  page,
}) => {
  await page.goto("/help-me");
  await page.getByRole("link", { name: "留个电话，我们打给您" }).click();
  await expectNoBarriers(page);
  await page.getByRole("button", { name: "请打给我" }).click();
  await expect(page.getByRole("alert")).toContainText("怎么称呼您");

  await page.getByLabel("别人").check();
  await page.getByLabel("怎么称呼您").fill(asked.name);
  await page.getByLabel("电话", { exact: true }).fill("12");
  await page.getByLabel("在哪个镇街").selectOption({ index: 3 });
  await page.getByLabel("什么事，说几句就好").fill(asked.words);
  await page.getByRole("button", { name: "请打给我" }).click();
  await expect(page.getByRole("alert")).toContainText("是谁");
  await expect(page.getByRole("alert")).toContainText("电话");
  // What was typed is kept, also what was chosen.
  await expect(page.getByLabel("怎么称呼您")).toHaveValue(asked.name);
  await expect(page.getByLabel("别人")).toBeChecked();

  await page.getByLabel("是谁").fill("楼上的黄伯");
  await page.getByLabel("电话", { exact: true }).fill(asked.phone);
  await page.getByRole("button", { name: "请打给我" }).click();
  await page.waitForURL(/done=C/);
  const code = new URL(page.url()).searchParams.get("done") ?? "";
  await expect(page.getByText(code)).toBeVisible();
  await expect(page.locator("main")).not.toContainText(asked.name);
  await expectNoBarriers(page);

  await signInAs(page, "方社工");
  await page.goto("/work");
  await page.getByRole("main").getByRole("link", { name: "等回电的人" }).click();
  const card = entry(page, code);
  await expect(card).toContainText("为别人问");
  await expect(card).not.toContainText(asked.name);
  await card.getByRole("button", { name: "打开，打过去" }).click();
  await expect(card).toContainText(asked.name);
  await expect(card).toContainText("楼上的黄伯");
  await expect(card.locator("a[href='tel:076088665544']")).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);

  await card.getByRole("button", { name: "记下" }).click();
  await expect(card.getByRole("alert")).toContainText("结果怎样");
  await card.getByLabel("没有联系上").check();
  await card.getByRole("button", { name: "记下" }).click();
  await expect(card).toContainText("已试 1 次");
  await card.getByRole("button", { name: "打开，打过去" }).click();
  await card.getByLabel("已答复，没有别的事").check();
  await card.getByRole("button", { name: "记下" }).click();
  await expect(page.getByText("已办结这个回电。")).toBeVisible();
  await expect(page.getByText(code)).toHaveCount(0);
});

test("the same press twice is one call-back, without scripts too; nobody without the role opens one", async ({
  request,
  baseURL,
}) => {
  const headers = { origin: baseURL ?? "" };
  const town = /<option value="(\d+)"/.exec(await (await request.get("/call-back")).text())?.[1] ?? "";
  const form = { ...asked, town, cannotHear: "yes", requestKey: uuidv7() };
  const send = () => request.post("/call-back", { headers, maxRedirects: 0, form });
  const [first, second] = [await send(), await send()];
  expect([first.status(), second.status()]).toEqual([302, 302]);
  expect(second.headers()["location"]).toBe(first.headers()["location"]);

  const opened = await request.post("/call-backs", {
    headers,
    maxRedirects: 0,
    form: { intent: "open", callBackId: form.requestKey },
  });
  expect(opened.status()).toBe(401);
  expect(await opened.text()).not.toContain(asked.name);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("in elder mode a page begins near the top, and the phone, the way home, the look and the languages stay in sight", async ({
    page,
    context,
    baseURL,
  }) => {
    await context.addCookies([{ name: "look", value: "auto.auto.elder", url: baseURL ?? "" }]);
    for (const at of ["/elder", "/en/elder", "/zh-Hant/call-back"]) {
      await page.goto(at);
      const head = page.getByRole("banner");
      const { height } = (await head.boundingBox()) ?? { height: 999 };
      expect(height, at).toBeLessThanOrEqual(172);
      for (const part of ["a[href^='tel:']", "form[action$='/preferences'] button", "a[lang]", "summary"])
        await expect(head.locator(part).first()).toBeInViewport();
      await head.locator("summary").click();
      await expect(head.locator("a[href$='/basket']")).toBeInViewport();
      await expectNoOverflow(page);
      await expectNoBarriers(page);
    }
  });
});
