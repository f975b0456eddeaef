/** What waits is counted so far and not beyond, however much it is: a page then says that there is more. */
export const MOST_WAITING = 200;

/** Lists of work that turn no pages show so much and one more, which says that there is more. */
export const MOST_LISTED = 50;
