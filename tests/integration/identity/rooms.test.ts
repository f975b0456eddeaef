import { and, eq, isNull, ne } from "drizzle-orm";
import { expect } from "vitest";
import { verifyCompany } from "~/domain/identity/accounts.server";
import { changeLimit, limitsPage, storedLimit } from "~/domain/identity/changeLimit.server";
import { waitingCompanies } from "~/domain/identity/companies.server";
import { ChangeLimitInput } from "~/domain/identity/limitSchemas";
import { loadActor, readInstallation, rememberedInstallation } from "~/domain/identity/queries.server";
import { grantRole, peopleWithRoles, revokeRole } from "~/domain/identity/roles.server";
import { GrantRoleInput } from "~/domain/identity/roleSchemas";
import { addDonor } from "~/domain/identity/signUp.server";
import { LIMIT_BOUNDS, LIMIT_NAMES } from "~/domain/kernel/limitBounds";
import { limit, LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { connect } from "~db/client";
import { appUsers, roleGrants } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { aDonor, aPerson, aTeam, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock, type World } from "../../support/world";

const anAdmin = (world: World) => aPerson(world, { role: "admin", scope: { kind: "city" } });
const mailOf = async (world: World, userId: string) =>
  (await world.db.select({ email: appUsers.email }).from(appUsers).where(eq(appUsers.id, userId)))[0]
    ?.email ?? "";

test("only an admin gives roles, never to themselves, each in its own kind of place, and the journal says so", async ({
  db,
}) => {
  const world = aWorld(db);
  const [admin, donor, team] = [await anAdmin(world), await aDonor(world), await aTeam(world)];
  const email = await mailOf(world, donor.userId);
  const given = GrantRoleInput.parse({ email, role: "caseworker", where: `town:${SHIQI}` });
  for (const person of [donor, team.operator, team.reviewer])
    await expect(grantRole(world.as(person), given)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(
    grantRole(
      world.as(admin),
      GrantRoleInput.parse({ email: await mailOf(world, admin.userId), role: "auditor", where: "city" }),
    ),
  ).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  await expect(grantRole(world.as(admin), { ...given, email: "nobody@example.org" })).rejects.toMatchObject({
    code: "NO_SUCH_ACCOUNT",
  });
  await Promise.all([grantRole(world.as(admin), given), grantRole(world.as(admin), given)]);
  const now = await loadActor(db, donor.userId);
  expect(now.kind === "user" && now.grants.filter((held) => held.role === "caseworker")).toEqual([
    { role: "caseworker", scope: { kind: "town", id: SHIQI } },
  ]);
  const [row] = await db
    .select()
    .from(roleGrants)
    .where(and(eq(roleGrants.userId, donor.userId), eq(roleGrants.role, "caseworker")));
  const steps = await db
    .select({ event: journal.event, actorId: journal.actorId })
    .from(journal)
    .where(eq(journal.entityId, row?.id ?? ""));
  expect(steps).toEqual([{ event: "role.grant", actorId: admin.userId }]);
  expect(GrantRoleInput.safeParse({ email, role: "caseworker", where: "city" }).success).toBe(false);
  expect(GrantRoleInput.safeParse({ email, role: "donor", where: "city" }).success).toBe(false);
  await expect(peopleWithRoles(world.as(team.operator))).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  expect(
    (await peopleWithRoles(world.as(admin), { email: email.toUpperCase() })).rows
      .map((found) => found.grant.role)
      .sort(),
  ).toEqual(["caseworker", "donor"]);
});

test("the last admin stays, also when two take each other's role away at the same moment", async ({ db }) => {
  const world = aWorld(db);
  const [one, two] = [await anAdmin(world), await anAdmin(world)];
  const admins = await db
    .select({ id: roleGrants.id })
    .from(roleGrants)
    .where(and(eq(roleGrants.role, "admin"), isNull(roleGrants.revokedAt)));
  const outcomes = await Promise.allSettled(
    admins.map((held, index) => revokeRole(world.as(index % 2 === 0 ? one : two), held.id)),
  );
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(admins.length - 1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "LAST_ADMIN" });
});

test("a limit holds from its moment on, what was before stays, and a slip of the finger is refused in words", async ({
  db,
}) => {
  const world = aWorld(db);
  const [admin, operator] = [await anAdmin(world), (await aTeam(world)).operator];
  const version = (await storedLimit(world.as(admin), "holdHours")).opened;
  const tomorrow = new Date(world.clock.now().getTime() + 86_400_000);
  await expect(
    changeLimit(world.as(operator), { name: "holdHours", value: 12, version }),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(
    changeLimit(world.as(admin), { name: "holdHours", value: 12, validFrom: new Date(0), version }),
  ).rejects.toMatchObject({ code: "IN_THE_PAST" });
  await changeLimit(world.as(admin), { name: "holdHours", value: 12, validFrom: tomorrow, version });
  await expect(changeLimit(world.as(admin), { name: "holdHours", value: 13, version })).rejects.toMatchObject(
    { code: "CHANGED_MEANWHILE" },
  );
  expect(await limit(db, world.system, "holdHours")).toBe(24);
  expect((await limitsPage(world.as(admin))).find((row) => row.name === "holdHours")).toMatchObject({
    value: 24,
    next: { value: 12, from: tomorrow },
  });
  // The form is filled with what was set last: who types today's value then wants it back, and is heard.
  expect((await storedLimit(world.as(admin), "holdHours")).values["value"]).toBe("12");
  world.clock.advance({ days: 1 });
  expect(await limit(db, world.system, "holdHours")).toBe(12);
  expect(ChangeLimitInput.safeParse({ name: "holdHours", value: "1000" }).error?.issues[0]?.path).toEqual([
    "value",
  ]);
  expect(ChangeLimitInput.safeParse({ name: "holdHours", value: "1.5" }).success).toBe(false);
  expect(ChangeLimitInput.parse({ name: "capFenPerHead", value: "￥1,200.50" })).toMatchObject({
    value: 120_050,
  });
  for (const [value, message] of [
    ["20000.01", "limits.outOfBounds"],
    ["49.99", "limits.outOfBounds"],
    ["5.005", "common.amountWrong"],
  ])
    expect(ChangeLimitInput.safeParse({ name: "capFenPerHead", value }).error?.issues).toMatchObject([
      { path: ["value"], message },
    ]);
  for (const name of LIMIT_NAMES) {
    const [least, most] = LIMIT_BOUNDS[name];
    expect(LIMIT_DEFAULTS[name] >= least && LIMIT_DEFAULTS[name] <= most, name).toBe(true);
  }

  expect([...LIMIT_NAMES].sort()).toEqual(Object.keys(LIMIT_DEFAULTS).sort());
});

test("a limit set for now is in force when every process knows of it, and in none of them before", async ({
  db,
  databaseUrl,
}) => {
  const elsewhere = connect(databaseUrl, { max: 1 });
  const clock = new Clock();
  const [here, there] = [aWorld(db, { clock }), aWorld(elsewhere.db, { clock })];
  const undoMinutes = () =>
    Promise.all([here, there].map((world) => limit(world.db, world.system, "undoMinutes")));
  expect(await undoMinutes()).toEqual([10, 10]);
  const admin = here.as(await anAdmin(here));
  await changeLimit(admin, {
    name: "undoMinutes",
    value: 20,
    version: (await storedLimit(admin, "undoMinutes")).opened,
  });
  const seen = [await undoMinutes()];
  for (let second = 0; second < 6; second += 1) {
    clock.advance({ minutes: 1 / 60 });
    seen.push(await undoMinutes());
  }

  expect(seen).toEqual([...Array.from({ length: 5 }, () => [10, 10]), [20, 20], [20, 20]]);
  await elsewhere.close();
});

test("a company waits until an operator has checked it; nobody else sees who waits", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const company = {
    email: `${world.system.newId()}@example.org`,
    password: "eine lange Wortfolge 77",
    displayName: "演示五金厂",
    kind: "company",
    creditCode: "91350100M000100Y43",
  } as const;
  const { userId } = await addDonor(world.system, company);
  expect((await waitingCompanies(world.as(team.operator))).map((row) => row.userId)).toContain(userId);
  for (const person of [team.reviewer, await aDonor(world)])
    await expect(waitingCompanies(world.as(person))).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await verifyCompany(world.as(team.operator), userId);
  expect((await waitingCompanies(world.as(team.operator))).map((row) => row.userId)).not.toContain(userId);
});

test("what this installation is stands in one row, which set-up writes; a portal without it says which command was forgotten", async ({
  db,
  owner,
}) => {
  const [row] = await owner`select * from installation`;
  expect(await readInstallation(db)).toEqual({
    one: true,
    cityNameHans: row?.["city_name_hans"] as string,
    cityNameHant: row?.["city_name_hant"] as string,
    cityNameEn: row?.["city_name_en"] as string,
    phoneLine: row?.["phone_line"] as string,
    isDemo: row?.["is_demo"] as boolean,
  });
  // Not even its owner can give the database a second one, from which pages would read another city, or that
  // it is a demo.
  const another = (one: boolean) =>
    owner`insert into installation (one, city_name_hans, city_name_hant, city_name_en, phone_line, is_demo) values (${one}, '别市', '別市', 'Another city', '110', true)`;
  await expect(another(false)).rejects.toMatchObject({ constraint_name: "installation_one_row" });
  await expect(another(true)).rejects.toMatchObject({ constraint_name: "installation_pkey" });
  await expect(owner`update installation set one = false`).rejects.toMatchObject({
    constraint_name: "installation_one_row",
  });
  // A table that is keyed by yes or no alone is one of a single row: whichever there is says so.
  const keyedByYes = await owner<{ table: string; checked: boolean }[]>`
    select c.relname as table, exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[i.indkey[0]]) as checked
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where i.indisprimary and i.indnkeyatts = 1 and a.atttypid = 'bool'::regtype and c.relnamespace = 'public'::regnamespace
    order by 1`;
  expect([...keyedByYes]).toEqual(
    ["installation", "public_version"].map((table) => ({ table, checked: true })),
  );
  // The frame of every page may be a minute late, and no more.
  const world = aWorld(db);
  const told = await rememberedInstallation(world.system);
  await owner`delete from installation`;
  await expect(readInstallation(db)).rejects.toThrow("npm run load");
  expect(await rememberedInstallation(world.system)).toEqual(told);
  world.clock.advance({ minutes: 1 });
  await expect(rememberedInstallation(world.system)).rejects.toThrow("npm run load");
});

test("everybody with a role is on some page, once, however many they are; also when one loses their role in between", async ({
  db,
}) => {
  const world = aWorld(db);
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  for (let n = 0; n < 120; n += 1) await aPerson(world, { role: "courier", scope: { kind: "city" } });
  const held = await db
    .select({ id: roleGrants.id })
    .from(roleGrants)
    .where(and(isNull(roleGrants.revokedAt), ne(roleGrants.role, "donor")));
  const first = await peopleWithRoles(admin);
  const seen = first.rows.map(({ grant }) => grant.id);
  expect(seen).toHaveLength(100);
  await revokeRole(admin, seen.at(-1) ?? "");
  for (let next = first.next; next !== undefined;) {
    const page = await peopleWithRoles(admin, { after: next });
    seen.push(...page.rows.map(({ grant }) => grant.id));
    next = page.next;
  }

  expect(seen.toSorted()).toEqual(held.map(({ id }) => id).toSorted());
});
