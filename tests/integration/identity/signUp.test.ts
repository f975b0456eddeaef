import { hash } from "@node-rs/argon2";
import { eq, sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { askMailChange, confirmMail } from "~/domain/identity/changeAccount.server";
import { disableAccount } from "~/domain/identity/closeAccount.server";
import { waitingCompanies } from "~/domain/identity/companies.server";
import { demoBoxOf, demoLettersTo, openDemoBox } from "~/domain/identity/demoLetters.server";
import { askNewPassword, setNewPassword } from "~/domain/identity/forgottenPassword.server";
import { acceptInvitation, inviteStaff } from "~/domain/identity/invitations.server";
import { isOpen } from "~/domain/identity/oneTimeLinks.server";
import { loadActor } from "~/domain/identity/queries.server";
import { accountByMail, grantRole } from "~/domain/identity/roles.server";
import { GrantRoleInput } from "~/domain/identity/roleSchemas";
import { confirmSignUp, forgetUnconfirmed, signUp } from "~/domain/identity/signUp.server";
import { holds } from "~/domain/kernel/actor";
import { makeSessions } from "~/session/sessions.server";
import { appUsers, donorProfiles, roleGrants } from "~db/schema/identity";
import { installation } from "~db/schema/kernel";
import { enters, HERE, NEW, PASSWORD, sendAll, sentLink, somebody } from "../../factories/accounts";
import { aPerson } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock, type World } from "../../support/world";

// Counted, and done all the same.
vi.mock("@node-rs/argon2", { spy: true });

const wanted = (email: string, more: Partial<Parameters<typeof signUp>[1]> = {}) =>
  ({ email, password: PASSWORD, displayName: "新来的人", kind: "person", ...more }) as const;
const newMail = (world: World) => `${world.system.newId()}@example.org`;
const visitor = (world: World) => world.as({ kind: "visitor" });
const accountOf = async (world: World, email: string) =>
  (await world.db.select().from(appUsers).where(eq(appUsers.email, email)))[0];
const lettersTo = async (world: World, email: string) => {
  await sendAll(world);
  return world.mails.filter(({ to }) => to === email).map(({ template }) => template);
};

const wrong = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);

test("nobody is let in before the link was followed and the password said again; then they may give", async ({
  db,
}) => {
  const world = aWorld(db);
  const email = newMail(world);
  await signUp(visitor(world), wanted(email), { ...HERE, back: "/basket" });
  const account = await accountOf(world, email);
  expect(await loadActor(db, account?.id ?? "")).toEqual({ kind: "visitor" });
  expect(
    await db
      .select()
      .from(roleGrants)
      .where(eq(roleGrants.userId, account?.id ?? "")),
  ).toEqual([]);
  const token = (await sentLink(world, "confirmSignUp", email)).split("?")[0] ?? "";
  expect(world.mails.at(-1)?.data["link"]).toMatch(/\/confirm-sign-up\/[\w-]{27}\?back=%2Fbasket$/);
  expect(await isOpen(world.system, token, "sign_up")).toBe(true);
  await expect(
    confirmSignUp(visitor(world), token, { password: "falsch falsch", ...HERE }),
  ).rejects.toMatchObject({ code: "PASSWORD_WRONG" });
  const both = await Promise.allSettled(
    [1, 2].map(() => confirmSignUp(visitor(world), token, { password: PASSWORD, ...HERE })),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "LINK_ENDED" } });
  expect(await enters(world, email, PASSWORD)).toBe("in");
  expect(holds(await loadActor(db, account?.id ?? ""), "donor")).toBe(true);
  await expect(confirmSignUp(visitor(world), token, { password: PASSWORD, ...HERE })).rejects.toMatchObject({
    code: "LINK_ENDED",
  });
  expect(await wrong(world)).toEqual([]);
});

test("a known and an unknown address are answered alike; whoever has the account hears of it, and nothing of it changes", async ({
  db,
}) => {
  const world = aWorld(db);
  const person = await somebody(world, "早已在这里");
  await expect(
    signUp(visitor(world), wanted(person.email, { password: NEW }), HERE),
  ).resolves.toBeUndefined();
  await expect(signUp(visitor(world), wanted(newMail(world)), HERE)).resolves.toBeUndefined();
  expect(await lettersTo(world, person.email)).toEqual(["accountKnown"]);
  expect([await enters(world, person.email, NEW), await enters(world, person.email, PASSWORD)]).toEqual([
    "SIGN_IN_FAILED",
    "in",
  ]);
  expect((await accountOf(world, person.email))?.displayName).toBe("早已在这里");
  // Too many are refused alike as well.
  const outcomes = [];
  for (const email of [person.email, newMail(world)])
    outcomes.push(
      await Promise.allSettled(
        Array.from({ length: 7 }, () => signUp(visitor(world), wanted(email), HERE)),
      ).then((all) => all.filter(({ status }) => status === "rejected").length),
    );
  expect(outcomes).toEqual([3, 2]);
});

test("signing up twice at once is one account with one open link, and both are answered alike", async ({
  db,
}) => {
  const world = aWorld(db);
  const email = newMail(world);
  expect(await Promise.all([1, 2].map(() => signUp(visitor(world), wanted(email), HERE)))).toEqual([
    undefined,
    undefined,
  ]);
  expect(await db.select().from(appUsers).where(eq(appUsers.email, email))).toHaveLength(1);
  const open = sql`select 1 from one_time_link l join app_user u on u.id = l.user_id where u.email = ${email} and l.closed_at is null`;
  expect(await db.execute(open)).toHaveLength(1);
  expect(await wrong(world)).toEqual([]);
});

test("nobody makes the portal hash a password with a link that opens nothing, nor past the limit of sign-ups", async ({
  db,
}) => {
  const world = aWorld(db);
  const hashes = vi.mocked(hash).mockClear();
  const none = "A".repeat(27);
  await expect(setNewPassword(visitor(world), none, NEW)).rejects.toMatchObject({ code: "LINK_ENDED" });
  await expect(
    acceptInvitation(visitor(world), none, { displayName: "某人", newPassword: NEW }),
  ).rejects.toMatchObject({ code: "LINK_ENDED" });
  await expect(
    signUp(visitor(world), wanted(newMail(world), { password: "12345678" }), HERE),
  ).rejects.toMatchObject({ code: "PASSWORD_COMMON" });
  expect(hashes).not.toHaveBeenCalled();
  const email = newMail(world);
  for (let times = 0; times < 5; times += 1) await signUp(visitor(world), wanted(email), HERE);
  expect(hashes).toHaveBeenCalledTimes(5);
  await expect(signUp(visitor(world), wanted(email), HERE)).rejects.toMatchObject({
    code: "TOO_MANY_REQUESTS",
  });
  expect(hashes).toHaveBeenCalledTimes(5);
});

test("an address that somebody else signed up with is no way into the account of whoever has it", async ({
  db,
}) => {
  const world = aWorld(db);
  const email = newMail(world);
  await signUp(
    visitor(world),
    wanted(email, { password: NEW, displayName: "占位的人", realName: "占位真名" }),
    HERE,
  );
  const first = await sentLink(world, "confirmSignUp", email);
  // Whoever has the mail follows the link, but does not know the password; signing up once more makes the
  // earlier link and password worthless.
  await expect(confirmSignUp(visitor(world), first, { password: PASSWORD, ...HERE })).rejects.toMatchObject({
    code: "PASSWORD_WRONG",
  });
  await signUp(visitor(world), wanted(email), HERE);
  await expect(confirmSignUp(visitor(world), first, { password: NEW, ...HERE })).rejects.toMatchObject({
    code: "LINK_ENDED",
  });
  const { userId } = await confirmSignUp(visitor(world), await sentLink(world, "confirmSignUp", email), {
    password: PASSWORD,
    ...HERE,
  });
  expect([await enters(world, email, NEW), await enters(world, email, PASSWORD)]).toEqual([
    "SIGN_IN_FAILED",
    "in",
  ]);
  const [profile] = await db.select().from(donorProfiles).where(eq(donorProfiles.userId, userId));
  expect([(await accountOf(world, email))?.displayName, profile?.realNameSealed]).toEqual(["新来的人", null]);
});

test("the right password of an account that nobody confirmed lets nobody in, and sends the link once more; a link for a new password confirms too", async ({
  db,
}) => {
  const world = aWorld(db);
  const email = newMail(world);
  await signUp(visitor(world), wanted(email, { realName: "旧的真名", phone: "13800138000" }), HERE);
  expect(await enters(world, email, PASSWORD)).toBe("MAIL_UNCONFIRMED");
  expect(await enters(world, email, "falsch falsch")).toBe("SIGN_IN_FAILED");
  expect(await lettersTo(world, email)).toEqual(["confirmSignUp", "confirmSignUp"]);
  const old = await sentLink(world, "confirmSignUp", email);
  await askNewPassword(visitor(world), { email, ...HERE });
  await setNewPassword(visitor(world), await sentLink(world, "passwordLink", email), NEW);
  expect(await enters(world, email, NEW)).toBe("in");
  await expect(confirmSignUp(visitor(world), old, { password: NEW, ...HERE })).rejects.toMatchObject({
    code: "LINK_ENDED",
  });
  const [profile] = await db
    .select()
    .from(donorProfiles)
    .where(eq(donorProfiles.userId, (await accountOf(world, email))?.id ?? ""));
  expect(profile).toMatchObject({ realNameSealed: null, phoneSealed: null });
});

test("no role goes to an address that nobody confirmed; an invitation that is accepted confirms it, and takes nothing over from whoever began", async ({
  db,
}) => {
  const world = aWorld(db);
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  const email = newMail(world);
  await signUp(
    visitor(world),
    wanted(email, { password: NEW, kind: "company", creditCode: "91350100M000100Y43" }),
    HERE,
  );
  await expect(
    grantRole(admin, GrantRoleInput.parse({ email, role: "auditor", where: "city" })),
  ).rejects.toMatchObject({ code: "NO_SUCH_ACCOUNT" });
  const operator = world.as(await aPerson(world, { role: "operator", scope: { kind: "city" } }));
  expect((await waitingCompanies(operator)).map(({ name }) => name)).not.toContain("新来的人");
  await inviteStaff(admin, { email, role: "auditor", where: { kind: "city" } });
  const { userId } = await acceptInvitation(visitor(world), await sentLink(world, "invited", email), {
    displayName: "霍审计",
    newPassword: PASSWORD,
  });
  expect([await enters(world, email, NEW), await enters(world, email, PASSWORD)]).toEqual([
    "SIGN_IN_FAILED",
    "in",
  ]);
  expect(holds(await loadActor(db, userId), "auditor")).toBe(true);
  const [profile] = await db.select().from(donorProfiles).where(eq(donorProfiles.userId, userId));
  expect(profile).toMatchObject({ kind: "person", creditCode: null });
  expect(await wrong(world)).toEqual([]);
});

test("whoever confirms an address for an account that they have takes it from a sign-up that nobody confirmed", async ({
  db,
}) => {
  const world = aWorld(db);
  const person = await somebody(world);
  const email = newMail(world);
  await signUp(visitor(world), wanted(email), HERE);
  await askMailChange(world.as(person), { email, password: PASSWORD, ...HERE });
  await confirmMail(visitor(world), await sentLink(world, "confirmMail", email));
  expect((await accountOf(world, email))?.id).toBe(person.userId);
  expect(await wrong(world)).toEqual([]);
});

test("what nobody confirmed within a week is forgotten whole, and not a day before; the address is free again", async ({
  db,
}) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  await forgetUnconfirmed(world.system);
  const email = newMail(world);
  await signUp(visitor(world), wanted(email, { realName: "真名在此" }), HERE);
  await sendAll(world);
  world.clock.advance({ days: 6.9 });
  expect(await forgetUnconfirmed(world.system)).toBe(0);
  world.clock.advance({ days: 0.2 });
  expect(await forgetUnconfirmed(world.system)).toBe(1);
  expect(await accountOf(world, email)).toBeUndefined();
  await signUp(visitor(world), wanted(email), HERE);
  expect(await wrong(world)).toEqual([]);
});

test("a sign-up that nobody confirmed is nobody's account: an admin neither finds nor closes it", async ({
  db,
}) => {
  const world = aWorld(db);
  const email = newMail(world);
  await signUp(visitor(world), wanted(email), HERE);
  const account = await accountOf(world, email);
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  expect(await accountByMail(admin, email)).toBeUndefined();
  await expect(disableAccount(admin, account?.id ?? "", "asked")).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await wrong(world)).toEqual([]);
});

test("the demo shows whoever typed an address the letters of signing up with it, and no other; outside the demo none", async ({
  db,
}) => {
  const world = aWorld(db);
  const person = await somebody(world);
  const email = newMail(world);
  await signUp(visitor(world), wanted(email), HERE);
  await signUp(visitor(world), wanted(person.email), HERE);
  await askNewPassword(visitor(world), { email: person.email, ...HERE });
  await sendAll(world);
  const box = (await demoBoxOf(visitor(world), email)) ?? "";
  expect([
    box.includes(email.split("-")[0] ?? ""),
    openDemoBox(visitor(world), box),
    openDemoBox(visitor(world), "v1:x:y"),
    openDemoBox(visitor(world), email),
  ]).toEqual([false, email, undefined, undefined]);
  const shown = async (to: string) =>
    (await demoLettersTo(visitor(world), to)).map(({ template, data }) => [template, String(data["link"])]);
  expect(await shown(email)).toEqual([["confirmSignUp", expect.stringContaining("/confirm-sign-up/")]]);
  expect(await shown(person.email)).toEqual([["accountKnown", expect.stringMatching(/\/sign-in$/)]]);
  await db.update(installation).set({ isDemo: false });
  try {
    expect([await shown(email), await shown(person.email), await demoBoxOf(visitor(world), email)]).toEqual([
      [],
      [],
      undefined,
    ]);
  } finally {
    await db.update(installation).set({ isDemo: true });
  }
});

test("the checks find a session, a role or a gift of somebody whom nobody confirmed", async ({ db }) => {
  const world = aWorld(db);
  const person = await somebody(world);
  await makeSessions(db, { secure: false }).start(person.userId, world.clock.now());
  await db.execute(sql`update app_user set mail_confirmed_at = null where id = ${person.userId}`);
  expect(await wrong(world)).toEqual([`identity.confirmed: ${person.userId}`]);
  await db.execute(sql`update app_user set mail_confirmed_at = now() where id = ${person.userId}`);
  expect(await wrong(world)).toEqual([]);
});
