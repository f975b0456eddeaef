import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { load } from "~/http/answer.server";
import { contextOf, type RouteArgs } from "~/http/context.server";
import { connect } from "~db/client";
import { aDonor, aPerson } from "../../factories/people";
import { test } from "../../support/database";
import { argsFor, argsForAnybody, posting } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

const URL_OF_WISHES = "http://portal.test/wishes?gap=few&x=1";

test("what a visitor asks is read over connections of their own, whose statements end soon; those who work here keep theirs", async ({
  db,
  databaseUrl,
}) => {
  const world = aWorld(db);
  const visitors = connect(databaseUrl, { max: 1, statementMs: 200 });
  const own = connect(databaseUrl, { max: 1, keepsReads: "planned" });
  const withVisitors = (args: RouteArgs): RouteArgs => ({
    ...args,
    context: {
      ...args.context,
      runtime: { ...args.context.runtime, visitorsDb: visitors.db, ownDb: own.db },
    },
  });
  const staff = await aPerson(world, { role: "operator", scope: { kind: "city" } });

  const asked = (method: string) =>
    withVisitors({
      ...argsForAnybody(world, URL_OF_WISHES),
      request: new Request(URL_OF_WISHES, { method }),
    });
  expect((await contextOf(asked("GET"))).db).toBe(visitors.db);
  expect((await contextOf(asked("HEAD"))).db).toBe(visitors.db);
  expect((await contextOf(asked("POST"))).db).toBe(db);
  expect((await contextOf(withVisitors(await argsFor(world, staff, URL_OF_WISHES)))).db).toBe(db);
  const donor = await aDonor(world);
  expect((await contextOf(withVisitors(await argsFor(world, donor, URL_OF_WISHES)))).db).toBe(own.db);
  expect((await contextOf(withVisitors(await posting(world, donor, URL_OF_WISHES, {}, {})))).db).toBe(db);
  expect((await contextOf(withVisitors(await posting(world, staff, URL_OF_WISHES, {}, {})))).db).toBe(db);

  // Ten at once that would take minutes: each ends, is answered in words, and is told to whoever looks after
  // the portal.
  const slow = () => load(asked("GET"), (ctx) => ctx.db.execute(sql`select pg_sleep(60)`));
  const answers = await Promise.allSettled(Array.from({ length: 10 }, slow));
  for (const answer of answers)
    expect(answer).toMatchObject({
      status: "rejected",
      reason: { init: { status: 503 }, data: { refusal: "errors.tooBusy" } },
    });
  expect(world.faults.map(({ work, id }) => [work, id])).toEqual(
    Array.from({ length: 10 }, () => ["statements", "/wishes"]),
  );
  // The connection is whole again.
  expect(await load(asked("GET"), async (ctx) => (await ctx.db.execute(sql`select 7 as n`))[0])).toEqual({
    n: 7,
  });
  await Promise.all([visitors.close(), own.close()]);
});
