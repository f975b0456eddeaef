import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect } from "vitest";
import { grantsHeld } from "~/domain/identity/grantsHeld.server";
import { makeSessions } from "~/session/sessions.server";
import { appUsers, roleGrants } from "~db/schema/identity";
import { aPerson, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock } from "../../support/world";

test("who asks is known by one question, with the roles that hold at that moment; nobody is who was closed or not confirmed", async ({
  db,
  databaseUrl,
}) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const asked: string[] = [];
  const client = postgres(databaseUrl, {
    max: 1,
    fetch_types: false,
    debug: (_connection, query) => asked.push(query),
  });
  const store = makeSessions(drizzle(client), { secure: false });
  const town = { kind: "town", id: SHIQI } as const;
  const person = await aPerson(
    world,
    { role: "caseworker", scope: town },
    { role: "courier", scope: { kind: "city" } },
  );
  const cookie = (await store.start(person.userId, world.clock.now())).split(";")[0] ?? "";
  const read = () => {
    asked.length = 0;
    return store.read(new Request("http://portal.test", { headers: { cookie } }), world.clock.now());
  };

  const known = await read();
  expect(asked).toHaveLength(1);
  expect(known?.actor).toEqual(person);
  const [row] = await db
    .select({ grants: grantsHeld(db) })
    .from(appUsers)
    .where(eq(appUsers.id, person.userId));
  expect(row?.grants).toEqual(known?.actor.grants);
  expect(known?.actor.grants).toContainEqual({ role: "caseworker", scope: town });

  const ofThem = (role: "caseworker") => and(eq(roleGrants.userId, person.userId), eq(roleGrants.role, role));
  await db.update(roleGrants).set({ revokedAt: world.clock.now() }).where(ofThem("caseworker"));
  expect((await read())?.actor.grants.map(({ role }) => role)).not.toContain("caseworker");
  const own = eq(appUsers.id, person.userId);
  await db.update(appUsers).set({ disabledAt: world.clock.now() }).where(own);
  expect(await read()).toBeUndefined();
  await db.update(appUsers).set({ disabledAt: null, mailConfirmedAt: null }).where(own);
  expect(await read()).toBeUndefined();
  await client.end();
});
