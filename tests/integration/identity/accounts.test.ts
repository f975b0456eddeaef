import { and, eq, isNull } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { openRecord, readOpened } from "~/domain/households/openRecord.server";
import { verifyCompany } from "~/domain/identity/accounts.server";
import { changePassword } from "~/domain/identity/changeAccount.server";
import { endMySession, endMySessions, mySessions } from "~/domain/identity/endSessions.server";
import { askNewPassword, setNewPassword } from "~/domain/identity/forgottenPassword.server";
import { loadActor } from "~/domain/identity/queries.server";
import { revokeRole } from "~/domain/identity/roles.server";
import { checkPassword } from "~/domain/identity/signIn.server";
import { addDonor, signUp } from "~/domain/identity/signUp.server";
import { holds } from "~/domain/kernel/actor";
import { contextOf } from "~/http/context.server";
import { enter } from "~/http/enter.server";
import { makeSessions } from "~/session/sessions.server";
import { appUsers, donorProfiles, roleGrants, sessions } from "~db/schema/identity";
import { installation } from "~db/schema/kernel";
import { needs } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { HERE, PASSWORD, sentLink, somebody } from "../../factories/accounts";
import { aSubmittedWish } from "../../factories/needs";
import { aDonor, aPerson, aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";
import { codeOf } from "../../support/refused";
import { argsFor } from "../../support/routeArgs";
import { aWorld, Clock } from "../../support/world";

const someone = (email: string) =>
  ({
    email,
    password: "一句没人猜得到的话 42",
    displayName: "某人",
    kind: "person",
    realName: "真名在此",
  }) as const;
const cookieOf = (setCookie: string) =>
  new Request("http://portal.test/", { headers: { cookie: setCookie.split(";")[0] ?? "" } });

test("a real name is sealed, a common password refused, an address taken once", async ({ db }) => {
  const world = aWorld(db);
  const { userId } = await addDonor(world.system, someone("one@example.org"));
  const [profile] = await db.select().from(donorProfiles).where(eq(donorProfiles.userId, userId));
  expect(JSON.stringify(profile)).not.toContain("真名在此");
  await expect(addDonor(world.system, someone("one@example.org"))).rejects.toMatchObject({
    code: "MAIL_TAKEN",
  });
  await expect(
    addDonor(world.system, { ...someone("two@example.org"), password: "12345678" }),
  ).rejects.toMatchObject({ code: "PASSWORD_COMMON" });
});

test("the city's words and those of its towns are no password, wherever one is set", async ({ db }) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const [place] = await db.select({ hans: installation.cityNameHans }).from(installation);
  const [town] = await db.select({ hans: towns.nameHans, en: towns.nameEn }).from(towns);
  const person = await somebody(world);
  const { email } = person;
  const me = world.as(person);
  for (const password of [
    `${place?.hans ?? ""} 2026 2026`,
    `${town?.en ?? ""}2026`,
    `${town?.hans ?? ""}12345678`,
    "Hongxin!2026",
    "monkey2026",
  ]) {
    const refused = { code: "PASSWORD_COMMON" };
    await expect(
      addDonor(world.system, { ...someone("words@example.org"), password }),
      password,
    ).rejects.toMatchObject(refused);
    await expect(
      signUp(visitor, { ...someone("words@example.org"), password }, HERE),
      password,
    ).rejects.toMatchObject(refused);
    await expect(
      changePassword(me, { password: PASSWORD, newPassword: password, sessionId: undefined, ...HERE }),
      password,
    ).rejects.toMatchObject(refused);
    await askNewPassword(visitor, { email, clientAddress: world.system.newId() });
    const token = await sentLink(world, "passwordLink", email);
    await expect(setNewPassword(visitor, token, password), password).rejects.toMatchObject(refused);
    world.clock.advance({ minutes: 61 });
  }
});

test("five wrong tries close an account for that address, also for tries at once, and unknown people are refused alike", async ({
  db,
}) => {
  const world = aWorld(db);
  await addDonor(world.system, someone("three@example.org"));
  const tries = (email: string, clientAddress: string, password = "falsch falsch") =>
    checkPassword(world.system, { email, password, clientAddress }).catch(codeOf);
  const answers = await Promise.all(Array.from({ length: 9 }, () => tries("three@example.org", "10.0.0.1")));
  expect(answers.filter((code) => code === "SIGN_IN_FAILED")).toHaveLength(5);
  expect(await tries("three@example.org", "10.0.0.1", someone("").password)).toBe("TOO_MANY_REQUESTS");
  expect(await tries("three@example.org", "10.0.0.2", someone("").password)).toHaveProperty("userId");
  expect(await tries("nobody@example.org", "10.0.0.3")).toBe("SIGN_IN_FAILED");
});

test("one network cannot try passwords on from address to address; an account that many try from everywhere gets slower, and lets its person in", async ({
  db,
}) => {
  const world = aWorld(db);
  const [victim, other] = [
    `victim-${world.system.newId()}@example.org`,
    `other-${world.system.newId()}@example.org`,
  ];
  for (const email of [victim, other]) await addDonor(world.system, someone(email));
  const tries = (email: string, clientAddress: string, password = "falsch falsch") =>
    checkPassword(world.system, { email, password, clientAddress }).then(() => "in", codeOf);
  // Sixty wrong ones from one network, each from another address and for another account.
  for (let n = 0; n < 60; n += 1)
    expect(await tries(`nobody-${n}@example.org`, `198.51.100.${n}`)).toBe("SIGN_IN_FAILED");
  expect(await tries(other, "198.51.100.200", someone("").password)).toBe("TOO_MANY_REQUESTS");
  expect(await tries(other, "203.0.113.1", someone("").password)).toBe("in");
  expect(world.pauses).toEqual([]);
  // Right ones are no guesses: a whole office signs in from one address.
  for (let n = 0; n < 70; n += 1) expect(await tries(other, "203.0.113.1", someone("").password)).toBe("in");
  // Twelve wrong ones for one account, each from another network.
  for (let n = 0; n < 12; n += 1) await tries(victim, `10.${n}.0.1`);
  expect(world.pauses).toEqual([250, 500]);
  expect(await tries(victim, "10.99.0.1", someone("").password)).toBe("in");
  expect(world.pauses).toEqual([250, 500, 1_000]);
});

test("the session table opens no session, a session ends after sixty days whatever happens, and a disabled user is out at once", async ({
  db,
}) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const store = makeSessions(db, { secure: false });
  const donor = await aDonor(world);
  const mine = cookieOf(await store.start(donor.userId, world.clock.now()));
  expect((await store.read(mine, world.clock.now()))?.actor.userId).toBe(donor.userId);
  const [row] = await db.select().from(sessions).where(eq(sessions.userId, donor.userId));
  expect(await store.read(cookieOf(`session=${row?.id ?? ""}`), world.clock.now())).toBeUndefined();
  await db.update(appUsers).set({ disabledAt: world.clock.now() }).where(eq(appUsers.id, donor.userId));
  expect(await store.read(mine, world.clock.now())).toBeUndefined();
  await db.update(appUsers).set({ disabledAt: null }).where(eq(appUsers.id, donor.userId));

  const other = await aDonor(world);
  const long = cookieOf(await store.start(other.userId, world.clock.now()));
  world.clock.advance({ days: 61 });
  expect(await store.read(long, world.clock.now())).toBeUndefined();
  expect((await store.start(other.userId, world.clock.now())).toLowerCase()).toContain("httponly");
});

test("whoever works here is out after half an hour in which nothing was asked, and after twelve hours; a donor is not", async ({
  db,
}) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const store = makeSessions(db, { secure: false });
  const [donor, worker] = [await aDonor(world), (await aTeam(world)).courier];
  const start = async (who: typeof donor) => cookieOf(await store.start(who.userId, world.clock.now()));
  const [giving, working] = [await start(donor), await start(worker)];
  const isIn = async (cookie: Request) => (await store.read(cookie, world.clock.now())) !== undefined;
  // In use: asked every 25 minutes it stays, up to twelve hours.
  for (let minutes = 25; minutes <= 12 * 60; minutes += 25) {
    world.clock.advance({ minutes: 25 });
    expect([minutes, await isIn(working)]).toEqual([minutes, true]);
  }

  world.clock.advance({ minutes: 25 });
  expect([await isIn(working), await isIn(giving)]).toEqual([false, true]);
  expect(await store.readEnded(working)).toEqual({ userId: worker.userId, why: "idle" });
  const idle = await start(worker);
  world.clock.advance({ minutes: 30 });
  expect(await isIn(idle)).toBe(true);
  world.clock.advance({ minutes: 31 });
  expect([await isIn(idle), await isIn(giving)]).toEqual([false, true]);
});

test("one's own sessions are listed without those that are over, and each other one is ended; nobody else's is", async ({
  db,
}) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const store = makeSessions(db, { secure: false });
  const [donor, other] = [await aDonor(world), await aDonor(world)];
  const start = async (who: typeof donor) => cookieOf(await store.start(who.userId, world.clock.now()));
  const [lost, here, theirs] = [await start(donor), await start(donor), await start(other)];
  await store.end(await start(donor), world.clock.now());
  const listed = await mySessions(world.as(donor), store.idOf(here));
  expect(listed.map(({ id, isThis }) => [id, isThis]).toSorted()).toEqual(
    [
      [store.idOf(here), true],
      [store.idOf(lost), false],
    ].toSorted(),
  );
  await expect(endMySession(world.as(other), store.idOf(lost) ?? "")).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(endMySession(world.as(donor), store.idOf(theirs) ?? "")).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await endMySession(world.as(donor), store.idOf(lost) ?? "");
  await endMySession(world.as(donor), store.idOf(lost) ?? "");
  expect([
    await store.read(lost, world.clock.now()),
    (await store.read(here, world.clock.now()))?.actor.userId,
  ]).toEqual([undefined, donor.userId]);
  expect(await mySessions(world.as(donor), store.idOf(here))).toMatchObject([{ isThis: true }]);
  world.clock.advance({ days: 61 });
  expect(await mySessions(world.as(donor), store.idOf(here))).toEqual([]);
});

test("signing in again ends what the browser was signed in with", async ({ db }) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const donor = await aDonor(world);
  const args = await argsFor(world, donor, "http://portal.test/sign-in");
  const store = makeSessions(db, { secure: false });
  expect((await store.read(args.request, world.clock.now()))?.actor.userId).toBe(donor.userId);
  await enter(args, world.as(donor), donor.userId, { otherwise: "/me" });
  expect(await store.read(args.request, world.clock.now())).toBeUndefined();
  const open = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, donor.userId), isNull(sessions.endedAt)));
  expect(open).toHaveLength(1);
});

test("a session in use is prolonged in table and cookie; one that ended is known as what it was, and opens nothing", async ({
  db,
}) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const donor = await aDonor(world);
  const args = await argsFor(world, donor, "http://portal.test/gifts");
  const store = makeSessions(db, { secure: false });
  const mine = db.select().from(sessions).where(eq(sessions.userId, donor.userId));
  expect((await contextOf(args)).actor).toMatchObject({ kind: "user", userId: donor.userId });
  expect(args.context.toSay).toEqual({});

  // Half its time is over: the next request prolongs it.
  const soon = new Date(Date.now() + 6 * 86_400_000);
  await db.update(sessions).set({ expiresAt: soon }).where(eq(sessions.userId, donor.userId));
  const later = { ...args, context: { ...args.context, toSay: {} as { sessionCookie?: string } } };
  await contextOf(later);
  expect(later.context.toSay.sessionCookie).toMatch(/^session=.+Max-Age=3801600/);
  expect((await mine)[0]?.expiresAt.getTime()).toBeGreaterThan(soon.getTime() + 7 * 86_400_000);

  await db
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() - 1_000) })
    .where(eq(sessions.userId, donor.userId));
  expect(await store.read(args.request, new Date())).toBeUndefined();
  expect(await store.readEnded(args.request)).toEqual({ userId: donor.userId, why: "idle" });
  expect(await store.readEnded(cookieOf("session=never-was-one"))).toBeUndefined();

  const other = cookieOf(await store.start(donor.userId, world.clock.now()));
  await endMySessions(world.as(donor));
  expect(await store.read(other, world.clock.now())).toBeUndefined();
  expect(await store.readEnded(other)).toEqual({ userId: donor.userId, why: "everywhere" });
});

test("a revoked role is gone at the next request; a company counts as one only when an operator checked it", async ({
  db,
}) => {
  const world = aWorld(db);
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  const team = await aTeam(world);
  const [grant] = await db
    .select()
    .from(roleGrants)
    .where(and(eq(roleGrants.userId, team.operator.userId), eq(roleGrants.role, "operator")));
  await expect(revokeRole(world.as(team.operator), grant?.id ?? "")).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await revokeRole(admin, grant?.id ?? "");
  expect(holds(await loadActor(db, team.operator.userId), "operator")).toBe(false);
  const { userId } = await addDonor(world.system, { ...someone("firm@example.org"), kind: "company" });
  await expect(verifyCompany(admin, userId)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await verifyCompany(world.as(team.secondOperator), userId);
});

test("a record opens for fifteen minutes, for a reason, with a line in the journal; to strangers and donors it does not exist", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await aSubmittedWish(world, team, {});
  const [need] = await db.select().from(needs).where(eq(needs.id, needId));
  const householdId = need?.householdId ?? "";
  const reader = world.as(team.reviewer);
  expect(await readOpened(reader, householdId)).toBeUndefined();
  await openRecord(reader, { householdId, reason: "verify_wish" });
  expect((await readOpened(reader, householdId))?.fields.phone).toBe("19900001234");
  expect(await readOpened(world.as(team.colleague), householdId)).toBeUndefined();
  world.clock.advance({ minutes: 16 });
  expect(await readOpened(reader, householdId)).toBeUndefined();
  const finance = await aPerson(world, {
    role: "finance",
    scope: { kind: "charity", id: world.system.newId() },
  });
  for (const stranger of [
    await aDonor(world),
    finance,
    (await aTeam(world, GUZHEN)).caseworker,
    team.courier,
  ]) {
    await expect(openRecord(world.as(stranger), { householdId, reason: "audit" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  }

  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});
