import type { TransitionTable } from "~/domain/kernel/states";
import type { ItemState, RuleState } from "~db/schema/directory";

/** An item's life. Being stale is computed from the day of its last check, never stored. */
export const ITEM_TRANSITIONS = {
  draft: { edit: "draft", take_in: "draft", publish: "published", retire: "retired" },
  published: { edit: "published", take_in: "published", check: "published", retire: "retired" },
  retired: { publish: "published" },
} as const satisfies TransitionTable<ItemState>;

/**
 * An edition's life: it takes effect on its day once its case book passes and a second person approved it.
 */
export const RULE_TRANSITIONS = {
  draft: { edit: "draft", test: "tested", withdraw: "withdrawn" },
  tested: { edit: "draft", approve: "approved", withdraw: "withdrawn" },
  approved: {},
  withdrawn: {},
} as const satisfies TransitionTable<RuleState>;

export const PARAMETER_TRANSITIONS = {
  proposed: { approve: "approved", withdraw: "withdrawn" },
  approved: {},
  withdrawn: {},
} as const satisfies TransitionTable<"proposed" | "approved" | "withdrawn">;

export const REPORT_TRANSITIONS = {
  open: { correct: "corrected", keep: "as_it_was" },
  corrected: {},
  as_it_was: {},
} as const satisfies TransitionTable<"open" | "corrected" | "as_it_was">;
