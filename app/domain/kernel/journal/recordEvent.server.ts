import { type ActingRole, actorId } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { ownOf } from "~/domain/kernel/own";
import { allSent, insertRows } from "~/domain/kernel/rows.server";
import { type Bucket, journal, outbox, ROLE_EVENTS } from "~db/schema/journal";
import { portalUses } from "~db/schema/trail";
import { type WithData, writtenData } from "./eventData";
import type { JournalEvent } from "./events";
import { HANDLERS_OF_EVENT } from "./owed";
import { useOfJournal } from "./recordUse.server";

/** One event, as it is written down for good. */
export type JournalRow = typeof journal.$inferSelect;

/** Units that moved from one bucket of a line to another; made only by books/moveUnits. */
export type UnitMove = Readonly<{ lineId: string; from: Bucket; to: Bucket; quantity: bigint }>;

type Facts = Readonly<{
  /** The role in which the actor did this. */
  by: ActingRole;
  occurredAt?: Date;
  reason?: string;
  needId?: string;
  giftId?: string;
  units?: UnitMove;
}>;

/**
 * What a use case says of an event, with its data as `eventData` has it; the rest comes from the context.
 * Ids, codes, numbers and coded reasons only.
 */
export type EventFacts<Event extends string> = Facts & WithData<Event>;

type Told = Readonly<{
  entity: string;
  entityId: string;
  entityVersion: number;
  fromState: string | null;
  toState: string | null;
}>;

export type NewEvent<Event extends JournalEvent> = EventFacts<Event> & Told & Readonly<{ event: Event }>;

/** An event whose data is only known to go with it: where it is written it is parsed by its shape. */
export type AnyEvent = Facts & Told & Readonly<{ event: JournalEvent; data?: unknown }>;

/**
 * Writes the one journal row of each change and one outbox row for each handler of its event, in the changes'
 * own transaction. Returns the journal rows' ids, in the events' order.
 * @throws {DomainError} CHANGED_MEANWHILE when an entity's version was already written, IN_THE_FUTURE
 * @throws when an event's data is not of its shape
 */
export const recordEvents = <Event extends JournalEvent>(
  tx: Transaction,
  ctx: UseCaseContext,
  events: readonly NewEvent<Event>[],
): Promise<string[]> => writeEvents(tx, ctx, events);

/** The same for the machines, whose events and data go together by their own types. */
export function writeEvents(
  tx: Transaction,
  ctx: UseCaseContext,
  events: readonly AnyEvent[],
): Promise<string[]> {
  const recordedAt = ctx.now();
  return writeEventsOf(
    tx,
    events.map((event) => ({ ctx, event, recordedAt })),
  );
}

/** The same for what different people did in one transaction, each in a context of their own. */
export async function writeEventsOf(
  tx: Transaction,
  changes: readonly Readonly<{ ctx: UseCaseContext; event: AnyEvent; recordedAt: Date }>[],
): Promise<string[]> {
  const written = changes.map(({ ctx, event, recordedAt }) => ({
    ctx,
    row: journalRow(ctx, event, recordedAt),
  }));
  const owed = written.flatMap(({ ctx, row: { id, event, recordedAt } }) =>
    (ownOf(HANDLERS_OF_EVENT, event) ?? []).map((handler) => ({
      id: ctx.newId(),
      journalId: id,
      handler,
      state: "waiting" as const,
      runAt: recordedAt,
    })),
  );
  const rows = written.map(({ row }) => row);
  await allSent([insertSteps(tx, rows), insertRows(tx, outbox, owed)]);
  const watched = written.flatMap(({ ctx, row }) => usesOf(ctx, row));
  if (watched.length > 0) await tx.insert(portalUses).values(watched);
  return rows.map((row) => row.id);
}

async function insertSteps(tx: Transaction, rows: readonly ReturnType<typeof journalRow>[]): Promise<void> {
  const unlessThere = [journal.entity, journal.entityId, journal.entityVersion];
  if ((await insertRows(tx, journal, rows, { unlessThere })) < rows.length)
    throw new DomainError("CHANGED_MEANWHILE");
}

/** The same for the one event of a change. */
export async function recordEvent<Event extends JournalEvent>(
  tx: Transaction,
  ctx: UseCaseContext,
  event: NewEvent<Event>,
): Promise<string> {
  const [id] = await writeEvents(tx, ctx, [event]);
  return id ?? "";
}

/**
 * What an auditor reads of it in the trail of use, with from where it was done. Everybody's own right to give
 * is none of that.
 */
function usesOf(ctx: UseCaseContext, row: ReturnType<typeof journalRow>) {
  if (row.event === "household.open") return [useOfJournal(ctx, row, "opening")];
  return ROLE_EVENTS.some((event) => event === row.event) && row.data["role"] !== "donor"
    ? [useOfJournal(ctx, row, "role")]
    : [];
}

function journalRow(ctx: UseCaseContext, event: AnyEvent, recordedAt: Date) {
  const occurredAt = event.occurredAt ?? recordedAt;
  if (occurredAt > recordedAt) throw new DomainError("IN_THE_FUTURE");
  return {
    id: ctx.newId(),
    entity: event.entity,
    entityId: event.entityId,
    entityVersion: event.entityVersion,
    event: event.event,
    fromState: event.fromState,
    toState: event.toState,
    lineId: event.units?.lineId,
    bucketFrom: event.units?.from,
    bucketTo: event.units?.to,
    quantity: event.units?.quantity,
    needId: event.needId,
    giftId: event.giftId,
    data: writtenData(event.event, event.data),
    reason: event.reason,
    actorId: actorId(ctx.actor),
    actorRole: event.by,
    occurredAt,
    recordedAt,
  };
}
