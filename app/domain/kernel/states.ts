import { ownOf } from "./own";

/** Read a row as "in this state, this event leads there". An empty row is final. */
export type TransitionTable<State extends string, Event extends string = string> = {
  readonly [S in State]: { readonly [E in Event]?: State };
};

/** Where the event leads from this state, or undefined when the table has no such edge. */
export function nextState<State extends string>(
  table: TransitionTable<State>,
  from: State,
  event: string,
): State | undefined {
  const row: { readonly [event: string]: State | undefined } = table[from];
  return ownOf(row, event);
}
