import { and, eq, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { eventNamed, type EventOf, type Subject } from "~/domain/kernel/journal/events";
import {
  type AnyEvent,
  type EventFacts,
  writeEvents,
  writeEventsOf,
} from "~/domain/kernel/journal/recordEvent.server";
import type { Transaction, UseCaseContext } from "./context.server";
import { DomainError } from "./errors";
import { allSent, updateRows } from "./rows.server";
import {
  type EventsFrom,
  type EventsIn,
  nextState,
  type StatesReached,
  type TransitionTable,
} from "./states";

type StatefulTable = PgTable & { id: PgColumn; state: PgColumn; version: PgColumn };

type AnyTable = TransitionTable<string>;

/** A thing with a life: its name in the journal, its table, and the one list of the steps it may take. */
export type Machine<Entity extends Subject, Table extends AnyTable> = Readonly<{
  entity: Entity;
  table: StatefulTable;
  transitions: Table;
}>;

/**
 * Makes a machine. Does not compile where the journal does not know an event of it, where its
 * column may hold a state without a row of steps, or where a step leads to no state.
 */
export const machine = <
  const Entity extends Subject,
  const Stored extends StatefulTable,
  const Table extends AnyTable,
>(
  told: Readonly<{ entity: Entity; table: Stored; transitions: Table }> &
    Known<"unknownEvents", EventsIn<Table>, EventOf<Entity>> &
    Known<"statesWithoutRow", Stored["state"]["_"]["data"], StateOf<Table>> &
    Known<"unknownStates", StateOf<Table> | StatesReached<Table>, Stored["state"]["_"]["data"]>,
): Machine<Entity, Table> => told;

/** Nothing where all that is said is known; else a field that nobody gives, named after what is wrong. */
type Known<Wrong extends string, Said, Knows> = [Said] extends [Knows]
  ? unknown
  : { readonly [W in Wrong]: Exclude<Said, Knows> };

type StateOf<Table extends AnyTable> = keyof Table & string;

type Row<State> = Readonly<{ id: string; state: State; version: number }>;

type Step<Event extends string> = EventFacts<Event> & Readonly<{ set?: Readonly<Record<string, unknown>> }>;

/** A step whose event is only known to be one of its machine's. */
type AnyStep = Pick<AnyEvent, "by" | "data"> & Readonly<{ set?: Readonly<Record<string, unknown>> }>;

/**
 * The only writer of a `state` column: takes one step of the machine's table and writes its one journal row.
 * Compare-and-set on state and version, so of two writers one wins and the other is told.
 *
 * @param step.set other columns to write in the same UPDATE
 * @throws {DomainError} WRONG_STATE when the table has no such edge, CHANGED_MEANWHILE when somebody moved
 *   it first
 */
export async function transition<
  Entity extends Subject,
  Table extends AnyTable,
  State extends StateOf<Table>,
  Event extends EventsFrom<Table, State>,
>(
  tx: Transaction,
  ctx: UseCaseContext,
  machine: Machine<Entity, Table>,
  row: Row<State>,
  event: Event,
  step: Step<`${Entity}.${Event}`>,
): Promise<{ state: StateOf<Table>; version: number; journalId: string }> {
  const moved = await move(tx, machine, row, event, step);
  const [journalId = ""] = await writeEvents(tx, ctx, [moved]);
  return { state: moved.toState, version: moved.entityVersion, journalId };
}

/**
 * The same for many things that take one step each: their UPDATEs are sent together, and their journal rows
 * in one statement.
 */
export async function transitionAll<
  Entity extends Subject,
  Table extends AnyTable,
  State extends StateOf<Table>,
  Event extends EventsFrom<Table, State>,
>(
  tx: Transaction,
  ctx: UseCaseContext,
  machine: Machine<Entity, Table>,
  event: Event,
  steps: readonly Readonly<{ row: Row<State>; step: Step<`${Entity}.${Event}`> }>[],
): Promise<void> {
  const moved = await Promise.all(steps.map(({ row, step }) => move(tx, machine, row, event, step)));
  await writeEvents(tx, ctx, moved);
}

/**
 * The same for steps of different people in one transaction, which set the same columns: one UPDATE for all
 * and one statement for their journal rows, sent together.
 */
export async function transitionAllOf<
  Entity extends Subject,
  Table extends AnyTable,
  State extends StateOf<Table>,
  Event extends EventsFrom<Table, State>,
>(
  tx: Transaction,
  machine: Machine<Entity, Table>,
  event: Event,
  steps: readonly Readonly<{ ctx: UseCaseContext; row: Row<State>; step: Step<`${Entity}.${Event}`> }>[],
): Promise<void> {
  const moved = steps.map(({ ctx, row, step }) => ({
    ctx,
    row,
    set: step.set,
    taken: taken(machine, row, event, step),
  }));
  const changes = moved.map(({ row: { id, state, version }, set, taken: { toState } }) => ({
    where: { id, state, version },
    set: { ...set, state: toState, version: version + 1 },
  }));

  await allSent([
    requireAll(updateRows(tx, machine.table, changes), changes.length),
    writeEventsOf(
      tx,
      moved.map(({ ctx, taken }) => ({ ctx, event: taken, recordedAt: ctx.now() })),
    ),
  ]);
}

async function requireAll(changed: Promise<number>, all: number): Promise<void> {
  if ((await changed) < all) throw new DomainError("CHANGED_MEANWHILE");
}

/** The step as the journal tells it. @throws {DomainError} WRONG_STATE */
function taken<Table extends AnyTable>(
  machine: Machine<Subject, Table>,
  row: Row<StateOf<Table>>,
  event: string,
  { set: _set, ...facts }: AnyStep,
) {
  const to = nextState(machine.transitions, row.state, event);
  if (to === undefined) throw new DomainError("WRONG_STATE", { state: row.state, event });
  return {
    ...facts,
    entity: machine.entity,
    entityId: row.id,
    entityVersion: row.version + 1,
    event: eventNamed(machine.entity, event),
    fromState: row.state,
    toState: to,
  };
}

async function move<Table extends AnyTable>(
  tx: Transaction,
  machine: Machine<Subject, Table>,
  row: Row<StateOf<Table>>,
  event: string,
  step: AnyStep,
) {
  const told = taken(machine, row, event, step);
  const unmoved = and(
    eq(machine.table.id, row.id),
    eq(machine.table.state, row.state),
    eq(machine.table.version, row.version),
  );
  const moved = await tx
    .update(machine.table)
    .set({ ...step.set, state: told.toState, version: told.entityVersion })
    .where(unmoved)
    .returning({ one: sql<number>`1` });
  if (moved.length === 0) throw new DomainError("CHANGED_MEANWHILE");
  return told;
}

type Born<Table extends AnyTable> = Readonly<{ id: string; state: StateOf<Table> }>;

/** The journal rows of births of one kind: version 1, no state before. Call it right after their INSERT. */
export function recordBirths<Entity extends Subject, Table extends AnyTable, Event extends EventOf<Entity>>(
  tx: Transaction,
  ctx: UseCaseContext,
  machine: Machine<Entity, Table>,
  event: Event,
  births: readonly Readonly<{ row: Born<Table>; facts: EventFacts<`${Entity}.${Event}`> }>[],
): Promise<string[]> {
  return recordBirthsOf(
    tx,
    machine,
    event,
    births.map((birth) => ({ ctx, ...birth })),
  );
}

/** The same for what different people brought into being in one transaction. */
export function recordBirthsOf<Entity extends Subject, Table extends AnyTable, Event extends EventOf<Entity>>(
  tx: Transaction,
  machine: Machine<Entity, Table>,
  event: Event,
  births: readonly Readonly<{
    ctx: UseCaseContext;
    row: Born<Table>;
    facts: EventFacts<`${Entity}.${Event}`>;
  }>[],
): Promise<string[]> {
  return writeEventsOf(
    tx,
    births.map(({ ctx, row, facts }) => ({
      ctx,
      recordedAt: ctx.now(),
      event: {
        ...facts,
        entity: machine.entity,
        entityId: row.id,
        entityVersion: 1,
        event: eventNamed(machine.entity, event),
        fromState: null,
        toState: row.state,
      },
    })),
  );
}

/** The journal row of one birth. */
export async function recordBirth<
  Entity extends Subject,
  Table extends AnyTable,
  Event extends EventOf<Entity>,
>(
  tx: Transaction,
  ctx: UseCaseContext,
  machine: Machine<Entity, Table>,
  row: Born<Table>,
  event: Event,
  facts: EventFacts<`${Entity}.${Event}`>,
): Promise<string> {
  const [id] = await recordBirths(tx, ctx, machine, event, [{ row, facts }]);
  return id ?? "";
}
