import path from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { ownOf } from "~/domain/kernel/own";
import { decodeText } from "~/domain/kernel/tables/decodeText";
import { isArchive, TooMuchInside, unzipBounded } from "~/domain/kernel/tables/unzip.server";
import { assemble, type HsdsRow } from "./assemble";
import type { Notes, Origin } from "./notes";
import type { ShapeName } from "./shapes";
import { hsdsColumnsOf, NOT_READ, NUMBERS, OLD_KEY, OLD_TABLE, TABLES } from "./tables";

const MOST_SERVICES = 20_000;
const MOST_FILES = 100;
/** Bytes of all files of an archive together, unpacked. */
const MOST_BYTES = 128 * 1024 * 1024;

export type InputFile = Readonly<{ name: string; bytes: Uint8Array }>;

/**
 * Services as they came, with everything that belongs to them, not yet looked at; and where each row came
 * from.
 */
export type Package = Readonly<{
  services: readonly Readonly<{ value: unknown; origin: Origin }>[];
  /** Rows of tables other than services. */
  rows: readonly HsdsRow[];
  origins: WeakMap<object, Origin>;
  /** How many rows there are. */
  total: number;
}>;

/**
 * Reads services from JSON (a list, a page of an HSDS API, or one service), from NDJSON, from the tables of a
 * tabular package, or from a ZIP archive of any of these. What cannot be read is noted by file and row.
 */
export function readPackage(files: readonly InputFile[], notes: Notes): Package {
  const origins = new WeakMap<object, Origin>();
  const services: { value: unknown; origin: Origin }[] = [];
  const tables = new Map<ShapeName, HsdsRow[]>();
  const all = files.flatMap((file) => unpacked(file, notes));
  const old = all.find(
    ({ name, bytes }) =>
      OLD_TABLE.test(name) || (/\.(json|ndjson|jsonl)$/i.test(name) && OLD_KEY.test(beginningOf(bytes))),
  );

  if (old) {
    // One sentence about the package: of its rows nothing could be said that helps.
    notes.refuse({ file: old.name, row: 0 }, "old_version");
    return { services: [], rows: [], origins, total: 0 };
  }

  for (const { name, bytes } of all) {
    const whole = { file: name, row: 0 };
    const table = ownOf(TABLES, name.toLowerCase());
    const isRecords = /\.(json|ndjson|jsonl)$/i.test(name);

    if (NOT_READ.has(name.toLowerCase())) notes.warn(whole, "not_read");
    else if (!table && !isRecords) notes.refuse(whole, "unknown_file");
    else {
      const decoded = decodeText(bytes);
      if (decoded.kind !== "text") notes.refuse(whole, "other_letters");
      else if (table)
        tables.set(table, [
          ...(tables.get(table) ?? []),
          ...tableRows(name, table, decoded.text, origins, notes),
        ]);
      else for (const record of records(name, decoded.text, notes)) services.push(record);
    }
  }

  const assembled = assemble(tables, origins, notes).map((value) => ({
    value,
    origin: origins.get(value) ?? { file: "services.csv", row: 0 },
  }));
  const found = [...services, ...assembled];
  const withOtherIds = found.filter(
    ({ value }) => typeof value === "object" && value !== null && "id" in value && !isId(value.id),
  );

  if (withOtherIds[0] && withOtherIds.length === found.length) {
    notes.forget();
    notes.refuse({ file: withOtherIds[0].origin.file, row: 0 }, "other_ids");
    return { services: [], rows: [], origins, total: found.length };
  }

  if (found.length > MOST_SERVICES)
    notes.refuse({ file: files[0]?.name ?? "", row: 0 }, "too_many", String(MOST_SERVICES));
  const rows = [...tables].flatMap(([name, own]) => (name === "service" ? [] : own));
  return {
    services: found.length > MOST_SERVICES ? [] : found,
    rows,
    origins,
    total: services.length + (tables.get("service") ?? []).length + rows.length,
  };
}

/** The files of an archive, without what archivers add; anything else is one file. */
function unpacked({ name, bytes }: InputFile, notes: Notes): InputFile[] {
  if (!isArchive(bytes) && !/\.zip$/i.test(name)) return [{ name: path.basename(name), bytes }];
  try {
    const inside = unzipBounded(bytes, {
      mostFiles: MOST_FILES,
      mostBytes: MOST_BYTES,
      wants: (entry) => !/(^|\/)(\.|__MACOSX\/)/.test(entry),
    });
    return [...inside].map(([entry, content]) => ({ name: path.basename(entry), bytes: content }));
  } catch (error) {
    notes.refuse({ file: name, row: 0 }, error instanceof TooMuchInside ? "too_many" : "unreadable_file");
    return [];
  }
}

const BEGINNING_BYTES = 1024 * 1024;
const beginningOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, BEGINNING_BYTES)).toString("utf8");
const isId = (id: unknown): boolean => z.guid().safeParse(id).success;

function records(file: string, text: string, notes: Notes): { value: unknown; origin: Origin }[] {
  const whole = /\.json$/i.test(file) ? parsed(text) : undefined;
  if (whole !== undefined)
    return listOf(whole.value).map((value, index) => ({ value, origin: { file, row: index + 1 } }));
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
  const contents =
    typeof value === "object" && value !== null && "contents" in value ? value.contents : undefined;
  return Array.isArray(contents) ? contents : [value];
}

/** Filled cells of known columns only; a column that HSDS does not have is named once. */
function tableRows(
  file: string,
  name: ShapeName,
  text: string,
  origins: WeakMap<object, Origin>,
  notes: Notes,
): HsdsRow[] {
  let lines: string[][];

  try {
    lines = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, trim: true });
  } catch {
    notes.refuse({ file, row: 0 }, "unreadable_file");
    return [];
  }

  const [head = [], ...body] = lines;
  const known = hsdsColumnsOf(name);
  const unknown = head.filter((column) => !known.includes(column));
  if (unknown.length > 0) notes.warn({ file, row: 1 }, "unknown_key", unknown.join(", "));
  return body.map((cells, index) => {
    const row: HsdsRow = {};

    for (const [place, column] of head.entries()) {
      const cell = cells[place] ?? "";
      if (cell !== "" && known.includes(column))
        row[column] = NUMBERS.has(column) && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
    }

    origins.set(row, { file, row: index + 2 });
    return row;
  });
}
