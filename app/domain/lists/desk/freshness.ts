const DAY_MS = 86_400_000;

/** Checked before this moment is too long ago. `freshDays` is the limit itemFreshDays. */
export const staleBefore = (now: Date, freshDays: number): Date =>
  new Date(now.getTime() - freshDays * DAY_MS);

/**
 * Whether nobody looked an item over for so long that everybody is told. An item never checked is stale.
 */
export const isStale = (checkedAt: Date | null, now: Date, freshDays: number): boolean =>
  checkedAt === null || checkedAt < staleBefore(now, freshDays);
