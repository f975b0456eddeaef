import { desc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { trailOfUse, useOfDay } from "~/domain/audit/trail.server";
import { disableAccount } from "~/domain/identity/closeAccount.server";
import { checkPassword } from "~/domain/identity/signIn.server";
import { gathered } from "~/domain/kernel/batches";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { journal } from "~db/schema/journal";
import { portalUses } from "~db/schema/trail";
import { PASSWORD, somebody } from "../../factories/accounts";
import { aPerson } from "../../factories/people";
import { test } from "../../support/database";
import { codeOf } from "../../support/refused";
import { aWorld, type World } from "../../support/world";

const auditor = async (world: World) =>
  world.as(await aPerson(world, { role: "auditor", scope: { kind: "city" } }));
const from = (world: World, clientAddress: string) => ({ ...world.as({ kind: "visitor" }), clientAddress });
const linesFrom = (world: World, address: string) =>
  world.db.select().from(portalUses).where(eq(portalUses.clientAddress, address)).orderBy(portalUses.at);

test("a sign-in that fails is a line with the account that was tried and from where, also when too many were tried; what was typed stands nowhere", async ({
  db,
}) => {
  const world = aWorld(db);
  const person = await somebody(world);
  const wrong = "weder noch, geheim";
  const clientAddress = "203.0.113.80";
  const codes: unknown[] = [];
  for (let n = 0; n < 7; n += 1) {
    await checkPassword(from(world, clientAddress), {
      email: person.email,
      password: wrong,
      clientAddress,
    }).catch((error: unknown) => codes.push(codeOf(error)));
    world.clock.advance({ minutes: 1 });
  }

  await checkPassword(from(world, clientAddress), {
    email: "nobody-here@example.org",
    password: wrong,
    clientAddress,
  }).catch((error: unknown) => codes.push(codeOf(error)));
  expect(codes).toEqual([
    ...Array.from({ length: 5 }, () => "SIGN_IN_FAILED"),
    "TOO_MANY_REQUESTS",
    "TOO_MANY_REQUESTS",
    "SIGN_IN_FAILED",
  ]);
  const lines = await linesFrom(world, clientAddress);
  expect(lines.map(({ actorId, kind, times }) => [actorId, kind, times])).toEqual([
    ...Array.from({ length: 7 }, () => [person.userId, "sign_in_failed", 1]),
    [null, "sign_in_failed", 1],
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/example\.org|geheim/);
});

test("the same again within a minute counts in its line, for that person and address alone", async ({
  db,
}) => {
  const world = aWorld(db);
  const [one, other] = [
    await aPerson(world, { role: "courier", scope: { kind: "city" } }),
    await aPerson(world, { role: "courier", scope: { kind: "city" } }),
  ];
  const refused = (actor: typeof one, clientAddress: string, what = "/admin/people") =>
    recordUse(db, { ...world.as(actor), clientAddress }, { kind: "refused", what });
  for (let n = 0; n < 50; n += 1) await refused(one, "2001:db8::9");
  await refused(other, "2001:db8::9");
  await refused(one, "2001:db8::9", "/finance");
  await refused(one, "198.51.100.99");
  world.clock.advance({ minutes: 1 });
  await refused(one, "2001:db8::9");
  expect((await linesFrom(world, "2001:db8::9")).map(({ times }) => times).toSorted()).toEqual([1, 1, 1, 50]);
  expect(await linesFrom(world, "198.51.100.99")).toHaveLength(1);
});

test("what a proxy hands on that is no address is none, and one of IPv4 within IPv6 is that of IPv4", async ({
  db,
}) => {
  const world = aWorld(db);
  const actor = await aPerson(world, { role: "courier", scope: { kind: "city" } });
  const written = async (clientAddress: string) => {
    await recordUse(
      db,
      { ...world.as(actor), clientAddress },
      { kind: "export", what: `f${clientAddress.length}.csv` },
    );
    const [line] = await db
      .select()
      .from(portalUses)
      .where(eq(portalUses.what, `f${clientAddress.length}.csv`))
      .orderBy(desc(portalUses.id));
    return line?.clientAddress;
  };

  expect(await written("::ffff:198.51.100.7")).toBe("198.51.100.7");
  expect(await written("fe80::1%eth0")).toBe("fe80::1");
  expect(await written("unknown")).toBeNull();
  expect(await written("'; drop table portal_use")).toBeNull();
});

test("a change of somebody's account stands in the trail with its line of the journal and from where; only an auditor reads it", async ({
  db,
}) => {
  const world = aWorld(db);
  const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  const gone = await somebody(world, "要停用的人");
  await disableAccount({ ...world.as(admin), clientAddress: "192.0.2.99" }, gone.userId, "asked");
  const [line] = await linesFrom(world, "192.0.2.99");
  const [written] = await db
    .select()
    .from(journal)
    .where(eq(journal.entityId, gone.userId))
    .orderBy(desc(journal.entityVersion));
  expect(line).toMatchObject({
    kind: "role",
    what: "account.disable",
    actorId: admin.userId,
    journalId: written?.id,
  });

  const ctx = await auditor(world);
  const { rows } = await trailOfUse(ctx, { kind: "role" });
  expect(rows).toContainEqual(
    expect.objectContaining({ id: line?.id, from: "192.0.2.99", what: "account.disable" }),
  );
  expect((await trailOfUse(ctx, { kind: "export", day: "2019-01-01" })).rows).toEqual([]);
  for (const [nobody, code] of [
    [world.as(admin), "NOT_ALLOWED"],
    [world.as({ kind: "visitor" }), "SIGN_IN_NEEDED"],
  ] as const) {
    await expect(trailOfUse(nobody, {})).rejects.toMatchObject({ code });
    await expect(useOfDay(nobody, "2026-03-02").next()).rejects.toMatchObject({ code });
  }
});

test("pages of the trail follow each other without a gap, also where many lines have one moment; a day's file has them all", async ({
  db,
}) => {
  const world = aWorld(db);
  world.clock.advance({ days: 400 });
  const actor = await aPerson(world, { role: "courier", scope: { kind: "city" } });
  for (let n = 0; n < 120; n += 1)
    await recordUse(db, world.as(actor), { kind: "export", what: `page${n}.csv` });
  const ctx = await auditor(world);
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = await trailOfUse(ctx, { kind: "export" }, before);
    seen.push(...page.rows.map(({ what }) => what).filter((what) => what.startsWith("page")));
    before = page.next;
  } while (before !== undefined);

  expect(new Set(seen).size).toBe(120);
  expect(seen).toHaveLength(120);
  const day = await gathered(useOfDay(ctx, shanghaiDay(world.clock.now()), 50));
  expect(new Set(day.map(({ id }) => id)).size).toBe(day.length);
  expect(day.filter(({ what }) => what.startsWith("page"))).toHaveLength(120);
});

test("the right password is no line here: coming in is written where the session begins", async ({ db }) => {
  const world = aWorld(db);
  const person = await somebody(world);
  await checkPassword(from(world, "203.0.113.81"), {
    email: person.email,
    password: PASSWORD,
    clientAddress: "203.0.113.81",
  });
  expect(await linesFrom(world, "203.0.113.81")).toEqual([]);
});
