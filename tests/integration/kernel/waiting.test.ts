import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { MOST_WAITING } from "~/domain/kernel/waiting";
import { firstOfTowns, waitingOf } from "~/domain/kernel/waiting.server";
import { GUZHEN, SHIQI } from "../../factories/people";
import { test } from "../../support/database";

test("what waits is counted as far as a page says, and one further", async ({ db }) => {
  const count = async (rows: number, most?: number) => {
    const [row] = await db.execute<{ n: number }>(
      sql`select ${waitingOf(sql`select from generate_series(1, ${rows}::int)`, most)} as n`,
    );
    return row?.n;
  };

  expect(await count(0)).toBe(0);
  expect(await count(MOST_WAITING)).toBe(MOST_WAITING);
  expect(await count(MOST_WAITING * 3)).toBe(MOST_WAITING + 1);
  expect(await count(9, 5)).toBe(6);
});

test("what comes first in some towns is what comes first of all that waits there", async ({ db }) => {
  const first = async (most: number, townCodes?: readonly string[]) => {
    const ids = firstOfTowns({
      ofTown: sql`select n as due, town.code || ' ' || n as id from generate_series(1, 3) n where town.code in (${GUZHEN}, ${SHIQI})`,
      order: sql`due, id`,
      most,
      townCodes,
    });
    return (await db.execute<{ id: string }>(ids)).map(({ id }) => id);
  };

  const [one = "", other = ""] = [GUZHEN, SHIQI].sort();
  expect(await first(3)).toEqual([`${one} 1`, `${other} 1`, `${one} 2`]);
  expect(await first(9, [GUZHEN])).toEqual([1, 2, 3].map((n) => `${GUZHEN} ${n}`));
});
