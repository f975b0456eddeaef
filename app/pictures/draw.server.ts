import sprite from "~/ui/icons/objects.svg?raw";
import { dot, drawUnits } from "./dots";
import { lettersFor } from "./letters.server";
import { INK, makePen, type Pen, type Style } from "./pen";
import { type Picture, type Shape, SHAPES } from "./picture";

const HOUSE: Style = { size: 36, weight: 700, colour: INK.brand, line: 44 };
const CITY: Style = { size: 26, weight: 400, colour: INK.muted, line: 36 };
const LABEL: Style = { size: 28, weight: 700, colour: INK.brand, line: 48 };
const TITLE: Style = { size: 54, weight: 700, colour: INK.ink, line: 74 };
const PLACE: Style = { size: 30, weight: 400, colour: INK.muted, line: 50 };
const WORDS: Style = { size: 26, weight: 400, colour: INK.ink, line: 42 };
const VALUE: Style = { size: 50, weight: 700, colour: INK.brand, line: 64 };
const COUNTED: Style = { size: 26, weight: 400, colour: INK.muted, line: 38 };
const INVITATION: Style = { size: 30, weight: 700, colour: INK.ink, line: 44 };
const ADDRESS: Style = { size: 23, weight: 400, colour: INK.muted, line: 33 };

const EDGE = 64;
const HEAD = 128;
const FOOT = 232;
const QR = 168;
const LEAST_TILE = 150;

/** The mark, as on every page: a heart in one line whose last part is dotted. */
const heart = (x: number, y: number, size: number): string =>
  `<svg x="${x}" y="${y}" width="${size}" height="${size}" viewBox="0 0 36 36" fill="none" stroke="${INK.brand}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"><path d="M18 31C10.5 25.3 4.5 19.8 4.5 13.2 4.5 9 7.7 6 11.4 6c2.8 0 5.2 1.6 6.6 4.3C19.4 7.6 21.8 6 24.6 6c3.7 0 6.9 3 6.9 7.2 0 2.2-.7 4.2-1.9 6.2"/><path d="M27 22.9C24.6 25.7 21.6 28.3 18 31" stroke-dasharray="0.01 4.3"/></svg>`;

const DRAWN: ReadonlyMap<string, string> = new Map(
  [...sprite.matchAll(/<symbol id="([^"]+)"[^>]*>(.*?)<\/symbol>/gs)].map(([, name = "", strokes = ""]) => [
    name,
    strokes.replaceAll("var(--c-peach,#f2b8a0)", INK.peach),
  ]),
);

/** The drawing of a kind of thing in the colours of a tile; undefined where there is none of that name. */
function drawingOf(name: string | undefined, x: number, y: number, size: number): string | undefined {
  const strokes = DRAWN.get(name ?? "");
  return strokes === undefined
    ? undefined
    : `<svg x="${x}" y="${y}" width="${size}" height="${size}" viewBox="0 0 48 48" color="${INK.brand}">${strokes}</svg>`;
}

type Drawn = Readonly<{ svg: string; height: number }>;

/** The words for every kind of dot that is there, beside one of them; as many in a row as have room. */
function legend(pen: Pen, { dots, words }: NonNullable<Picture["units"]>, y: number, width: number): Drawn {
  let [x, top] = [EDGE, y];
  let svg = "";
  for (const place of ["delivered", "atPoint", "promised", "waiting"] as const) {
    if (dots[place] === 0) continue;
    const long = 34 + pen.widthOf(WORDS, words[place]);
    if (x > EDGE && x + long > EDGE + width) [x, top] = [EDGE, top + WORDS.line];
    svg += dot(place, x, top + 9, 24) + pen.writeLines(WORDS, [words[place]], x + 34, top);
    x += long + 32;
  }

  return { svg, height: top + WORDS.line - y };
}

/** Figures side by side, in rows of two or three. */
function table(
  pen: Pen,
  figures: readonly NonNullable<Picture["figures"]>[number][],
  y: number,
  width: number,
) {
  const columns = figures.length === 2 || figures.length === 4 ? 2 : 3;
  const [column, row] = [width / columns, VALUE.line + COUNTED.line + 14];
  const svg = figures.map(({ value, label }, index) => {
    const [x, top] = [EDGE + (index % columns) * column, y + Math.floor(index / columns) * row];
    const [words = ""] = pen.linesOf(COUNTED, label, column - 16, 1);
    return pen.writeLines(VALUE, [value], x, top) + pen.writeLines(COUNTED, [words], x, top + VALUE.line);
  });
  return { svg: svg.join(""), height: Math.ceil(figures.length / columns) * row };
}

/** What is told below the drawing: what it is, where, and how far it has come. */
function body(pen: Pen, picture: Picture, y: number, width: number): Drawn {
  const title = pen.evenLinesOf(TITLE, picture.title, width, 3);
  const place = picture.place === undefined ? [] : pen.linesOf(PLACE, picture.place, width, 1);
  let at = y;
  let svg = pen.writeLines(LABEL, [picture.label], EDGE, at);
  at += LABEL.line;
  svg += pen.writeLines(TITLE, title, EDGE, at);
  at += title.length * TITLE.line;
  svg += pen.writeLines(PLACE, place, EDGE, at);
  at += place.length * PLACE.line;
  if (picture.units) {
    const units = drawUnits(picture.units.dots, { x: EDGE, y: at + 18, width });
    at += 18 + units.height + 14;
    const words = legend(pen, picture.units, at, width);
    svg += units.svg + words.svg;
    at += words.height;
  }

  if (picture.figures) {
    const figures = table(pen, picture.figures, at + 18, width);
    svg += figures.svg;
    at += 18 + figures.height;
  }

  return { svg, height: at - y };
}

/** The code to scan on a band of its own, and beside it in words what there is to see and where. */
function foot(pen: Pen, { qr, invitation, address, asOf }: Picture, shape: Shape): string {
  const { width, height } = SHAPES[shape];
  const top = height - FOOT;
  const most = width - 2 * EDGE - QR - 40;
  const said = pen.linesOf(INVITATION, invitation, most, 2);
  const where = pen.linesOf(ADDRESS, address, most, 2);
  const day = pen.linesOf(ADDRESS, asOf, most, 1);
  const tall = said.length * INVITATION.line + (where.length + day.length) * ADDRESS.line + 6;
  const from = top + (FOOT - tall) / 2;
  const module = QR / qr.size;
  return [
    `<rect y="${top}" width="${width}" height="${FOOT}" fill="${INK.surface}"/><rect y="${top}" width="${width}" height="2" fill="${INK.line}"/>`,
    pen.writeLines(INVITATION, said, EDGE, from),
    pen.writeLines(ADDRESS, [...where, ...day], EDGE, from + said.length * INVITATION.line + 6),
    `<path fill="${INK.ink}" transform="translate(${width - EDGE - QR} ${top + (FOOT - QR) / 2}) scale(${module})" d="${qr.path}"/>`,
  ].join("");
}

const textsOf = ({ units, figures, ...picture }: Picture) => ({
  400: [
    picture.city,
    picture.place ?? "",
    picture.address,
    picture.asOf,
    ...Object.values(units?.words ?? {}),
    ...(figures ?? []).map(({ label }) => label),
    "…",
  ],
  700: [
    picture.house,
    picture.label,
    picture.title,
    picture.invitation,
    ...(figures ?? []).map(({ value }) => value),
    "…",
  ],
});

/** The picture as an SVG that needs nothing besides itself. Its drawing has the room that words leave. */
export async function drawPicture(picture: Picture, shape: Shape): Promise<string> {
  const pen = makePen(await lettersFor(textsOf(picture)));
  const { width, height } = SHAPES[shape];
  const inner = width - 2 * EDGE;
  const tall = body(pen, picture, 0, inner).height;
  const tile = Math.max(LEAST_TILE, height - FOOT - HEAD - tall - 48);
  const size = Math.min(tile * 0.72, 300);
  const [x, y] = [width / 2 - size / 2, HEAD + tile / 2 - size / 2];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${INK.canvas}"/>`,
    heart(EDGE, 44, 54),
    pen.writeLines(HOUSE, [picture.house], EDGE + 68, 50),
    pen.write(CITY, picture.city, { x: width - EDGE, y: 82, end: true }),
    `<rect x="${EDGE}" y="${HEAD}" width="${inner}" height="${tile}" rx="36" fill="${INK.soft}"/>`,
    drawingOf(picture.drawing, x, y, size) ?? heart(x, y, size),
    body(pen, picture, HEAD + tile + 24, inner).svg,
    foot(pen, picture, shape),
    "</svg>",
  ].join("\n");
}
