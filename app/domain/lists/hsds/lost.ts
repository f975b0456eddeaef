import type { Origin } from "./notes";
import type { Service } from "./shapes";

type Leaf = Readonly<{ name: string; key: string; text: string; origin: Origin }>;

/** Ids are made anew; days and the state are spoken of where they are read. */
const MADE_ANEW = /^(id|.*_id|link_entity|last_modified|assured_date|status)$/;

function leaves(
  value: unknown,
  name: string,
  origin: Origin,
  originOf: (part: object) => Origin | undefined,
): Leaf[] {
  if (typeof value !== "object" || value === null) return [];
  const at = originOf(value) ?? origin;
  // A description that only repeats the name says nothing.
  const own = "name" in value ? value.name : undefined;
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = Array.isArray(value) ? name : name === "" ? key : `${name}.${key}`;
    if (typeof inner === "object") return leaves(inner, path, at, originOf);
    return MADE_ANEW.test(key) || (key === "description" && inner === own)
      ? []
      : [{ name: path, key, text: `${key}=${String(inner)}`, origin: at }];
  });
}

/**
 * What of a record would not be found in what we give out of it again, by the row that it came in: nothing is
 * lost in silence.
 */
export function lostOf(
  record: Service,
  shown: Service,
  origin: Origin,
  originOf: (part: object) => Origin | undefined,
): Map<Origin, string[]> {
  const found = new Set(leaves(shown, "", origin, () => undefined).map((leaf) => leaf.text));
  const lost = new Map<Origin, string[]>();

  for (const leaf of leaves(record, "", origin, originOf)) {
    if (found.has(leaf.text)) continue;
    const names = lost.get(leaf.origin) ?? [];
    // Of a row of its own, the column is enough.
    const name = leaf.origin === origin ? leaf.name : leaf.key;
    if (!names.includes(name)) lost.set(leaf.origin, [...names, name]);
  }

  return lost;
}
