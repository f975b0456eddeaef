/**
 * Why charity is asked although something else is likely due. Without imports: the browser's page shows them
 * too.
 */
export const GAP_REASONS = [
  "already_applied",
  "not_enough",
  "not_covered",
  "cannot_wait",
  "refused_there",
  "not_wanted",
] as const;
