import { and, asc, eq, gte, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { UnitMove } from "~/domain/kernel/journal/recordEvent.server";
import { among, asJson } from "~/domain/kernel/rows.server";
import type { Bucket } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";
import { gapOf } from "~db/schema/needVocabulary";

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
 * With `moveAllUnits` the only writer of a line's buckets: moves `quantity` units from one bucket to another
 * with one conditional UPDATE, so that with any number of donors at once no unit is promised twice.
 * Hand the answer to the journal row of the event that moved them.
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
      isOneOfMany: IS_ONE_OF_MANY,
    });
  if (!moved) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(await unitsLeft(tx, lineId, from)) });

  const { open, isOneOfMany, ...line } = moved;
  const before = from === "open" ? open + quantity : to === "open" ? open - quantity : open;
  if (isSeenInLists(before, open, isOneOfMany)) await refreshOpenness(tx, [line.needId]);
  return { lineId, from, to, quantity, line };
}

/** A line as it stands while this transaction holds it. */
export type LockedLine = Pick<
  typeof needLines.$inferSelect,
  "id" | "needId" | "kind" | "unitPriceFen" | "open" | "accepts"
>;

/**
 * Lines by their ids, locked in the order of these: until the transaction ends nobody else moves their units.
 */
export async function lockLines(
  tx: Transaction,
  lineIds: readonly string[],
): Promise<ReadonlyMap<string, LockedLine>> {
  const { id, needId, kind, unitPriceFen, open, accepts } = needLines;
  const rows = await tx
    .select({ id, needId, kind, unitPriceFen, open, accepts })
    .from(needLines)
    .where(among(id, lineIds))
    .orderBy(asc(id))
    .for("no key update");
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * What `moveUnits` does, for many moves of different people: one conditional UPDATE for all lines together.
 * Of more than one line call `lockLines` first: an UPDATE takes its rows in any order.
 *
 * @throws {DomainError} NOT_ENOUGH_LEFT when a line has less, or takes no pledges any more; nothing says
 *   which
 */
export async function moveAllUnits(tx: Transaction, moves: readonly UnitMove[]): Promise<void> {
  if (moves.length === 0) return;
  const sums = sumsOf(moves);
  // The limit says how few they are: without it the planner expects a hundred.
  const moved = await tx.execute<{ needId: string; open: string; gained: string; isOneOfMany: boolean }>(sql`
    update ${needLines} l set version = l.version + 1, held = l.held + r.held, pledged = l.pledged + r.pledged,
      in_hub = l.in_hub + r.in_hub, delivered = l.delivered + r.delivered, waived = l.waived + r.waived
    from (select * from jsonb_to_recordset(${asJson(sums)}::text::jsonb) as sums
      (id uuid, open bigint, held bigint, pledged bigint, in_hub bigint, delivered bigint, waived bigint) limit ${sums.length}) r
    where l.id = r.id and (l.accepts or r.open >= 0) and least(l.open + r.open, l.held + r.held, l.pledged + r.pledged,
      l.in_hub + r.in_hub, l.delivered + r.delivered, l.waived + r.waived) >= 0
    returning l.need_id as "needId", l.open, r.open as gained,
      exists (select 1 from ${needLines} other where other.need_id = l.need_id and other.id <> l.id) as "isOneOfMany"`);
  if (moved.length < sums.length) throw new DomainError("NOT_ENOUGH_LEFT", { left: 0 });

  const seen = moved.filter(({ open, gained, isOneOfMany }) =>
    isSeenInLists(BigInt(open) - BigInt(gained), BigInt(open), isOneOfMany),
  );

  await refreshOpenness(
    tx,
    seen.map(({ needId }) => needId),
  );
}

/** Whether its need has other lines too. */
const IS_ONE_OF_MANY = sql<boolean>`exists (select 1 from ${needLines} other where other.need_id = ${needLines.needId} and other.id <> ${needLines.id})`;

/**
 * Whether lists may say something else of a need: its line alone tells, but where several lines add up to its
 * gap.
 */
const isSeenInLists = (openBefore: bigint, open: bigint, isOneOfMany: boolean): boolean =>
  open !== openBefore && (isOneOfMany || gapOf(open) !== gapOf(openBefore));

const NOTHING = { open: 0n, held: 0n, pledged: 0n, in_hub: 0n, delivered: 0n, waived: 0n };

/** What each line's buckets gain and lose in all. */
function sumsOf(moves: readonly UnitMove[]): readonly (Record<Bucket, bigint> & { id: string })[] {
  const sums = new Map<string, Record<Bucket, bigint> & { id: string }>();

  for (const { lineId, from, to, quantity } of moves) {
    const sum = sums.get(lineId) ?? { id: lineId, ...NOTHING };
    sum[from] -= quantity;
    sum[to] += quantity;
    sums.set(lineId, sum);
  }

  return [...sums.values()];
}

async function unitsLeft(tx: Transaction, lineId: string, bucket: Bucket): Promise<bigint> {
  const [line] = await tx.select().from(needLines).where(eq(needLines.id, lineId));
  if (!line) throw new DomainError("NOT_FOUND");
  if (bucket !== "open") return line[COLUMN[bucket]];
  return line.accepts ? line.open : 0n;
}

/**
 * Brings what the public list says of needs (whether they are open, and their gap) in line with their lines,
 * last in its transaction's work on them. Waits for whoever moves units of another of their lines.
 */
export async function refreshOpenness(tx: Transaction, needIds: readonly string[]): Promise<void> {
  if (needIds.length === 0) return;
  const inOrder = asJson([...new Set(needIds)].toSorted());

  await tx.execute(
    sql`select keep_openness(id::uuid) from jsonb_array_elements_text(${inOrder}::text::jsonb) as needs (id)`,
  );
}
