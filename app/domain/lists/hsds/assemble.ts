import type { Notes, Origin } from "./notes";
import type { ShapeName } from "./shapes";
import { HAS_ONE, IS_ONE_OF } from "./tables";

export type HsdsRow = Record<string, unknown>;

/** A cell in words: tables have texts and numbers. */
const cellText = (cell: unknown): string =>
  typeof cell === "string" || typeof cell === "number" ? String(cell) : "";

/** The rows of a tabular package by the shape that they have, and where each came from. */
export type Tables = ReadonlyMap<ShapeName, readonly HsdsRow[]>;

/**
 * Ties the rows of tables together into services with everything that belongs to them. A row that leads
 * nowhere stays where it is: whatever no service that was taken reaches is refused in the end. A service
 * whose organization is in no row is refused here.
 */
export function assemble(tables: Tables, origins: WeakMap<object, Origin>, notes: Notes): HsdsRow[] {
  const byId = new Map([...tables].map(([name, rows]) => [name, firstOfEach(rows)]));
  const find = (name: ShapeName, id: unknown): HsdsRow | undefined =>
    typeof id === "string" ? byId.get(name)?.get(id.toLowerCase()) : undefined;
  const originOf = (row: HsdsRow): Origin => origins.get(row) ?? { file: "", row: 0 };
  const orphans = new Set<HsdsRow>();

  for (const { from, key, to, as } of HAS_ONE) {
    for (const row of tables.get(from) ?? []) {
      const other = find(to, row[key]);
      if (other !== undefined) row[as] = other;
      else if (row[key] === undefined) continue;
      else if (to === "organization") {
        orphans.add(row);
        notes.refuse(originOf(row), "no_such_organization", cellText(row[key]));
      } else if (from === "attribute" || from === "service_at_location") {
        orphans.add(row);
        notes.refuse(originOf(row), "links_to_nothing", `${key} ${cellText(row[key])}`);
      } else notes.warn(originOf(row), "links_to_nothing", `${key} ${cellText(row[key])}`);
    }
  }

  const attach = (owner: HsdsRow | undefined, as: string, row: HsdsRow): boolean => {
    if (owner === undefined || orphans.has(row)) return false;
    // Added in place: a list that is copied for each of its rows takes the square of their number.
    const rows = (owner[as] ??= []);
    if (Array.isArray(rows)) rows.push(row);
    return true;
  };

  const attached = new Set<HsdsRow>();

  for (const { from, key, to, as } of IS_ONE_OF) {
    for (const row of tables.get(from) ?? [])
      if (!attached.has(row) && attach(find(to, row[key]), as, row)) attached.add(row);
  }

  for (const row of tables.get("attribute") ?? [])
    attach(find((row["link_entity"] ?? "service") as ShapeName, row["link_id"]), "attributes", row);
  return (tables.get("service") ?? []).filter((row) => !orphans.has(row));
}

function firstOfEach(rows: readonly HsdsRow[]): Map<string, HsdsRow> {
  const known = new Map<string, HsdsRow>();

  for (const row of rows) {
    const id = typeof row["id"] === "string" ? row["id"].toLowerCase() : undefined;
    if (id !== undefined && !known.has(id)) known.set(id, row);
  }

  return known;
}

/** Everything that hangs on a record, itself included. */
export function reach(record: unknown, reached: Set<object>): void {
  if (typeof record !== "object" || record === null || reached.has(record)) return;
  reached.add(record);
  for (const value of Object.values(record)) reach(value, reached);
}
