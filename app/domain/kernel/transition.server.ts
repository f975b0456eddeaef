import { and, eq, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { recordEvent, recordEvents, type EventFacts } from "~/journal/recordEvent.server";
import type { Transaction, UseCaseContext } from "./context.server";
import { DomainError } from "./errors";
import { nextState, type TransitionTable } from "./states";

type StatefulTable = PgTable & { id: PgColumn; state: PgColumn; version: PgColumn };

/** A thing with a life: its name in the journal, its table, and the one list of the steps it may take. */
export type Machine<State extends string> = Readonly<{
  entity: string;
  table: StatefulTable;
  transitions: TransitionTable<State>;
}>;

type Row<State extends string> = Readonly<{ id: string; state: State; version: number }>;

type Step = EventFacts & Readonly<{ set?: Readonly<Record<string, unknown>> }>;

/**
 * The only writer of a `state` column: takes one step of the machine's table and writes its one journal row.
 * Compare-and-set on state and version, so of two writers one wins and the other is told.
 *
 * @param step.set other columns to write in the same UPDATE
 * @throws {DomainError} WRONG_STATE when the table has no such edge, CHANGED_MEANWHILE when somebody moved
 *   it first
 */
export async function transition<State extends string>(
  tx: Transaction,
  ctx: UseCaseContext,
  machine: Machine<State>,
  row: Row<State>,
  event: string,
  step: Step,
): Promise<{ state: State; version: number; journalId: string }> {
  const moved = await move(tx, machine, row, event, step);
  const journalId = await recordEvent(tx, ctx, moved);
  return { state: moved.toState, version: moved.entityVersion, journalId };
}

/**
 * The same for many things that take one step each: their UPDATEs are sent together, and their journal rows
 * in one statement.
 */
export async function transitionAll<State extends string>(
  tx: Transaction,
  ctx: UseCaseContext,
  machine: Machine<State>,
  event: string,
  steps: readonly Readonly<{ row: Row<State>; step: Step }>[],
): Promise<void> {
  const moved = await Promise.all(steps.map(({ row, step }) => move(tx, machine, row, event, step)));
  await recordEvents(tx, ctx, moved);
}

async function move<State extends string>(
  tx: Transaction,
  machine: Machine<State>,
  row: Row<State>,
  event: string,
  step: Step,
) {
  const to = nextState(machine.transitions, row.state, event);
  if (to === undefined) throw new DomainError("WRONG_STATE", { state: row.state, event });
  const { set, ...facts } = step;
  const version = row.version + 1;
  const unmoved = and(
    eq(machine.table.id, row.id),
    eq(machine.table.state, row.state),
    eq(machine.table.version, row.version),
  );
  const moved = await tx
    .update(machine.table)
    .set({ ...set, state: to, version })
    .where(unmoved)
    .returning({ one: sql<number>`1` });
  if (moved.length === 0) throw new DomainError("CHANGED_MEANWHILE");
  return {
    ...facts,
    entity: machine.entity,
    entityId: row.id,
    entityVersion: version,
    event: `${machine.entity}.${event}`,
    fromState: row.state,
    toState: to,
  };
}

type Birth<State extends string> = Readonly<{
  row: Readonly<{ id: string; state: State }>;
  facts: EventFacts;
}>;

/** The journal rows of births of one kind: version 1, no state before. Call it right after their INSERT. */
export function recordBirths<State extends string>(
  tx: Transaction,
  ctx: UseCaseContext,
  machine: Machine<State>,
  event: string,
  births: readonly Birth<State>[],
): Promise<string[]> {
  return recordEvents(
    tx,
    ctx,
    births.map(({ row, facts }) => ({
      ...facts,
      entity: machine.entity,
      entityId: row.id,
      entityVersion: 1,
      event: `${machine.entity}.${event}`,
      fromState: null,
      toState: row.state,
    })),
  );
}

/** The journal row of one birth. */
export async function recordBirth<State extends string>(
  tx: Transaction,
  ctx: UseCaseContext,
  machine: Machine<State>,
  row: Birth<State>["row"],
  event: string,
  facts: EventFacts,
): Promise<string> {
  const [id] = await recordBirths(tx, ctx, machine, event, [{ row, facts }]);
  return id ?? "";
}
