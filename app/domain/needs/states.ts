import type { TransitionTable } from "~/domain/kernel/states";
import type { NeedState } from "~db/schema/needs";

/** A need's life. What is covered, delivering or fulfilled is computed from its lines and never stored. */
export const NEED_TRANSITIONS = {
  draft: { edit: "draft", submit: "submitted", withdraw: "withdrawn" },
  returned: { edit: "returned", submit: "submitted", withdraw: "withdrawn" },
  submitted: {
    verify: "verified",
    return: "returned",
    reject: "rejected",
    merge: "merged",
    absorb: "submitted",
    escalate: "submitted",
    withdraw: "withdrawn",
  },
  verified: {
    publish: "published",
    return: "returned",
    approve_over_cap: "verified",
    merge: "merged",
    absorb: "verified",
    escalate: "verified",
    withdraw: "withdrawn",
  },
  published: {
    suspend: "suspended",
    extend: "published",
    absorb: "published",
    expire: "expired",
    withdraw: "withdrawn",
    close: "closed",
  },
  suspended: { resume: "published", absorb: "suspended", escalate: "suspended", withdraw: "withdrawn" },
  expired: {},
  withdrawn: {},
  /** Ended as it should and stays so; only its public page goes. */
  closed: { take_down: "closed" },
  rejected: {},
  merged: {},
} as const satisfies TransitionTable<NeedState>;

/** States in which a wish has not ended: it can still be refused, corrected and withdrawn. */
export const OPEN_WISH = [
  "draft",
  "returned",
  "submitted",
  "verified",
  "published",
  "suspended",
] as const satisfies readonly NeedState[];

/** What people read instead of the stored state, computed from the units of all lines. */
export type NeedLabel =
  "waiting" | "partly_claimed" | "covered" | "delivering" | "fulfilled" | Exclude<NeedState, "published">;

export type LineUnits = Readonly<{
  requested: bigint;
  held: bigint;
  pledged: bigint;
  inHub: bigint;
  delivered: bigint;
  waived: bigint;
  open: bigint;
}>;

const sum = (lines: readonly LineUnits[], pick: (line: LineUnits) => bigint): bigint =>
  lines.reduce((total, line) => total + pick(line), 0n);

/** The label of a need from its stored state and its lines: a pure consequence of quantities. */
export function needLabel(state: NeedState, lines: readonly LineUnits[]): NeedLabel {
  if (state !== "published") return state;
  const wanted = sum(lines, (line) => line.requested - line.waived);
  const delivered = sum(lines, (line) => line.delivered);
  if (wanted > 0n && delivered === wanted) return "fulfilled";
  if (delivered > 0n || sum(lines, (line) => line.inHub) > 0n) return "delivering";
  if (sum(lines, (line) => line.open) === 0n && sum(lines, (line) => line.held) === 0n) return "covered";
  return sum(lines, (line) => line.pledged) > 0n ? "partly_claimed" : "waiting";
}

/** Lines whose units are things or hours; money is counted in fen and never summed with them. */
export const unitLines = <Line extends Readonly<{ kind: string }>>(lines: readonly Line[]): Line[] =>
  lines.filter((line) => line.kind !== "money");

/** What kind of thing a need is about, in English: that of its first thing or service, if it has one. */
export const kindOfNeed = (
  lines: readonly Readonly<{ kind: string; kindEn: string | null }>[],
): string | null => unitLines(lines)[0]?.kindEn ?? null;

/** Whether everything that a need still asks for has arrived, was done or was spent. */
export const isFulfilled = (
  lines: readonly Readonly<{ requested: bigint; waived: bigint; delivered: bigint }>[],
): boolean => lines.every((line) => line.delivered + line.waived === line.requested);

/** The three numbers that every page shows, of lines of one kind; held units are shown apart. */
export const threeNumbers = (lines: readonly LineUnits[]) => ({
  claimed: sum(lines, (line) => line.pledged + line.inHub + line.delivered),
  received: sum(lines, (line) => line.inHub + line.delivered),
  delivered: sum(lines, (line) => line.delivered),
  requested: sum(lines, (line) => line.requested - line.waived),
  held: sum(lines, (line) => line.held),
  open: sum(lines, (line) => line.open),
});
