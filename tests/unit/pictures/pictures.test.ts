import sharp from "sharp";
import { expect, test } from "vitest";
import { DomainError } from "~/domain/kernel/errors";
import { drawQr } from "~/http/qr.server";
import { zhHans } from "~/i18n/zh-Hans/catalogues";
import { zhHant } from "~/i18n/zh-Hant/catalogues";
import { drawPicture } from "~/pictures/draw.server";
import { lettersFor } from "~/pictures/letters.server";
import type { Picture } from "~/pictures/picture";
import { SHAPES } from "~/pictures/picture";
import { makeDarkroom, pictureAsPng } from "~/pictures/render.server";

const WORDS = { delivered: "已送到", atPoint: "在服务点", promised: "已认领", waiting: "等人认领" };
const PICTURE: Picture = {
  house: "红心",
  city: "演示市",
  label: "一个红心愿",
  title: "两张书桌",
  drawing: "desk",
  units: { dots: { delivered: 1, atPoint: 2, promised: 3, waiting: 4 }, words: WORDS },
  invitation: "扫一扫",
  address: "portal.test/wishes/W1",
  asOf: "2026年3月2日的样子",
  qr: drawQr("https://portal.test/wishes/W1"),
};

test("a picture is made in either shape, of the size that it says, whatever stands in it", async () => {
  const long = { ...PICTURE, title: "给敬老院的老人过冬用的棉被".repeat(9), place: "西樵镇".repeat(20) };
  const many = { dots: { delivered: 900, atPoint: 1, promised: 0, waiting: 9_000 }, words: WORDS };
  const hostile = { ...PICTURE, title: '<script>&"]]>\u0000😀龘\u202e', drawing: "(.*)", units: many };
  for (const [name, picture] of Object.entries({ PICTURE, long, hostile }))
    for (const shape of ["portrait", "square"] as const) {
      const png = await pictureAsPng(`${name} ${shape}`, picture, shape);
      const { format, width, height } = await sharp(png).metadata();
      expect({ format, width, height }, name).toEqual({ format: "png", ...SHAPES[shape] });
      expect(png.length, name).toBeLessThan(90_000);
    }
});

test("all of it is outlines: no word of it stands in the drawing as text, and nothing outside is asked for", async () => {
  const svg = await drawPicture({ ...PICTURE, title: "script href" }, "square");
  expect(svg).not.toMatch(/<text|href|script|书桌|url\(|var\(/);
  expect(svg.match(/<path/g)?.length).toBeGreaterThan(40);
});

test("every unit has its dot, up to forty; more are shares of a bar", async () => {
  const dashed = async (waiting: number) => {
    const units = { dots: { delivered: 0, atPoint: 0, promised: 0, waiting }, words: WORDS };
    const svg = await drawPicture({ ...PICTURE, units }, "portrait");
    return svg.match(/<circle[^>]*stroke="#8c7f75"/g)?.length ?? 0;
  };

  // One more stands beside the words.
  expect([await dashed(1), await dashed(40), await dashed(41)]).toEqual([2, 41, 1]);
});

test("the font draws every letter of the portal's own words, in both scripts", async () => {
  const words = [zhHans, zhHant].flatMap((catalogue) =>
    Object.values(catalogue).flatMap(Object.values<string>),
  );
  const letters = await lettersFor({ 400: words, 700: [] });
  const blank = [...letters[400]].filter(([letter, { outline }]) => outline === "" && letter.trim() !== "");
  expect(letters[400].size).toBeGreaterThan(1_000);
  expect(blank.map(([letter]) => letter)).toEqual([]);
  // A zero stays apart from the number before it.
  expect(letters[400].get("送")?.outline).not.toMatch(/\d{5}/);
});

/** Makes pictures as slowly as a test says, and counts how many at once. */
function aDarkroom() {
  const made: string[] = [];
  const most = { atOnce: 0 };
  let running = 0;
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const pictureOf = makeDarkroom(async ({ title }) => {
    running += 1;
    most.atOnce = Math.max(most.atOnce, running);
    await gate;
    made.push(title);
    running -= 1;
    return new Uint8Array(1024 * 1024);
  });
  const ask = (title: string) =>
    pictureOf(title, { ...PICTURE, title }, "square").catch((error: unknown) =>
      error instanceof DomainError ? error.code : "broken",
    );
  return { ask, made, most, open: () => open() };
}

test("the same picture is made once for all who ask; of others one is made at a time, twenty wait, and the next is refused at once", async () => {
  const { ask, made, most, open } = aDarkroom();
  const same = [ask("0"), ask("0")];
  const others = Array.from({ length: 23 }, (_, index) => ask(String(index + 1)));
  expect(await Promise.all(others.slice(20))).toEqual(["TOO_BUSY", "TOO_BUSY", "TOO_BUSY"]);
  open();
  expect(new Set(await Promise.all(same)).size).toBe(1);
  await Promise.all(others);
  expect([made.length, new Set(made).size, most.atOnce]).toEqual([21, 21, 1]);
});

test("what was made is kept up to twelve megabytes; what was asked for longest ago is made anew", async () => {
  const { ask, made, open } = aDarkroom();
  open();
  for (let index = 0; index < 12; index += 1) await ask(String(index));
  await ask("0");
  expect(made).toHaveLength(12);
  await ask("12");
  await ask("0");
  expect(made).toHaveLength(13);
  await ask("1");
  expect(made).toHaveLength(14);
});
