import { Parser } from "saxen";
import { ownOf } from "../own";
import { type NumberFormat, numberShown } from "./numbersShown";
import { unzipBounded } from "./unzip.server";

const MOST_FILES = 500;
/** A table of the most rows that anything takes is some twenty megabytes of XML. */
const MOST_BYTES = 96 * 1024 * 1024;
const MOST_COLUMNS = 400;
const MOST_CELLS = 1_500_000;

/**
 * What a cell shows, or why that cannot be said: a formula's error, a formula that was never worked out, a
 * number that lost digits.
 */
export type ShownCell = string | Readonly<{ wrong: "formula_error" | "formula_empty" | "digits_lost" }>;

export type Sheet = Readonly<{
  name: string;
  /** Rows that hold anything, by their number; cells by their column, from 0. */
  rows: ReadonlyMap<number, ReadonlyMap<number, ShownCell>>;
  hiddenRows: ReadonlySet<number>;
  hiddenColumns: ReadonlySet<number>;
  merged: readonly Readonly<{ range: string; firstRow: number; lastRow: number; firstColumn: number }>[];
}>;

/** A file that is packed like a workbook and is none: a text document, one of another program. */
export class NoWorkbook extends Error {}
/** A sheet of more columns or cells than any table that we read. */
export class TooWide extends Error {}

type Open = (name: string, attributes: Readonly<Record<string, string>>) => void;

/**
 * The visible sheets of an XLSX file, read one by one as they are asked for; every cell as the sheet shows
 * it.
 * @throws {TooMuchInside} @throws {BrokenArchive} @throws {NoWorkbook} @throws {TooWide}
 */
export function* sheetsOf(bytes: Uint8Array): Generator<Sheet> {
  const files = unzipBounded(bytes, {
    mostFiles: MOST_FILES,
    mostBytes: MOST_BYTES,
    wants: (name) => /\.(xml|rels)$/.test(name) && !/(drawings|media|theme)\//.test(name),
  });

  const text = (name: string): string | undefined => {
    const content = files.get(name);
    return content && new TextDecoder().decode(content);
  };

  const workbook = text("xl/workbook.xml");
  const relations = text("xl/_rels/workbook.xml.rels");
  if (workbook === undefined || relations === undefined) throw new NoWorkbook();
  const targets = new Map<string, string>();
  const kinds = new Map<string, string>();

  walk(relations, (name, { Id = "", Target = "", Type = "" }) => {
    if (name !== "Relationship") return;
    const target = Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`;
    targets.set(Id, target);
    kinds.set(Type.slice(Type.lastIndexOf("/") + 1), target);
  });

  const sheets: { name: string; target: string }[] = [];
  let is1904 = false;

  walk(workbook, (name, attributes) => {
    if (name === "workbookPr") is1904 = ["1", "true"].includes(attributes["date1904"] ?? "");
    if (name !== "sheet" || (attributes["state"] ?? "visible") !== "visible") return;
    const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1];
    sheets.push({ name: attributes["name"] ?? "", target: targets.get(id ?? "") ?? "" });
  });

  const strings = stringsOf(text(kinds.get("sharedStrings") ?? "xl/sharedStrings.xml"));
  const formats = formatsOf(text(kinds.get("styles") ?? "xl/styles.xml"));

  for (const { name, target } of sheets) {
    const xml = text(target);
    if (xml !== undefined) yield readSheet(name, xml, { strings, formats, is1904 });
  }
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

function walk(
  xml: string,
  open: Open,
  close: (name: string) => void = () => undefined,
  said: (text: string) => void = () => undefined,
): void {
  let broken: Error | undefined;

  new Parser()
    .on("openTag", (name, attributes, _decode, isEmpty) => {
      open(
        local(name),
        Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [key, decoded(value)])),
      );

      if (isEmpty) close(local(name));
    })
    .on("closeTag", (name) => {
      close(local(name));
    })
    .on("text", (raw) => {
      said(decoded(raw));
    })
    .on("cdata", said)
    .on("error", (error) => {
      broken = error;
    })
    .parse(xml);

  if (broken) throw broken;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The parser's own way cuts letters beyond the first 65,536 in two. */
const decoded = (text: string): string =>
  text.includes("&")
    ? text.replace(
        /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
        (all, hex?: string, decimal?: string, name?: string) => {
          if (name !== undefined) return ownOf(NAMED, name) ?? all;
          const code = hex === undefined ? parseInt(decimal ?? "", 10) : parseInt(hex, 16);
          return code <= 0x10ffff ? String.fromCodePoint(code) : all;
        },
      )
    : text;

/** `_x000D_` stands for a letter that XML cannot hold. */
const unescaped = (text: string): string =>
  text.replace(/_x([\dA-F]{4})_/gi, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Texts that cells refer to, without the readings that stand above Chinese in some of them. */
function stringsOf(xml: string | undefined): string[] {
  const strings: string[] = [];
  let [inText, inReading, current] = [false, false, ""];
  if (xml !== undefined)
    walk(
      xml,
      (name) => {
        if (name === "si") current = "";
        if (name === "rPh") inReading = true;
        if (name === "t") inText = !inReading;
      },
      (name) => {
        if (name === "t") inText = false;
        if (name === "rPh") inReading = false;
        if (name === "si") strings.push(unescaped(current));
      },
      (text) => {
        if (inText) current += text;
      },
    );
  return strings;
}

/** The format of each style of a cell. */
function formatsOf(xml: string | undefined): NumberFormat[] {
  const patterns = new Map<string, string>();
  const ids: string[] = [];
  let inCells = false;
  if (xml !== undefined)
    walk(
      xml,
      (name, attributes) => {
        if (name === "numFmt") patterns.set(attributes["numFmtId"] ?? "", attributes["formatCode"] ?? "");
        if (name === "cellXfs") inCells = true;
        if (name === "xf" && inCells) ids.push(attributes["numFmtId"] ?? "0");
      },
      (name) => {
        if (name === "cellXfs") inCells = false;
      },
    );
  return ids.map((id) => ({ id: parseInt(id, 10), pattern: patterns.get(id) }));
}

type Book = Readonly<{ strings: readonly string[]; formats: readonly NumberFormat[]; is1904: boolean }>;
type Cell = {
  type: string;
  style: number;
  value: string | undefined;
  inline: string;
  hasFormula: boolean;
  column: number;
};

function readSheet(name: string, xml: string, book: Book): Sheet {
  const rows = new Map<number, Map<number, ShownCell>>();
  const hiddenRows = new Set<number>();
  const hiddenColumns = new Set<number>();
  const merged: { range: string; firstRow: number; lastRow: number; firstColumn: number }[] = [];
  let [row, column, cells] = [0, -1, 0];
  let cell: Cell | undefined;
  let [inValue, inText, inReading] = [false, false, false];

  walk(
    xml,
    (tag, attributes) => {
      if (tag === "row") {
        row = whole(attributes["r"]) ?? row + 1;
        column = -1;
        if (attributes["hidden"] === "1" || attributes["hidden"] === "true") hiddenRows.add(row);
      } else if (tag === "c") {
        column = placeOf(attributes["r"] ?? "")?.column ?? column + 1;
        cell = {
          type: attributes["t"] ?? "n",
          style: whole(attributes["s"]) ?? 0,
          value: undefined,
          inline: "",
          hasFormula: false,
          column,
        };
      } else if (tag === "v") [inValue] = [true];
      else if (tag === "f" && cell) cell.hasFormula = true;
      else if (tag === "rPh") inReading = true;
      else if (tag === "t") inText = !inReading;
      else if (tag === "col" && (attributes["hidden"] === "1" || attributes["hidden"] === "true"))
        for (
          let hidden = whole(attributes["min"]) ?? 1;
          hidden <= Math.min(whole(attributes["max"]) ?? 0, MOST_COLUMNS);
          hidden += 1
        )
          hiddenColumns.add(hidden - 1);
      else if (tag === "mergeCell") {
        const range = attributes["ref"] ?? "";
        const [first, last] = range.split(":").map(placeOf);
        if (first && last && merged.length < MOST_COLUMNS)
          merged.push({ range, firstRow: first.row, lastRow: last.row, firstColumn: first.column });
      }
    },
    (tag) => {
      if (tag === "v") inValue = false;
      else if (tag === "t") inText = false;
      else if (tag === "rPh") inReading = false;
      else if (tag === "c" && cell) {
        const shown = shownOf(cell, book);

        if (shown !== "") {
          cells += 1;
          if (cell.column >= MOST_COLUMNS || cells > MOST_CELLS) throw new TooWide();
          const own = rows.get(row) ?? new Map<number, ShownCell>();
          rows.set(row, own.set(cell.column, shown));
        }

        cell = undefined;
      }
    },
    (text) => {
      if (cell === undefined) return;
      if (inValue) cell.value = (cell.value ?? "") + text;
      else if (inText) cell.inline += text;
    },
  );

  return { name, rows, hiddenRows, hiddenColumns, merged };
}

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,7}$/.test(text) ? parseInt(text, 10) : undefined;

/** Where "BC12" is: column from 0, row from 1. */
function placeOf(reference: string): { column: number; row: number } | undefined {
  const match = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference);
  if (!match?.[1] || !match[2]) return undefined;
  const column = Array.from(match[1]).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: parseInt(match[2], 10) };
}

function shownOf(
  { type, style, value, inline, hasFormula }: Cell,
  { strings, formats, is1904 }: Book,
): ShownCell {
  if (hasFormula && value === undefined && inline === "") return { wrong: "formula_empty" };
  switch (type) {
    case "inlineStr":
      return unescaped(inline);
    case "str":
      return unescaped(value ?? "");
    case "s":
      return strings[whole(value) ?? -1] ?? "";
    case "b":
      return value === undefined ? "" : value === "1" ? "TRUE" : "FALSE";
    case "e":
      return { wrong: "formula_error" };
    case "d":
      return (value ?? "")
        .replace(/T00:00(:00(\.0+)?)?Z?$/, "")
        .replace(/T(\d\d:\d\d)(:00(\.0+)?)?Z?$/, " $1");
    default: {
      if (value === undefined || value.trim() === "") return "";
      const number = Number.parseFloat(value);
      if (!Number.isFinite(number)) return value;
      return (
        numberShown(number, formats[style] ?? { id: 0, pattern: undefined }, is1904) ?? {
          wrong: "digits_lost",
        }
      );
    }
  }
}
