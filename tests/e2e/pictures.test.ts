import sharp from "sharp";
import { confirmGift, openWish, putIntoBasket, submitBasket } from "./steps/gift";
import { expect, signInAs, test } from "./support";

const sizeOf = async (body: Buffer) => {
  const { format, width, height } = await sharp(body).metadata();
  return { format, width, height };
};

const SQUARE = { format: "png", width: 1_080, height: 1_080 };

test("a wish's page names its picture for chat apps, in its reader's language, and the picture is there", async ({
  page,
  request,
}) => {
  await page.goto("/wishes?kind=goods");
  const wish = (await page.locator('a[href^="/wishes/W"]').first().getAttribute("href")) ?? "";
  for (const lang of ["", "/zh-Hant", "/en"]) {
    await page.goto(lang + wish);
    const said = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute("content");
    expect(await page.locator('meta[property="og:image"]').count()).toBe(1);
    expect(new URL((await said("url")) ?? "").pathname).toBe(lang + wish);
    expect(await said("title")).toBe(await said("image:alt"));
    const picture = new URL((await said("image")) ?? "");
    expect(picture.pathname).toBe(`${lang}${wish}/picture/square.png`);
    const answer = await request.get(picture.pathname);
    expect(await sizeOf(await answer.body())).toEqual(SQUARE);
    const tag = answer.headers()["etag"] ?? "";
    const again = await request.get(picture.pathname, { headers: { "If-None-Match": tag } });
    expect([again.status(), (await again.body()).length]).toEqual([304, 0]);
  }

  const tall = await request.get(`${wish.toLowerCase()}/picture/portrait.png`);
  expect(await sizeOf(await tall.body())).toEqual({ format: "png", width: 900, height: 1_200 });
  for (const wrong of [
    `${wish}/picture/round.png`,
    `${wish}/picture/__proto__`,
    `${wish}/picture/square.png.exe`,
    "/wishes/W0000000000/picture/square.png",
    "/picture/square",
  ])
    expect((await request.get(wrong)).status(), wrong).toBe(404);
});

test("every other page has the portal's own picture, in three languages", async ({ page, request }) => {
  const bodies = new Set<string>();
  for (const lang of ["", "/zh-Hant", "/en"]) {
    await page.goto(`${lang}/points`);
    const image = await page.locator('meta[property="og:image"]').getAttribute("content");
    const answer = await request.get(new URL(image ?? "").pathname);
    expect(answer.headers()["cache-control"]).toContain("public");
    const body = await answer.body();
    expect(await sizeOf(body)).toEqual(SQUARE);
    bodies.add(body.toString("base64"));
  }

  expect(bodies.size).toBe(3);
});

test("a gift's link has a picture that no cache keeps; the phone's sheet gets it as a file, and without scripts it is a link", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, "爱心人士甲");
  await openWish(page, "/wishes?kind=goods&sort=newest");
  await putIntoBasket(page);
  await submitBasket(page);
  const { track } = await confirmGift(page);
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const reader = await plain.newPage();
  await reader.goto(track);
  const link = reader.locator('a[download][href$="square.png"]');
  await expect(link).toBeVisible();
  const answer = await reader.request.get((await link.getAttribute("href")) ?? "");
  expect(answer.headers()["cache-control"]).toBe("private, no-store");
  expect(answer.headers()["x-robots-tag"]).toContain("noindex");
  expect(await sizeOf(await answer.body())).toEqual(SQUARE);
  expect((await reader.request.get(`${track.slice(0, -1)}_/picture/square.png`)).status()).toBe(404);
  await plain.close();

  await page.addInitScript(() => {
    const sent: string[] = [];
    Object.assign(navigator, {
      canShare: () => true,
      share: ({ files = [], url }: { files?: File[]; url: string }) => {
        sent.push(url, ...files.map(({ type, size }) => `${type} ${size > 1_000 ? "whole" : "empty"}`));
        document.documentElement.dataset["sent"] = sent.join(" ");
        return Promise.resolve();
      },
    });
  });
  await page.goto(track);
  await page.locator("[data-act=share]").click();
  await expect(page.locator("html")).toHaveAttribute("data-sent", /\/t\/\S+ image\/png whole$/);
});
