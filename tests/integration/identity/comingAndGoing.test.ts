import { and, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { leave, leavePage } from "~/domain/ending/leave.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { disableAccount, enableAccount } from "~/domain/identity/closeAccount.server";
import {
  acceptInvitation,
  invitationPage,
  inviteStaff,
  openInvitations,
  withdrawInvitation,
} from "~/domain/identity/invitations.server";
import { demoAccounts, loadActor } from "~/domain/identity/queries.server";
import { revokeRole } from "~/domain/identity/roles.server";
import { addDonor } from "~/domain/identity/signUp.server";
import { holds } from "~/domain/kernel/actor";
import { forgetOverdue } from "~/domain/retention/forgetOverdue.server";
import { violatedConstraint } from "~db/client";
import { appUsers, donorProfiles, invitations, roleGrants } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";
import { enters, HERE, PASSWORD, sentLink, somebody } from "../../factories/accounts";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aPerson, aTeam, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock } from "../../support/world";

test("leaving: what is open is in the way and named; then nothing personal is left, and what was given keeps its code", async ({
  db,
}) => {
  const world = aWorld(db);
  const person = await somebody(world, "临走的人");
  const ctx = world.as(person);
  const worker = await aPerson(world, { role: "caseworker", scope: { kind: "town", id: SHIQI } });
  expect((await leavePage(world.as(worker))).inTheWay).toEqual([{ kind: "role", code: "caseworker" }]);
  await expect(leave(world.as(worker), { password: undefined, ...HERE })).rejects.toMatchObject({
    code: "ROLES_FIRST",
  });
  const { needId } = await aPublishedWish(world, await aTeam(world));
  const [line] = await db.select().from(needLines).where(eq(needLines.needId, needId));
  const { giftCode: code, pledge } = await aConfirmedGift(world, person, line?.id ?? "");
  const { giftId } = pledge;
  expect((await leavePage(ctx)).inTheWay).toEqual([{ kind: "gift", code }]);
  await expect(leave(ctx, { password: PASSWORD, ...HERE })).rejects.toMatchObject({ code: "GIFTS_OPEN" });
  await expect(leave(ctx, { password: "falsch falsch", ...HERE })).rejects.toMatchObject({
    code: "PASSWORD_WRONG",
  });
  await undoGift(ctx, code);
  await db.execute(
    sql`update gift set display_choice = 'name', display_name = '临走的人' where id = ${giftId}`,
  );
  await leave(ctx, { password: PASSWORD, ...HERE });
  expect(await enters(world, person.email, PASSWORD)).toBe("SIGN_IN_FAILED");
  const [profile] = await db.select().from(donorProfiles).where(eq(donorProfiles.userId, person.userId));
  expect(profile).toMatchObject({ realNameSealed: null, phoneSealed: null });
  const [gift] = await db.execute<{ code: string; display_name: string | null }>(
    sql`select code, display_name from gift where id = ${giftId}`,
  );
  expect(gift).toEqual({ code, display_name: null });
  const [row] = await db.select().from(appUsers).where(eq(appUsers.id, person.userId));
  expect(row?.email).toBe(`left:${person.userId}`);
  expect(holds(await loadActor(db, person.userId), "donor")).toBe(false);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
  // The address is free for somebody new, and a closed account that left is not opened again.
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  await expect(enableAccount(admin, person.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await addDonor(world.system, {
    email: person.email,
    password: PASSWORD,
    displayName: "新来的人",
    kind: "person",
  });
});

test("an admin closes and opens accounts, never their own; of two who close each other at once one stays; the last admin's role stays", async ({
  db,
}) => {
  const world = aWorld(db);
  await db.execute(sql`update role_grant set revoked_at = now() where role = 'admin'`);
  const everywhere = { role: "admin", scope: { kind: "city" } } as const;
  const [one, two] = [await aPerson(world, everywhere), await aPerson(world, everywhere)];
  const caseworker = await aPerson(world, { role: "caseworker", scope: { kind: "town", id: SHIQI } });
  await expect(disableAccount(world.as(caseworker), one.userId, "other")).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await expect(disableAccount(world.as(one), one.userId, "other")).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  const outcomes = await Promise.allSettled([
    disableAccount(world.as(one), two.userId, "other"),
    disableAccount(world.as(two), one.userId, "other"),
  ]);
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

test("an invitation makes one account with one role in the admin's name, once, within the day; a taken back one and one of a gone admin make none", async ({
  db,
}) => {
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
  const both = await Promise.allSettled([
    acceptInvitation(visitor, token, answer),
    acceptInvitation(visitor, token, answer),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const accepted = both.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value.userId] : []));
  const actor = await loadActor(db, accepted[0] ?? "");
  expect(holds(actor, "caseworker", { kind: "town", id: SHIQI })).toBe(true);
  const [grant] = await db
    .select()
    .from(roleGrants)
    .where(eq(roleGrants.userId, accepted[0] ?? ""));
  expect(grant?.grantedBy).toBe(admin.userId);
  await expect(
    inviteStaff(world.as(admin), { email, role: "operator", where: { kind: "city" } }),
  ).rejects.toMatchObject({ code: "ACCOUNT_KNOWN" });

  const taken = await invite(`${world.system.newId()}@example.org`);
  const [open] = await openInvitations(world.as(admin));
  await withdrawInvitation(world.as(admin), open?.id ?? "");
  await expect(acceptInvitation(visitor, taken, answer)).rejects.toMatchObject({ code: "LINK_ENDED" });

  const late = await invite(`${world.system.newId()}@example.org`);
  world.clock.advance({ hours: 25 });
  await expect(acceptInvitation(visitor, late, answer)).rejects.toMatchObject({ code: "LINK_ENDED" });
  expect(await forgetOverdue(world.system)).toBeGreaterThan(0);
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
  const { userId } = await addDonor(world.system, {
    email: mail,
    password: PASSWORD,
    displayName: "早一步",
    kind: "person",
  });
  const theirs = await loadActor(db, userId);
  await expect(acceptInvitation(visitor, gone, answer)).rejects.toMatchObject({ code: "SIGN_IN_TO_ACCEPT" });
  await disableAccount(world.as(admin), second.userId, "left_work");
  await expect(acceptInvitation(world.as(theirs), gone, {})).rejects.toMatchObject({ code: "LINK_ENDED" });
  await enableAccount(world.as(admin), second.userId);
  await acceptInvitation(world.as(theirs), gone, {});
  expect(holds(await loadActor(db, userId), "caseworker")).toBe(true);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("the database itself keeps two people apart, links short, and whoever left empty", async ({
  db,
  owner,
}) => {
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
    await refusedBy(
      owner.unsafe(
        `insert into role_grant (id, user_id, role, scope_kind, granted_by, granted_at) values ('${id}', '${me}', 'auditor', 'city', '${me}', now())`,
      ),
    ),
    await refusedBy(
      owner.unsafe(
        `insert into one_time_link (id, user_id, purpose, token_hash, created_at, expires_at) values ('${id}', '${me}', 'password', 'h', ${now})`,
      ),
    ),
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
    await refusedBy(
      owner.unsafe(`update app_user set left_at = now(), disabled_at = now() where id = '${me}'`),
    ),
    await refusedBy(owner.unsafe(`update session set ended_at = now()`)),
  ]).toEqual([
    "role_grant_two_people",
    "one_time_link_ends",
    "invitation_ends",
    "invitation_two_people",
    "app_user_left_is_empty",
    "taken",
  ]);
});
