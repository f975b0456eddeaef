/** Amounts in yuan for whoever does not want to think of one. */
export const AMOUNTS_AT_HAND = ["20", "50", "100", "200"] as const;
