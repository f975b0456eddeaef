import { type Row, type Template, TOLD_OF, WORDS } from "./template";

/** A row of the demo and the table in which it stands. */
type Placed = Readonly<{ table: string; row: Row }>;

/** What belongs together: a household, its wishes, who gave to them and what became of it. */
export type Part = Readonly<{ rows: readonly Placed[]; isOpen: boolean }>;

const OPEN_STATES: Readonly<Record<string, readonly string[]>> = {
  need: ["draft", "submitted", "verified", "returned", "suspended"],
  pledge: ["promised", "paying"],
  delivery: ["packed", "dispatched", "handed_over", "failed_attempt", "returning"],
  purchase: ["proposed"],
  joint_day: ["proposed", "agreed"],
  collection: ["asked", "missed"],
  recipient_request: ["open", "forwarded"],
  item_report: ["open"],
  call_back: ["waiting", "in_hand"],
};

/** Whether somebody still has something to do for a row. */
function waits({ table, row }: Placed): boolean {
  if (OPEN_STATES[table]?.includes(row.state ?? "")) return true;
  if (table === "pledge" && (row.state === "confirmed" || row.state === "paid"))
    return Number(row.quantity) > Number(row.settled) + Number(row.given_back);
  if (table === "offer") return row.state !== "applied";
  if (table === "parcel") return row.inspected_at === null;
  if (table === "referral") return row.closed_at === null;
  if (table === "lot_stock") return (row.place ?? "").startsWith("point:") && Number(row.quantity) > 0;
  if (table === "public_need") return row.is_open === "true";
  return false;
}

/** The names that stand in a row. */
export const namesIn = (row: Row, known: { has: (name: string) => boolean }): string[] =>
  Object.values(row).flatMap((cell) => (cell?.match(WORDS) ?? []).filter((word) => known.has(word)));

/** The demo in its parts; the first is the donors. */
export function partsOf({ tables, names, ofDonors, shared }: Template): Part[] {
  const parent = new Map<string, string>();
  const rootOf = (name: string): string => {
    const above = parent.get(name) ?? name;
    return above === name ? name : rootOf(above);
  };

  const DONORS = "donors";
  const placed: (Placed & { root: string })[] = [];
  for (const { name: table, rows } of tables) {
    for (const [index, row] of rows.entries()) {
      const inside = namesIn(row, names).filter((name) => !shared.has(name));
      const own = inside.filter((name) => !ofDonors.has(name));
      const isDonors = own.length === 0 ? inside.length > 0 : ofDonors.has(row[TOLD_OF[table] ?? ""] ?? "");
      const root = isDonors ? DONORS : (own[0] ?? `${table} ${index}`);
      for (const other of own) parent.set(rootOf(other), rootOf(root));
      placed.push({ table, row, root });
    }
  }

  const parts = new Map<string, Placed[]>([[DONORS, []]]);
  for (const { root, ...one } of placed) {
    const rows = parts.get(rootOf(root));
    if (rows) rows.push(one);
    else parts.set(rootOf(root), [one]);
  }

  return [...parts.values()].map((rows) => ({ rows, isOpen: rows.some(waits) }));
}
