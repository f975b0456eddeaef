import { type Actor, holds } from "~/domain/kernel/actor";
import { nextState } from "~/domain/kernel/states";
import type { NeedState } from "~db/schema/needs";
import { NEED_TRANSITIONS } from "./states";

type Filed = Readonly<{ id: string; state: NeedState; kind: string; townCode: string }>;

/** Staff who read a need as it was filed: those of its town, and the city's operators. */
export function seesNeedsOf(actor: Actor, townCode: string): boolean {
  const town = { kind: "town", id: townCode } as const;
  return holds(actor, "caseworker", town) || holds(actor, "town_reviewer", town) || holds(actor, "operator");
}

/** Two wishes that may be one: another one of the same town. */
export const comparable = (one: Filed, other: Filed): boolean =>
  one.id !== other.id && one.kind === "wish" && other.kind === "wish" && one.townCode === other.townCode;

/** Those of two wishes that may stay: sent in, not ended, while the other one is not public yet. */
export function mayStay<N extends Filed>(one: N, other: N): N[] {
  const stays = (need: N, ends: N) =>
    nextState(NEED_TRANSITIONS, need.state, "absorb") !== undefined &&
    nextState(NEED_TRANSITIONS, ends.state, "merge") !== undefined;
  return [...(stays(one, other) ? [one] : []), ...(stays(other, one) ? [other] : [])];
}
