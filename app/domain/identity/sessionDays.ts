/** A session ends after so many days in which nobody used it. */
export const IDLE_DAYS = 14;
/** And after so many days whatever happens. */
export const ABSOLUTE_DAYS = 60;
