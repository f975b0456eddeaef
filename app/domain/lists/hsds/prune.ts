import type { z } from "zod";
import { isNameIn } from "~/domain/kernel/own";
import type { Notes, Origin } from "./notes";
import { Service } from "./shapes";

type Path = readonly PropertyKey[];
type Holder = Record<PropertyKey, unknown>;
type Reading = Readonly<{ origin: Origin; origins: WeakMap<object, Origin>; notes: Notes }>;

const DEEPEST = 12;
/** A record with more faults than this is no record. */
const MOST_FAULTS = 2_000;

/**
 * Makes a record valid by taking away what is wrong with it, piece by piece, and notes each piece: a wrong
 * value, else the part that cannot be without it (an address, a schedule). Where that part is the service
 * itself, the record is refused. Changes the record in place, so that its parts still know where they came
 * from.
 */
export function readHsdsService(value: unknown, reading: Reading): Service | undefined {
  const { origin, notes } = reading;

  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    notes.refuse(origin, "not_a_record");
    return undefined;
  }

  const nulls = clean(value as Holder, 0, reading);

  if (nulls === undefined) {
    notes.refuse(origin, "not_a_record");
    return undefined;
  }

  if (nulls > 0) notes.warn(origin, "nulls_dropped", String(nulls));
  const pruning = { ...reading, root: value as Holder, dropped: new Map<object, Map<PropertyKey, string>>() };

  for (;;) {
    const read = Service.safeParse(value);
    if (read.success) break;
    if (read.error.issues.length > MOST_FAULTS) {
      notes.refuse(origin, "not_a_record");
      return undefined;
    }

    const gone: Path[] = [];

    for (const issue of [...read.error.issues].sort((a, b) => laterFirst(a.path, b.path))) {
      if (gone.some((path) => path.every((key, index) => issue.path[index] === key))) continue;
      const removed = settle(issue, pruning);
      if (removed === "refused") return undefined;
      if (removed !== undefined) gone.push(removed);
    }
  }

  for (const [holder, values] of pruning.dropped)
    for (const path of values.values())
      notes.warn(reading.origins.get(holder) ?? origin, "value_dropped", path);
  // Valid as it stands: the shapes change nothing.
  return value as Service;
}

/**
 * Drops nulls and empty texts; how many nulls, or undefined when the record is nested beyond anything that
 * HSDS knows.
 */
function clean(holder: Holder, depth: number, reading: Reading): number | undefined {
  if (depth > DEEPEST) return undefined;
  let nulls = 0;

  for (const [key, value] of Object.entries(holder)) {
    if (value === null || value === "") {
      nulls += value === null ? 1 : 0;
      if (Array.isArray(holder)) holder[Number(key)] = undefined;
      else Reflect.deleteProperty(holder, key);
    } else if (typeof value === "object") {
      if (["organization", "program", "taxonomy_term", "taxonomy_detail"].includes(key))
        describe(value as Holder, key, reading);
      const inner = clean(value as Holder, depth + 1, reading);
      if (inner === undefined) return undefined;
      nulls += inner;
    }
  }

  if (Array.isArray(holder)) closeGaps(holder);
  return nulls;
}

function closeGaps(list: unknown[]): void {
  let next = 0;
  for (const value of list) if (value !== undefined) list[next++] = value;
  list.length = next;
}

/**
 * HSDS asks a description of these, real directories leave it out, and only the name is kept: the name stands
 * in, and it is said.
 */
function describe(record: Holder, key: string, { origin, origins, notes }: Reading): void {
  if (
    typeof record["name"] !== "string" ||
    record["name"] === "" ||
    (record["description"] !== undefined && record["description"] !== null && record["description"] !== "")
  )
    return;
  record["description"] = record["name"];
  notes.warn(origins.get(record) ?? origin, "no_description", key);
}

type Pruning = Reading & Readonly<{ root: Holder; dropped: Map<object, Map<PropertyKey, string>> }>;

/** Takes away what one issue is about; the path that is gone, "refused" when that is the record itself. */
function settle(issue: z.core.$ZodIssue, pruning: Pruning): Path | "refused" | undefined {
  const { path } = issue;

  if (issue.code === "unrecognized_keys") {
    const holder = at(pruning.root, path);
    if (holder !== undefined) for (const key of issue.keys) Reflect.deleteProperty(holder, key);
    pruning.notes.warn(
      originAt(path, pruning),
      "unknown_key",
      issue.keys.map((key) => inWords([...path, key])).join(", "),
    );

    return undefined;
  }

  const holder = at(pruning.root, path.slice(0, -1));
  const key = path.at(-1);
  if (key === undefined || holder === undefined) return refuse(pruning, "bad_value", inWords(path));
  if (!isNameIn(holder, key)) {
    const part = path.slice(0, -1);
    // Of an address that lacks several things, the one that real directories leave out.
    if (part.at(-2) === "addresses" && !("postal_code" in holder))
      return removePart(part, "address_without_postal_code", inWords(part), pruning);
    const wasWrong = pruning.dropped.get(holder)?.has(key) ?? false;
    return removePart(part, wasWrong ? "bad_value" : "missing_value", inWords(path), pruning);
  }

  if (Array.isArray(holder))
    return removePart(
      path,
      issue.message === "half_schedule" ? "half_schedule" : "bad_value",
      inWords(path),
      pruning,
    );
  Reflect.deleteProperty(holder, key);
  const dropped = pruning.dropped.get(holder) ?? new Map<PropertyKey, string>();
  pruning.dropped.set(holder, dropped.set(key, inWords(path)));
  // What else was said of this value is settled with it: an optional one that is wrong in two ways costs no
  // more than itself.
  return path;
}

type PartCode = "missing_value" | "bad_value" | "half_schedule" | "address_without_postal_code";

/**
 * A part that came in a row of its own is refused by that row; one within a record is a warning on the
 * record.
 */
function removePart(path: Path, code: PartCode, detail: string, pruning: Pruning): Path | "refused" {
  const { root, origins, notes, dropped } = pruning;
  const part = at(root, path);
  const holder = at(root, path.slice(0, -1));
  const key = path.at(-1);
  if (key === undefined || holder === undefined) return refuse(pruning, code, detail);
  const own = part === undefined ? undefined : origins.get(part);
  if (own) notes.refuse(own, code, detail);
  else notes.warn(originAt(path, pruning), code, detail);
  if (part !== undefined) dropped.delete(part);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
  return path;
}

function refuse({ origin, notes }: Pruning, code: PartCode, detail: string): "refused" {
  notes.refuse(origin, code, detail);
  return "refused";
}

function at(root: Holder, path: Path): Holder | undefined {
  let value: unknown = root;
  for (const key of path)
    value = typeof value === "object" && value !== null ? (value as Holder)[key] : undefined;
  return typeof value === "object" && value !== null ? (value as Holder) : undefined;
}

/** Origin of the nearest part around that came in a row of its own. */
function originAt(path: Path, { root, origins, origin }: Pruning): Origin {
  for (let length = path.length; length > 0; length -= 1) {
    const part = at(root, path.slice(0, length));
    const known = part && origins.get(part);
    if (known) return known;
  }

  return origin;
}

const inWords = (path: Path): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key + 1}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

/**
 * Later parts of a list first, and what lies deeper before what it lies in, so that no removal moves what
 * another issue is about.
 */
function laterFirst(a: Path, b: Path): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [one, other] = [a[index], b[index]];
    if (one === other) continue;
    return typeof one === "number" && typeof other === "number"
      ? other - one
      : String(one) < String(other)
        ? -1
        : 1;
  }

  return b.length - a.length;
}
