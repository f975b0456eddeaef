/** One household as it answers the finder, and what the texts of the lists say of it. */
export type Told = Readonly<{
  name: string;
  /** By field: typed or chosen, or several ticks. */
  answers: Readonly<Record<string, string | readonly string[]>>;
  likely: readonly string[];
  notLikely: readonly string[];
  /** Entries that must not be left open, though they are not likely. */
  decided?: readonly string[];
  /** Questions that decide nothing for these answers. */
  skips?: readonly number[];
  sum?: string;
  /** Everything was answered, and nobody else lives there: nothing stays open. */
  everythingSaid?: boolean;
}>;

/** Nobody in it is ill, disabled or in need of care. */
export const well = { disabilityKind: "none", health: ["none"], careNeed: "none" } as const;
/** Of what the last question asks, nothing holds. */
export const nothingElse = { events: ["none"], more: ["none"], registered: "town" } as const;
