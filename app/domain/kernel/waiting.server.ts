import { type SQL, sql } from "drizzle-orm";
import { towns } from "~db/schema/reference";
import { MOST_WAITING } from "./waiting";

/** How many of these rows there are; one more than `most` stands for all beyond. */
export const waitingOf = (rows: SQL, most = MOST_WAITING) =>
  sql<number>`(select count(*)::int from (${rows} limit ${most + 1}) counted)`;

/**
 * The ids of what comes first in some towns, or in all of them, in an order for which each town has an index:
 * read are the first of each town, and not all that waits there.
 *
 * @param ofTown what waits in `town.code`: its id, and what it is ordered by
 * @param order the names of these columns
 * @param townCodes at least one
 */
export const firstOfTowns = ({
  ofTown,
  order,
  most,
  townCodes,
}: Readonly<{ ofTown: SQL; order: SQL; most: number; townCodes?: readonly string[] | undefined }>) => sql`(
  select first.id from ${towns} town cross join lateral (${ofTown} order by ${order} limit ${most}) first
  ${townCodes === undefined ? sql`` : sql`where town.code in ${townCodes}`}
  order by ${order} limit ${most})`;
