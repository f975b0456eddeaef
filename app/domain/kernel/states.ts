import { ownOf } from "./own";

/** Read a row as "in this state, this event leads there". An empty row is final. */
export type TransitionTable<State extends string> = {
  readonly [S in State]: Readonly<Record<string, State>>;
};

/** Every event that some row of the table has. */
export type EventsIn<Table> = { [S in keyof Table]: keyof Table[S] }[keyof Table] & string;

/** Every state that some step of the table leads to. */
export type StatesReached<Table> = {
  [S in keyof Table]: { [E in keyof Table[S]]: Table[S][E] }[keyof Table[S]];
}[keyof Table];

/**
 * The events that a row has, or any of several rows: for a state that is not known exactly, of each it may
 * be.
 */
export type EventsFrom<Table, State> = State extends keyof Table ? keyof Table[State] & string : never;

/** Where the event leads from this state, or undefined when the table has no such edge. */
export function nextState<State extends string>(
  table: TransitionTable<State>,
  from: State,
  event: string,
): State | undefined {
  const row: { readonly [event: string]: State | undefined } = table[from];
  return ownOf(row, event);
}
