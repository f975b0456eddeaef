import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import opentype from "opentype.js";
import { unpackWoff } from "./woff.server";

export const WEIGHTS = [400, 700] as const;
export type Weight = (typeof WEIGHTS)[number];

/** A letter as it is drawn: its width and its outline, in thousandths of its size, above a line at 0. */
export type Letter = Readonly<{ width: number; outline: string }>;

/** Everything drawn with: a picture has the same letters on every machine, whatever fonts that has. */
export type Letters = Readonly<Record<Weight, ReadonlyMap<string, Letter>>>;

const EM = 1_000;
const FONT = path.resolve("node_modules/@fontsource/noto-sans-sc");
/** Where nothing else draws a letter: as wide as a Chinese one, and empty. */
const BLANK: Letter = { width: EM, outline: "" };
/** Some megabytes: more letters than any city's wishes are written with in a year. */
const MOST_KEPT = 8_000;

/** The slices of the font, each with the first and last signs of the ranges that it draws. */
type Slice = Readonly<{ name: string; ranges: readonly (readonly [number, number])[] }>;
let slicesRead: readonly Slice[] | undefined;

function slices(): readonly Slice[] {
  slicesRead ??= Object.entries(
    JSON.parse(readFileSync(path.join(FONT, "unicode.json"), "utf8")) as Readonly<Record<string, string>>,
  ).map(([name, ranges]) => ({
    name: name.replace(/[[\]]/g, ""),
    ranges: ranges.split(",").map((range) => {
      const [first = "", last = first] = range.replace("U+", "").split("-");
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
    }),
  }));
  return slicesRead;
}

const sliceOf = (letter: string): string | undefined => {
  const sign = letter.codePointAt(0) ?? 0;
  return slices().find(({ ranges }) => ranges.some(([first, last]) => first <= sign && sign <= last))?.name;
};

const kept: Readonly<Record<Weight, Map<string, Letter>>> = { 400: new Map(), 700: new Map() };

type Glyph = ReturnType<ReturnType<typeof opentype.parse>["charToGlyph"]>;

/** As an SVG writes it. The library's own writer runs a number and a zero after it together. */
const outlineOf = (glyph: Glyph): string =>
  glyph
    .getPath(0, 0, EM)
    .commands.map(({ type, x1, y1, x2, y2, x, y }) => {
      const numbers = [x1, y1, x2, y2, x, y].flatMap((number) => (number === undefined ? [] : [number]));
      return type + numbers.map((number) => Math.round(number)).join(" ");
    })
    .join("");

/** Reads the letters of one slice. A slice takes some milliseconds, and others are answered between two. */
async function readSlice(weight: Weight, slice: string, letters: readonly string[]): Promise<void> {
  const file = path.join(FONT, "files", `noto-sans-sc-${slice}-${String(weight)}-normal.woff`);
  const font = opentype.parse(new Uint8Array(unpackWoff(await readFile(file))).buffer);
  const size = EM / font.unitsPerEm;
  for (const letter of letters) {
    const glyph = font.charToGlyph(letter);
    kept[weight].set(
      letter,
      font.charToGlyphIndex(letter) === 0
        ? BLANK
        : { width: glyph.advanceWidth * size, outline: outlineOf(glyph) },
    );
  }
}

async function keepLetters(weight: Weight, texts: readonly string[]): Promise<void> {
  const wanted = new Map<string, string[]>();
  for (const letter of new Set(texts.flatMap((text) => Array.from(text)))) {
    if (kept[weight].has(letter)) continue;
    const slice = sliceOf(letter);
    if (slice === undefined) kept[weight].set(letter, BLANK);
    else wanted.set(slice, [...(wanted.get(slice) ?? []), letter]);
  }

  for (const [slice, letters] of wanted) await readSlice(weight, slice, letters);
}

/**
 * The letters with which these texts are drawn, of simplified and traditional Chinese and of what Latin
 * letters write. A letter that the font does not have is blank. What was read once is kept.
 */
export async function lettersFor(texts: Readonly<Record<Weight, readonly string[]>>): Promise<Letters> {
  const found = { 400: new Map<string, Letter>(), 700: new Map<string, Letter>() };
  for (const weight of WEIGHTS) {
    if (kept[weight].size > MOST_KEPT) kept[weight].clear();
    await keepLetters(weight, texts[weight]);
    for (const letter of texts[weight].flatMap((text) => Array.from(text)))
      found[weight].set(letter, kept[weight].get(letter) ?? BLANK);
  }

  return found;
}
