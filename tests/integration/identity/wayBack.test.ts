import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import {
  askMailChange,
  changeName,
  changePassword,
  confirmMail,
} from "~/domain/identity/changeAccount.server";
import { disableAccount, enableAccount } from "~/domain/identity/closeAccount.server";
import { askNewPassword, setNewPassword } from "~/domain/identity/forgottenPassword.server";
import { isOpen } from "~/domain/identity/oneTimeLinks.server";
import { loadActor } from "~/domain/identity/queries.server";
import { forgetOverdue } from "~/domain/retention/forgetOverdue.server";
import { makeSessions } from "~/session/sessions.server";
import { oneTimeLinks, sessions } from "~db/schema/identity";
import { journal, messages } from "~db/schema/journal";
import { enters, HERE, NEW, PASSWORD, sendAll, sentLink, somebody } from "../../factories/accounts";
import { aPerson } from "../../factories/people";
import { test } from "../../support/database";
import { codeOf } from "../../support/refused";
import { aWorld, Clock } from "../../support/world";

test("a forgotten password: a link by mail sets a new one once, within the hour, and ends every session; nothing that is stored opens it", async ({
  db,
}) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const { email, userId } = await somebody(world);
  await makeSessions(db, { secure: false }).start(userId, world.clock.now());
  await askNewPassword(visitor, { email, ...HERE });
  const token = await sentLink(world, "passwordLink", email);
  expect(Buffer.from(token, "base64url")).toHaveLength(20);
  for (const table of [oneTimeLinks, messages, journal])
    expect(
      JSON.stringify(await db.select().from(table), (_key, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
      ),
    ).not.toContain(token);
  expect(await isOpen(visitor, token, "password")).toBe(true);
  expect(await isOpen(visitor, token, "mail")).toBe(false);
  await expect(setNewPassword(visitor, token, "12345678")).rejects.toMatchObject({ code: "PASSWORD_COMMON" });
  const both = await Promise.allSettled([
    setNewPassword(visitor, token, NEW),
    setNewPassword(visitor, token, NEW),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect([await enters(world, email, PASSWORD), await enters(world, email, NEW)]).toEqual([
    "SIGN_IN_FAILED",
    "in",
  ]);
  expect(
    (await db.select().from(sessions).where(eq(sessions.userId, userId))).map((row) => row.endedWhy),
  ).toEqual(["password"]);
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === email).map((mail) => mail.template)).toEqual([
    "passwordLink",
    "passwordChanged",
  ]);

  await askNewPassword(visitor, { email, ...HERE });
  const first = await sentLink(world, "passwordLink", email);
  await askNewPassword(visitor, { email, ...HERE });
  const second = await sentLink(world, "passwordLink", email);
  expect([await isOpen(visitor, first, "password"), await isOpen(visitor, second, "password")]).toEqual([
    false,
    true,
  ]);
  world.clock.advance({ minutes: 61 });
  await expect(setNewPassword(visitor, second, PASSWORD)).rejects.toMatchObject({ code: "LINK_ENDED" });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("known and unknown addresses are asked about alike: the same rows, the same limit; of an unknown one nothing is kept", async ({
  db,
}) => {
  const world = aWorld(db);
  const { email } = await somebody(world);
  const rowsFor = async (address: string) => {
    const before = await db.select().from(messages);
    await askNewPassword(world.as({ kind: "visitor" }), {
      email: address,
      clientAddress: world.system.newId(),
    });
    return (await db.select().from(messages))
      .slice(before.length)
      .map((row) => [row.template, row.userId, row.linkSealed, row.toSealed?.length === undefined]);
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
    Promise.all(Array.from({ length: 7 }, () => rowsFor(address).then(() => "asked", codeOf)));
  const [known, other] = [await answers(email), await answers(unknown)];
  expect(known.filter((answer) => answer === "asked")).toHaveLength(4);
  expect(other.filter((answer) => answer === "asked")).toHaveLength(4);
  expect(known).toContain("TOO_MANY_REQUESTS");
});

test("right passwords do not count as wrong ones; a closed account's right one is answered like a wrong one, and counted", async ({
  db,
}) => {
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

test("changing the password asks for the old one, ends all other sessions and says so by letter", async ({
  db,
}) => {
  const world = aWorld(db);
  const person = await somebody(world);
  const store = makeSessions(db, { secure: false });
  const requests = await Promise.all(
    [1, 2].map(
      async () =>
        new Request("http://portal.test/", {
          headers: { cookie: (await store.start(person.userId, world.clock.now())).split(";")[0] ?? "" },
        }),
    ),
  );
  const [mine, other] = requests;
  if (!mine || !other) throw new Error("no sessions");
  const ctx = world.as(person);
  const change = (password: string, newPassword: string) =>
    changePassword(ctx, { password, newPassword, ...HERE, sessionId: store.idOf(mine) });
  await expect(change("falsch falsch", NEW)).rejects.toMatchObject({ code: "PASSWORD_WRONG" });
  await expect(change(PASSWORD, person.email.split("@")[0] ?? "")).rejects.toMatchObject({
    code: "PASSWORD_COMMON",
  });
  await change(PASSWORD, NEW);
  expect([await store.readEnded(mine), await store.readEnded(other)].map((row) => row?.why)).toEqual([
    "idle",
    "password",
  ]);
  expect([await enters(world, person.email, PASSWORD), await enters(world, person.email, NEW)]).toEqual([
    "SIGN_IN_FAILED",
    "in",
  ]);
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === person.email)).toMatchObject([
    { template: "passwordChanged" },
  ]);
});

test("another address is taken once its link was followed; the old one is told, and a password link that it was sent ends", async ({
  db,
}) => {
  const world = aWorld(db);
  const person = await somebody(world);
  const neighbour = await somebody(world);
  const newMail = `${world.system.newId()}@example.org`;
  await expect(
    askMailChange(world.as(person), { email: newMail, password: "falsch falsch", ...HERE }),
  ).rejects.toMatchObject({ code: "PASSWORD_WRONG" });
  // An address that has an account is answered alike, and only that account hears of it.
  await askMailChange(world.as(person), { email: neighbour.email, password: PASSWORD, ...HERE });
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === neighbour.email)).toMatchObject([
    { template: "mailWanted", data: {} },
  ]);
  expect(await enters(world, neighbour.email, PASSWORD)).toBe("in");
  await askNewPassword(world.as({ kind: "visitor" }), { email: person.email, ...HERE });
  const passwordToken = await sentLink(world, "passwordLink", person.email);
  await askMailChange(world.as(person), { email: newMail, password: PASSWORD, ...HERE });
  const token = await sentLink(world, "confirmMail", newMail);
  expect(await enters(world, newMail, PASSWORD)).toBe("SIGN_IN_FAILED");
  await confirmMail(world.as({ kind: "visitor" }), token);
  expect([await enters(world, person.email, PASSWORD), await enters(world, newMail, PASSWORD)]).toEqual([
    "SIGN_IN_FAILED",
    "in",
  ]);
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
  expect(
    outcomes
      .map((outcome) =>
        outcome.status === "fulfilled" ? "taken" : (outcome.reason as { code: string }).code,
      )
      .sort(),
  ).toEqual(["MAIL_TAKEN", "taken"]);

  await changeName(world.as(person), "新称呼");
  expect(await loadActor(db, person.userId)).toMatchObject({ displayName: "新称呼" });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("what nobody needs any more is forgotten: sessions a month after their end, links after a day, and what letters opened", async ({
  db,
}) => {
  const world = aWorld(db, { clock: new Clock(new Date()) });
  const person = await somebody(world);
  await makeSessions(db, { secure: false }).start(person.userId, world.clock.now());
  await askNewPassword(world.system, { email: person.email, ...HERE });
  await sendAll(world);
  world.clock.advance({ days: 2 });
  await forgetOverdue(world.system);
  expect([
    await db.select().from(oneTimeLinks).where(eq(oneTimeLinks.userId, person.userId)),
    (await db.select().from(sessions).where(eq(sessions.userId, person.userId))).length,
  ]).toEqual([[], 1]);
  world.clock.advance({ days: 45 });
  await forgetOverdue(world.system);
  expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual([]);
});
