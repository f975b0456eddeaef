/**
 * The form of an organisation's need has so many rows for things, each with this unit until another is
 * chosen.
 */
export const THING_ROWS = 6;
export const USUAL_UNIT = "piece";
