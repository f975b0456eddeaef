import { and, eq, gte, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { UnitMove } from "~/domain/kernel/journal/recordEvent.server";
import type { Bucket } from "~db/schema/journal";
import { needLines, publicNeeds } from "~db/schema/needs";

/** The move for the journal, and of whose line the units are, which a promise copies. */
export type MovedUnits = UnitMove &
  Readonly<{ line: Pick<typeof needLines.$inferSelect, "needId" | "kind" | "unitPriceFen"> }>;

const COLUMN = {
  held: "held",
  pledged: "pledged",
  in_hub: "inHub",
  delivered: "delivered",
  waived: "waived",
} as const satisfies Record<Exclude<Bucket, "open">, keyof typeof needLines.$inferSelect>;

/**
 * The only writer of a line's buckets: moves `quantity` units from one bucket to another with one conditional
 * UPDATE, so that with any number of donors at once no unit is promised twice. Hand the answer to the
 * journal row of the event that moved them.
 *
 * Taking from `open` also asks that the line still accepts pledges; pass `evenIfClosed` where staff act after
 * the listing ended. Lines of one transaction must be taken in ascending id order.
 *
 * @throws {DomainError} NOT_ENOUGH_LEFT with `left`, the units the bucket still has; NOT_FOUND when there
 *   is no such line
 */
export async function moveUnits(
  tx: Transaction,
  lineId: string,
  from: Bucket,
  to: Bucket,
  quantity: bigint,
  { evenIfClosed = false }: { evenIfClosed?: boolean } = {},
): Promise<MovedUnits> {
  const enough = from === "open" ? gte(needLines.open, quantity) : gte(needLines[COLUMN[from]], quantity);
  const accepting = from === "open" && !evenIfClosed ? eq(needLines.accepts, true) : undefined;
  const change: Record<string, SQL> = { version: sql`${needLines.version} + 1` };
  if (from !== "open") change[COLUMN[from]] = sql`${needLines[COLUMN[from]]} - ${quantity}`;
  if (to !== "open") change[COLUMN[to]] = sql`${needLines[COLUMN[to]]} + ${quantity}`;
  const [moved] = await tx
    .update(needLines)
    .set(change)
    .where(and(eq(needLines.id, lineId), enough, accepting))
    .returning({
      needId: needLines.needId,
      kind: needLines.kind,
      unitPriceFen: needLines.unitPriceFen,
      open: needLines.open,
    });
  if (!moved) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(await unitsLeft(tx, lineId, from)) });

  const { open, ...line } = moved;
  const emptied = from === "open" && open === 0n;
  const reopened = to === "open" && open === quantity;
  if (emptied || reopened) await refreshOpenness(tx, line.needId);
  return { lineId, from, to, quantity, line };
}

async function unitsLeft(tx: Transaction, lineId: string, bucket: Bucket): Promise<bigint> {
  const [line] = await tx.select().from(needLines).where(eq(needLines.id, lineId));
  if (!line) throw new DomainError("NOT_FOUND");
  if (bucket !== "open") return line[COLUMN[bucket]];
  return line.accepts ? line.open : 0n;
}

/** Brings the public "open" mark of a need in line with its lines, last in its transaction's work on them. */
export async function refreshOpenness(tx: Transaction, needId: string): Promise<void> {
  // Waits here for whoever empties another line at the same moment; only then are the lines read, as they
  // stand by now.
  await tx
    .select({ needId: publicNeeds.needId })
    .from(publicNeeds)
    .where(eq(publicNeeds.needId, needId))
    .for("no key update");

  const somethingOpen = sql`exists (select 1 from ${needLines} where ${needLines.needId} = ${needId} and ${needLines.accepts} and ${needLines.open} > 0)`;

  await tx
    .update(publicNeeds)
    .set({ isOpen: sql<boolean>`${somethingOpen}` })
    .where(eq(publicNeeds.needId, needId));
}
