import { and, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { checkPassword, signUp } from "~/domain/identity/accounts.server";
import { askMailChange, changeName, changePassword, confirmMail } from "~/domain/identity/changeAccount.server";
import { forgetEnded } from "~/domain/identity/clocks.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { disableAccount, enableAccount } from "~/domain/identity/closeAccount.server";
import { askNewPassword, setNewPassword } from "~/domain/identity/forgottenPassword.server";
import { acceptInvitation, inviteStaff, invitationPage, openInvitations, withdrawInvitation } from "~/domain/identity/invitations.server";
import { leave, leavePage } from "~/domain/identity/leave.server";
import { isOpen } from "~/domain/identity/oneTimeLinks.server";
import { demoAccounts, loadActor } from "~/domain/identity/queries.server";
import { revokeRole } from "~/domain/identity/roles.server";
import { runChecks } from "~/domain/checks.server";
import { holds, type UserActor } from "~/domain/kernel/actor";
import { drainOutbox } from "~/journal/drainOutbox.server";
import { makeSessions } from "~/session/sessions.server";
import { violatedConstraint } from "~db/client";
import { appUsers, donorProfiles, invitations, oneTimeLinks, roleGrants, sessions } from "~db/schema/identity";
import { journal, messages } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aPerson, aTeam, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock, type World } from "../../support/world";

const PASSWORD = "一句没人猜得到的话 42";
const NEW = "另一句没人猜得到的话 43";
const HERE = { clientAddress: "192.0.2.7" };

async function somebody(world: World, name = "某人"): Promise<UserActor & { email: string }> {
  const email = `${world.system.newId()}@example.org`;
  const { userId } = await signUp(world.system, { email, password: PASSWORD, displayName: name, kind: "person", realName: "真名在此", phone: "19900001234" });
  const actor = await loadActor(world.db, userId);
  if (actor.kind !== "user") throw new Error("nobody was made");
  return { ...actor, email };
}

const enters = (world: World, email: string, password: string, clientAddress = world.system.newId()) =>
  checkPassword(world.system, { email, password, clientAddress }).then(
    () => "in",
    (error: { code: string }) => error.code,
  );

/** Everything that is owed is sent, also what other tests of this file left. */
async function sendAll(world: World): Promise<void> {
  while ((await drainOutbox(world.system)) > 0);
}

/** The token in the last letter of this kind that was really sent there. */
async function sentLink(world: World, template: string, to: string): Promise<string> {
  await sendAll(world);
  const link = world.mails.filter((mail) => mail.template === template && mail.to === to).at(-1)?.data["link"];
  return String(link).split("/").at(-1) ?? "";
}

test("a forgotten password: a link by mail sets a new one once, within the hour, and ends every session; nothing that is stored opens it", async ({ db }) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const { email, userId } = await somebody(world);
  await makeSessions(db, { secure: false }).start(userId, world.clock.now());
  await askNewPassword(visitor, { email, ...HERE });
  const token = await sentLink(world, "passwordLink", email);
  expect(Buffer.from(token, "base64url")).toHaveLength(20);
  for (const table of [oneTimeLinks, messages, journal])
    expect(JSON.stringify(await db.select().from(table), (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value))).not.toContain(token);
  expect(await isOpen(visitor, token, "password")).toBe(true);
  expect(await isOpen(visitor, token, "mail")).toBe(false);
  await expect(setNewPassword(visitor, token, "12345678")).rejects.toMatchObject({ code: "PASSWORD_COMMON" });
  const both = await Promise.allSettled([setNewPassword(visitor, token, NEW), setNewPassword(visitor, token, NEW)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect([await enters(world, email, PASSWORD), await enters(world, email, NEW)]).toEqual(["SIGN_IN_FAILED", "in"]);
  expect((await db.select().from(sessions).where(eq(sessions.userId, userId))).map((row) => row.endedWhy)).toEqual(["password"]);
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === email).map((mail) => mail.template)).toEqual(["passwordLink", "passwordChanged"]);

  await askNewPassword(visitor, { email, ...HERE });
  const first = await sentLink(world, "passwordLink", email);
  await askNewPassword(visitor, { email, ...HERE });
  const second = await sentLink(world, "passwordLink", email);
  expect([await isOpen(visitor, first, "password"), await isOpen(visitor, second, "password")]).toEqual([false, true]);
  world.clock.advance({ minutes: 61 });
  await expect(setNewPassword(visitor, second, PASSWORD)).rejects.toMatchObject({ code: "LINK_ENDED" });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("known and unknown addresses are asked about alike: the same rows, the same limit; of an unknown one nothing is kept", async ({ db }) => {
  const world = aWorld(db);
  const { email } = await somebody(world);
  const rowsFor = async (address: string) => {
    const before = await db.select().from(messages);
    await askNewPassword(world.as({ kind: "visitor" }), { email: address, clientAddress: world.system.newId() });
    return (await db.select().from(messages)).slice(before.length).map((row) => [row.template, row.userId, row.linkSealed, row.toSealed?.length === undefined]);
  };
  const unknown = "nobody-at-all@example.org";
  expect(await rowsFor(email)).toEqual(await rowsFor(unknown));
  await sendAll(world);
  expect(world.mails.map(({ to }) => to).filter((to) => to === email || to === unknown)).toEqual([email]);
  expect(
    await db
      .select()
      .from(messages)
      .where(sql`user_id is null and template = 'passwordLink'`),
  ).toEqual([]);
  const answers = (address: string) =>
    Promise.all(
      Array.from({ length: 7 }, () =>
        rowsFor(address).then(
          () => "asked",
          (error: { code: string }) => error.code,
        ),
      ),
    );
  const [known, other] = [await answers(email), await answers(unknown)];
  expect(known.filter((answer) => answer === "asked")).toHaveLength(4);
  expect(other.filter((answer) => answer === "asked")).toHaveLength(4);
  expect(known).toContain("TOO_MANY_REQUESTS");
});

test("right passwords do not count as wrong ones; a closed account's right one is answered like a wrong one, and counted", async ({ db }) => {
  const world = aWorld(db);
  const { email, userId } = await somebody(world);
  for (let time = 0; time < 8; time += 1) expect(await enters(world, email, PASSWORD, "10.0.0.9")).toBe("in");
  const wrong = [];
  for (let time = 0; time < 6; time += 1) wrong.push(await enters(world, email, "falsch falsch", "10.0.0.9"));
  expect(wrong).toEqual([...Array.from({ length: 5 }, () => "SIGN_IN_FAILED"), "TOO_MANY_REQUESTS"]);

  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  await disableAccount(admin, userId, "suspicious");
  const closed = [];
  for (let time = 0; time < 6; time += 1) closed.push(await enters(world, email, PASSWORD, "10.0.0.10"));
  expect(closed).toEqual([...Array.from({ length: 5 }, () => "SIGN_IN_FAILED"), "TOO_MANY_REQUESTS"]);
  await enableAccount(admin, userId);
  expect(await enters(world, email, PASSWORD)).toBe("in");
});

test("changing the password asks for the old one, ends all other sessions and says so by letter", async ({ db }) => {
  const world = aWorld(db);
  const person = await somebody(world);
  const store = makeSessions(db, { secure: false });
  const requests = await Promise.all(
    [1, 2].map(async () => new Request("http://portal.test/", { headers: { cookie: (await store.start(person.userId, world.clock.now())).split(";")[0] ?? "" } })),
  );
  const [mine, other] = requests;
  if (!mine || !other) throw new Error("no sessions");
  const ctx = world.as(person);
  const change = (password: string, newPassword: string) => changePassword(ctx, { password, newPassword, ...HERE, sessionId: store.idOf(mine) });
  await expect(change("falsch falsch", NEW)).rejects.toMatchObject({ code: "PASSWORD_WRONG" });
  await expect(change(PASSWORD, person.email.split("@")[0] ?? "")).rejects.toMatchObject({ code: "PASSWORD_COMMON" });
  await change(PASSWORD, NEW);
  expect([await store.readEnded(mine), await store.readEnded(other)].map((row) => row?.why)).toEqual(["idle", "password"]);
  expect([await enters(world, person.email, PASSWORD), await enters(world, person.email, NEW)]).toEqual(["SIGN_IN_FAILED", "in"]);
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === person.email)).toMatchObject([{ template: "passwordChanged" }]);
});

test("another address is taken once its link was followed; the old one is told, and a password link that it was sent ends", async ({ db }) => {
  const world = aWorld(db);
  const person = await somebody(world);
  const neighbour = await somebody(world);
  const newMail = `${world.system.newId()}@example.org`;
  await expect(askMailChange(world.as(person), { email: newMail, password: "falsch falsch", ...HERE })).rejects.toMatchObject({ code: "PASSWORD_WRONG" });
  await expect(askMailChange(world.as(person), { email: neighbour.email, password: PASSWORD, ...HERE })).rejects.toMatchObject({ code: "MAIL_TAKEN" });
  await askNewPassword(world.as({ kind: "visitor" }), { email: person.email, ...HERE });
  const passwordToken = await sentLink(world, "passwordLink", person.email);
  await askMailChange(world.as(person), { email: newMail, password: PASSWORD, ...HERE });
  const token = await sentLink(world, "confirmMail", newMail);
  expect(await enters(world, newMail, PASSWORD)).toBe("SIGN_IN_FAILED");
  await confirmMail(world.as({ kind: "visitor" }), token);
  expect([await enters(world, person.email, PASSWORD), await enters(world, newMail, PASSWORD)]).toEqual(["SIGN_IN_FAILED", "in"]);
  expect(await isOpen(world.system, passwordToken, "password")).toBe(false);
  await expect(confirmMail(world.system, token)).rejects.toMatchObject({ code: "LINK_ENDED" });
  await sendAll(world);
  const told = world.mails.find((mail) => mail.to === person.email && mail.template === "mailChanged");
  expect(told).toBeDefined();
  expect(JSON.stringify(told?.data)).not.toContain(newMail.split("@")[0]);

  // Two who want the same address at once: one gets it, the other is told.
  const wanted = `${world.system.newId()}@example.org`;
  const tokens: string[] = [];
  for (const who of [person, neighbour]) {
    await askMailChange(world.as(who), { email: wanted, password: PASSWORD, ...HERE });
    tokens.push(await sentLink(world, "confirmMail", wanted));
  }
  const outcomes = await Promise.allSettled(tokens.map((one) => confirmMail(world.system, one)));
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? "taken" : (outcome.reason as { code: string }).code)).sort()).toEqual(["MAIL_TAKEN", "taken"]);

  await changeName(world.as(person), "新称呼");
  expect(await loadActor(db, person.userId)).toMatchObject({ displayName: "新称呼" });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("leaving: what is open is in the way and named; then nothing personal is left, and what was given keeps its code", async ({ db }) => {
  const world = aWorld(db);
  const person = await somebody(world, "临走的人");
  const ctx = world.as(person);
  const worker = await aPerson(world, { role: "caseworker", scope: { kind: "town", id: SHIQI } });
  expect((await leavePage(world.as(worker))).inTheWay).toEqual([{ kind: "role", code: "caseworker" }]);
  await expect(leave(world.as(worker), { password: undefined, ...HERE })).rejects.toMatchObject({ code: "ROLES_FIRST" });
  const { needId } = await aPublishedWish(world, await aTeam(world));
  const [line] = await db.select().from(needLines).where(eq(needLines.needId, needId));
  const { giftCode: code, pledge } = await aConfirmedGift(world, person, line?.id ?? "");
  const { giftId } = pledge;
  expect((await leavePage(ctx)).inTheWay).toEqual([{ kind: "gift", code }]);
  await expect(leave(ctx, { password: PASSWORD, ...HERE })).rejects.toMatchObject({ code: "GIFTS_OPEN" });
  await expect(leave(ctx, { password: "falsch falsch", ...HERE })).rejects.toMatchObject({ code: "PASSWORD_WRONG" });
  await undoGift(ctx, code);
  await db.execute(sql`update gift set display_choice = 'name', display_name = '临走的人' where id = ${giftId}`);
  await leave(ctx, { password: PASSWORD, ...HERE });
  expect(await enters(world, person.email, PASSWORD)).toBe("SIGN_IN_FAILED");
  const [profile] = await db.select().from(donorProfiles).where(eq(donorProfiles.userId, person.userId));
  expect(profile).toMatchObject({ realNameSealed: null, phoneSealed: null });
  const [gift] = await db.execute<{ code: string; display_name: string | null }>(sql`select code, display_name from gift where id = ${giftId}`);
  expect(gift).toEqual({ code, display_name: null });
  const [row] = await db.select().from(appUsers).where(eq(appUsers.id, person.userId));
  expect(row?.email).toBe(`left:${person.userId}`);
  expect(holds(await loadActor(db, person.userId), "donor")).toBe(false);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
  // The address is free for somebody new, and a closed account that left is not opened again.
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  await expect(enableAccount(admin, person.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await signUp(world.system, { email: person.email, password: PASSWORD, displayName: "新来的人", kind: "person" });
});

test("an admin closes and opens accounts, never their own; of two who close each other at once one stays; the last admin's role stays", async ({ db }) => {
  const world = aWorld(db);
  await db.execute(sql`update role_grant set revoked_at = now() where role = 'admin'`);
  const everywhere = { role: "admin", scope: { kind: "city" } } as const;
  const [one, two] = [await aPerson(world, everywhere), await aPerson(world, everywhere)];
  const caseworker = await aPerson(world, { role: "caseworker", scope: { kind: "town", id: SHIQI } });
  await expect(disableAccount(world.as(caseworker), one.userId, "other")).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(disableAccount(world.as(one), one.userId, "other")).rejects.toMatchObject({ code: "FOUR_EYES" });
  const outcomes = await Promise.allSettled([disableAccount(world.as(one), two.userId, "other"), disableAccount(world.as(two), one.userId, "other")]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const open = await db
    .select({ id: appUsers.id })
    .from(appUsers)
    .innerJoin(roleGrants, eq(roleGrants.userId, appUsers.id))
    .where(and(eq(roleGrants.role, "admin"), sql`disabled_at is null and revoked_at is null`));
  expect(open).toHaveLength(1);
  const left = open[0]?.id === one.userId ? one : two;
  const [grant] = await db
    .select()
    .from(roleGrants)
    .where(and(eq(roleGrants.userId, left.userId), eq(roleGrants.role, "admin")));
  await expect(revokeRole(world.as(left), grant?.id ?? "")).rejects.toMatchObject({ code: "LAST_ADMIN" });
  const closed = left === one ? two : one;
  expect((await demoAccounts(db)).map(({ userId }) => userId)).not.toContain(closed.userId);
  await disableAccount(world.as(left), closed.userId, "other");
  await enableAccount(world.as(left), closed.userId);
  const events = await db.select().from(journal).where(eq(journal.entityId, closed.userId));
  expect(events.map((row) => [row.event, row.reason])).toEqual([
    ["account.disable", "other"],
    ["account.enable", null],
  ]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("an invitation makes one account with one role in the admin's name, once, within the day; a taken back one and one of a gone admin make none", async ({ db }) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  const visitor = world.as({ kind: "visitor" });
  const invite = async (email: string, by = admin) => {
    await inviteStaff(world.as(by), { email, role: "caseworker", where: { kind: "town", id: SHIQI } });
    return sentLink(world, "invited", email);
  };
  const email = `${world.system.newId()}@example.org`;
  const [first, token] = [await invite(email), await invite(email)];
  expect(await invitationPage(visitor, first)).toBeUndefined();
  expect(await invitationPage(visitor, token)).toMatchObject({ role: "caseworker", needs: "account" });
  expect(JSON.stringify(await db.select().from(invitations))).not.toContain(email);
  expect((await openInvitations(world.as(admin))).map((row) => row.email)).toEqual([email]);
  const answer = { displayName: "新同事", newPassword: PASSWORD };
  const both = await Promise.allSettled([acceptInvitation(visitor, token, answer), acceptInvitation(visitor, token, answer)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const accepted = both.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value.userId] : []));
  const actor = await loadActor(db, accepted[0] ?? "");
  expect(holds(actor, "caseworker", { kind: "town", id: SHIQI })).toBe(true);
  const [grant] = await db
    .select()
    .from(roleGrants)
    .where(eq(roleGrants.userId, accepted[0] ?? ""));
  expect(grant?.grantedBy).toBe(admin.userId);
  await expect(inviteStaff(world.as(admin), { email, role: "operator", where: { kind: "city" } })).rejects.toMatchObject({ code: "ACCOUNT_KNOWN" });

  const taken = await invite(`${world.system.newId()}@example.org`);
  const [open] = await openInvitations(world.as(admin));
  await withdrawInvitation(world.as(admin), open?.id ?? "");
  await expect(acceptInvitation(visitor, taken, answer)).rejects.toMatchObject({ code: "LINK_ENDED" });

  const late = await invite(`${world.system.newId()}@example.org`);
  world.clock.advance({ hours: 25 });
  await expect(acceptInvitation(visitor, late, answer)).rejects.toMatchObject({ code: "LINK_ENDED" });
  expect(await forgetEnded(world.system)).toBeGreaterThan(0);
  expect(
    JSON.stringify(
      await db
        .select()
        .from(invitations)
        .where(sql`mail_sealed is not null or mail_hash is not null`),
    ),
  ).toBe("[]");

  const second = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  const mail = `${world.system.newId()}@example.org`;
  const gone = await invite(mail, second);
  // Somebody signed up under that address meanwhile: then it is they who accept, signed in.
  const { userId } = await signUp(world.system, { email: mail, password: PASSWORD, displayName: "早一步", kind: "person" });
  const theirs = await loadActor(db, userId);
  await expect(acceptInvitation(visitor, gone, answer)).rejects.toMatchObject({ code: "SIGN_IN_TO_ACCEPT" });
  await disableAccount(world.as(admin), second.userId, "left_work");
  await expect(acceptInvitation(world.as(theirs), gone, {})).rejects.toMatchObject({ code: "LINK_ENDED" });
  await enableAccount(world.as(admin), second.userId);
  await acceptInvitation(world.as(theirs), gone, {});
  expect(holds(await loadActor(db, userId), "caseworker")).toBe(true);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("the database itself keeps two people apart, links short, and whoever left empty", async ({ db, owner }) => {
  const world = aWorld(db);
  const person = await somebody(world);
  const refusedBy = (statement: Promise<unknown>) =>
    statement.then(
      () => "taken",
      (error: unknown) => violatedConstraint({ cause: error }),
    );
  const now = "now(), now() + interval '25 hours'";
  const id = world.system.newId();
  const me = person.userId;
  expect([
    await refusedBy(owner.unsafe(`insert into role_grant (id, user_id, role, scope_kind, granted_by, granted_at) values ('${id}', '${me}', 'admin', 'city', '${me}', now())`)),
    await refusedBy(owner.unsafe(`insert into one_time_link (id, user_id, purpose, token_hash, created_at, expires_at) values ('${id}', '${me}', 'password', 'h', ${now})`)),
    await refusedBy(
      owner.unsafe(
        `insert into invitation (id, mail_sealed, mail_hash, role, scope_kind, token_hash, invited_by, created_at, expires_at) values ('${id}', 'v1:', 'h', 'admin', 'city', 'h', '${me}', ${now})`,
      ),
    ),
    await refusedBy(
      owner.unsafe(
        `insert into invitation (id, role, scope_kind, token_hash, invited_by, created_at, expires_at, closed_at, closed_why, accepted_by) values ('${id}', 'admin', 'city', 'h', '${me}', now(), now() + interval '1 hour', now(), 'accepted', '${me}')`,
      ),
    ),
    await refusedBy(owner.unsafe(`update app_user set left_at = now(), disabled_at = now() where id = '${me}'`)),
    await refusedBy(owner.unsafe(`update session set ended_at = now()`)),
  ]).toEqual(["role_grant_two_people", "one_time_link_ends", "invitation_ends", "invitation_two_people", "app_user_left_is_empty", "taken"]);
});

test("what nobody needs any more is forgotten: sessions a month after their end, links after a day, and what letters opened", async ({ db }) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const person = await somebody(world);
  await makeSessions(db, { secure: false }).start(person.userId, world.clock.now());
  await askNewPassword(world.system, { email: person.email, ...HERE });
  await sendAll(world);
  world.clock.advance({ days: 2 });
  await forgetEnded(world.system);
  expect([
    await db.select().from(oneTimeLinks).where(eq(oneTimeLinks.userId, person.userId)),
    (await db.select().from(sessions).where(eq(sessions.userId, person.userId))).length,
  ]).toEqual([[], 1]);
  world.clock.advance({ days: 45 });
  await forgetEnded(world.system);
  expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual([]);
});
