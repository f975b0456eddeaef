import type { Letters, Weight } from "./letters.server";
import { inEvenLines, inLines } from "./lines";

/** The colours of the light palette: a picture leaves the portal, and with it what its reader chose there. */
export const INK = {
  canvas: "#fbf8f4",
  surface: "#ffffff",
  soft: "#fbeae6",
  line: "#e6dcd2",
  ink: "#2a2320",
  muted: "#635850",
  brand: "#b3261e",
  peach: "#f2b8a0",
  waiting: "#8c7f75",
  sky: "#1f5c8b",
  jade: "#1f6b52",
} as const;
type Colour = (typeof INK)[keyof typeof INK];

/** How a text looks: its size in pixels, weight, colour, and the height of a line. */
export type Style = Readonly<{ size: number; weight: Weight; colour: Colour; line: number }>;

/** Draws texts as outlines, so that a picture needs no font where it is made. */
export function makePen(letters: Letters) {
  const widthOf = ({ size, weight }: Style, text: string): number => {
    let thousandths = 0;
    for (const letter of text) thousandths += letters[weight].get(letter)?.width ?? 0;
    return thousandths * (size / 1_000);
  };

  /** One line, with its lower edge at `y`; `end` has `x` at its right side. */
  const write = (style: Style, text: string, { x, y, end = false }: Place): string => {
    const scale = style.size / 1_000;
    let at = end ? x - widthOf(style, text) : x;
    let outlines = "";
    for (const letter of text) {
      const { width = 0, outline = "" } = letters[style.weight].get(letter) ?? {};
      if (outline !== "")
        outlines += `<path transform="translate(${at.toFixed(1)} ${y.toFixed(1)}) scale(${scale})" d="${outline}"/>`;
      at += width * scale;
    }

    return `<g fill="${style.colour}">${outlines}</g>`;
  };

  const linesOf = (style: Style, text: string, most: number, lines: number): string[] =>
    inLines(text, { most, lines, widthOf: (part) => widthOf(style, part) });

  const evenLinesOf = (style: Style, text: string, most: number, lines: number): string[] =>
    inEvenLines(text, { most, lines, widthOf: (part) => widthOf(style, part) });

  /** Several lines, the first of which has its upper edge at `y`. */
  const writeLines = (style: Style, lines: readonly string[], x: number, y: number): string =>
    lines
      .map((text, index) =>
        write(style, text, { x, y: y + index * style.line + (style.line + style.size * 0.72) / 2 }),
      )
      .join("");

  return { widthOf, write, linesOf, evenLinesOf, writeLines };
}

export type Pen = ReturnType<typeof makePen>;
type Place = Readonly<{ x: number; y: number; end?: boolean }>;
