import path from "node:path";
import { parse } from "csv-parse/sync";
import { unzipSync } from "fflate";
import { decodeText } from "~/domain/kernel/tables/decodeText";
import { assemble, type Row } from "./assemble";
import type { Notes, Origin } from "./notes";
import type { ShapeName } from "./shapes";
import { columnsOf, NOT_READ, NUMBERS, TABLES } from "./tables";

const MOST_SERVICES = 10_000;
const MOST_FILES = 100;
/** Of all files of an archive together, unpacked. */
const MOST_BYTES = 64 * 1024 * 1024;

export type InputFile = Readonly<{ name: string; bytes: Uint8Array }>;

/** Services as they came, with everything that belongs to them, not yet looked at; and where each row came from. */
export type Package = Readonly<{
  services: readonly Readonly<{ value: unknown; origin: Origin }>[];
  /** Rows of tables other than services. */
  rows: readonly Row[];
  origins: WeakMap<object, Origin>;
  /** How many rows there are. */
  total: number;
}>;

/**
 * Reads services from JSON (a list, a page of an HSDS API, or one service), from NDJSON, from the tables of a tabular package,
 * or from a ZIP archive of any of these. What cannot be read is noted by file and row.
 */
export function readPackage(files: readonly InputFile[], notes: Notes): Package {
  const origins = new WeakMap<object, Origin>();
  const services: { value: unknown; origin: Origin }[] = [];
  const tables = new Map<ShapeName, Row[]>();
  for (const { name, bytes } of files.flatMap((file) => unpacked(file, notes))) {
    const whole = { file: name, row: 0 };
    const table = TABLES[name.toLowerCase()];
    const isRecords = /\.(json|ndjson|jsonl)$/i.test(name);
    if (NOT_READ.has(name.toLowerCase())) notes.warn(whole, "not_read");
    else if (!table && !isRecords) notes.refuse(whole, "unknown_file");
    else {
      const decoded = decodeText(bytes);
      if (decoded.kind !== "text") notes.refuse(whole, "other_letters");
      else if (table) tables.set(table, [...(tables.get(table) ?? []), ...tableRows(name, table, decoded.text, origins, notes)]);
      else services.push(...records(name, decoded.text, notes));
    }
  }
  const assembled = assemble(tables, origins, notes).map((value) => ({ value, origin: origins.get(value) ?? { file: "services.csv", row: 0 } }));
  const all = [...services, ...assembled];
  if (all.length > MOST_SERVICES) notes.refuse({ file: files[0]?.name ?? "", row: 0 }, "too_many", String(MOST_SERVICES));
  const rows = [...tables].flatMap(([name, found]) => (name === "service" ? [] : found));
  return { services: all.length > MOST_SERVICES ? [] : all, rows, origins, total: services.length + (tables.get("service") ?? []).length + rows.length };
}

/** The files of an archive, without what archivers add; anything else is one file. */
function unpacked({ name, bytes }: InputFile, notes: Notes): InputFile[] {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return [{ name: path.basename(name), bytes }];
  let [count, size] = [0, 0];
  try {
    const entries = unzipSync(bytes, {
      filter: (entry) => {
        if (/(^|\/)(\.|__MACOSX\/)|\/$/.test(entry.name)) return false;
        count += 1;
        size += entry.originalSize;
        if (count > MOST_FILES || size > MOST_BYTES) throw new RangeError("too large");
        return true;
      },
    });
    return Object.entries(entries).map(([inside, content]) => ({ name: path.basename(inside), bytes: content }));
  } catch (error) {
    notes.refuse({ file: name, row: 0 }, error instanceof RangeError ? "too_many" : "unreadable_file");
    return [];
  }
}

function records(file: string, text: string, notes: Notes): { value: unknown; origin: Origin }[] {
  const whole = /\.json$/i.test(file) ? parsed(text) : undefined;
  if (whole !== undefined) return listOf(whole.value).map((value, index) => ({ value, origin: { file, row: index + 1 } }));
  if (/\.json$/i.test(file) && parsed(text.slice(0, text.indexOf("\n"))) === undefined) {
    notes.refuse({ file, row: 0 }, "unreadable_file");
    return [];
  }
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const read = parsed(line);
    if (read === undefined) notes.refuse({ file, row: index + 1 }, "not_a_record");
    return read === undefined ? [] : [{ value: read.value, origin: { file, row: index + 1 } }];
  });
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const contents = typeof value === "object" && value !== null && "contents" in value ? value.contents : undefined;
  return Array.isArray(contents) ? contents : [value];
}

/** Filled cells of known columns only; a column that HSDS does not have is named once. */
function tableRows(file: string, name: ShapeName, text: string, origins: WeakMap<object, Origin>, notes: Notes): Row[] {
  let lines: string[][];
  try {
    lines = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, trim: true });
  } catch {
    notes.refuse({ file, row: 0 }, "unreadable_file");
    return [];
  }
  const [head = [], ...body] = lines;
  const known = columnsOf(name);
  const unknown = head.filter((column) => !known.includes(column));
  if (unknown.length > 0) notes.warn({ file, row: 1 }, "unknown_key", unknown.join(", "));
  return body.map((cells, index) => {
    const row: Row = {};
    for (const [place, column] of head.entries()) {
      const cell = cells[place] ?? "";
      if (cell !== "" && known.includes(column)) row[column] = NUMBERS.has(column) && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
    }
    origins.set(row, { file, row: index + 2 });
    return row;
  });
}
