import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { leave } from "~/domain/ending/leave.server";
import { myAccount } from "~/domain/identity/changeAccount.server";
import { changeLimit, storedLimit } from "~/domain/identity/changeLimit.server";
import { disableAccount } from "~/domain/identity/closeAccount.server";
import { type Contact, hintOf, readContact } from "~/domain/identity/contact";
import { demoLettersTo } from "~/domain/identity/demoLetters.server";
import { askEntryCode, entryCodeWaits, passEntryCode } from "~/domain/identity/entryCodes.server";
import { demoAccounts, loadActor } from "~/domain/identity/queries.server";
import { signUp } from "~/domain/identity/signUp.server";
import type { LimitName } from "~/domain/kernel/limits.server";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { wordsOfText } from "~/integrations/texts/words.server";
import { accountPhones, entryCodes } from "~db/schema/entry";
import { appUsers, credentials } from "~db/schema/identity";
import { installation } from "~db/schema/kernel";
import { HERE, PASSWORD, somebody } from "../../factories/accounts";
import { aPerson } from "../../factories/people";
import { test } from "../../support/database";
import { codeOf } from "../../support/refused";
import { aWorld, type World } from "../../support/world";

const visitor = (world: World) => world.as({ kind: "visitor" });
let numbers = 0;
/** A number that no other test here has. */
const newPhone = (): Contact => ({
  kind: "phone",
  address: `139${String(10_000_000 + numbers++).padStart(8, "0")}`,
});
const newMail = (world: World): Contact => ({ kind: "mail", address: `${world.system.newId()}@example.org` });
/** An address of its own for each asker: the network's limit is not what is tried here. */
const from = (world: World) => ({ clientAddress: world.system.newId() });

/** A limit from now on, and a moment later, when every process knows of it. */
async function setLimit(world: World, name: LimitName, value: number): Promise<void> {
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  await changeLimit(admin, { name, value, version: (await storedLimit(admin, name)).opened });
  world.clock.advance({ minutes: 1 });
}

/** Asks for a code, and reads it where it arrived. */
async function asked(world: World, contact: Contact): Promise<{ token: string; code: string }> {
  const { token } = await askEntryCode(visitor(world), contact, from(world));
  const sent =
    contact.kind === "mail"
      ? world.mails.findLast((mail) => mail.to === contact.address)
      : world.texts.findLast((text) => text.phone === contact.address);
  expect(sent?.template).toBe("entryCode");
  return { token, code: String(sent?.data["code"]) };
}

const passes = (world: World, token: string, code: string) =>
  passEntryCode(visitor(world), token, code, from(world)).then(({ userId }) => userId, codeOf);
const otherThan = (code: string) => (code === "000000" ? "000001" : "000000");
const wrongOf = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);

test("a number is one whichever way it is written; a town's line, a number abroad and half an address are told apart", () => {
  for (const typed of ["13800138000", "１３８ ００１３ ８０００", "+86 138-0013-8000", "0086 13800138000"])
    expect(readContact(typed)).toEqual({ kind: "phone", address: "13800138000" });
  expect(readContact("Ｗang＠Example.org ")).toEqual({ kind: "mail", address: "wang@example.org" });
  expect([readContact("12"), readContact("wang@"), readContact("没有")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([
    hintOf({ kind: "phone", address: "13800138000" }),
    hintOf({ kind: "mail", address: "wang@example.org" }),
  ]).toEqual(["138****8000", "w…@example.org"]);
});

test("a code that was sent to a number or an address makes an account that gives, and finds it the next time; the number lies sealed", async ({
  db,
}) => {
  const world = aWorld(db);
  for (const contact of [newPhone(), newMail(world)]) {
    const first = await asked(world, contact);
    expect(await entryCodeWaits(visitor(world), first.token)).toEqual(contact);
    const userId = await passes(world, first.token, first.code);
    const actor = await loadActor(db, userId);
    expect(actor).toMatchObject({ kind: "user", grants: [{ role: "donor" }], displayName: hintOf(contact) });
    expect(await db.select().from(credentials).where(eq(credentials.userId, userId))).toEqual([]);
    if (actor.kind !== "user") throw new Error("nobody was made");
    expect(await myAccount(world.as(actor))).toMatchObject({
      email: contact.kind === "mail" ? contact.address : null,
      phone: contact.kind === "phone" ? contact.address : undefined,
      hasPassword: false,
    });

    const again = await asked(world, contact);
    expect(await passes(world, again.token, again.code)).toBe(userId);
    // The doors of a demo, which anybody opens, are not theirs.
    expect((await demoAccounts(db)).filter((door) => door.userId === userId)).toEqual([]);
    const kept = JSON.stringify([
      await db.select().from(accountPhones).where(eq(accountPhones.userId, userId)),
      await db.select().from(entryCodes),
    ]);
    for (const secret of [contact.address, first.token, first.code]) expect(kept).not.toContain(secret);
  }

  expect(await wrongOf(world)).toEqual([]);
});

test("a code works once, of many at the same moment in one; in no other browser; not past ten minutes; and its account is made once", async ({
  db,
}) => {
  const world = aWorld(db);
  const contact = newPhone();
  const [one, other] = [await asked(world, contact), await asked(world, contact)];
  const outcomes = await Promise.all(
    [one, one, one, other, other].map(({ token, code }) => passes(world, token, code)),
  );
  expect(outcomes.filter((outcome) => outcome === "ENTRY_CODE_ENDED")).toHaveLength(4);
  expect(await db.select().from(accountPhones)).toHaveLength(1);

  const [mine, theirs] = [await asked(world, newPhone()), await asked(world, newPhone())];
  expect(await passes(world, mine.token, theirs.code)).toBe(
    mine.code === theirs.code ? expect.any(String) : "ENTRY_CODE_WRONG",
  );
  expect(await passes(world, "", mine.code)).toBe("ENTRY_CODE_ENDED");
  world.clock.advance({ minutes: 10 });
  expect(await entryCodeWaits(visitor(world), mine.token)).toBeUndefined();
  expect(await passes(world, mine.token, mine.code)).toBe("ENTRY_CODE_ENDED");
});

test("two people who show at once that the same new number is theirs have one account", async ({ db }) => {
  const world = aWorld(db);
  for (const contact of [newPhone(), newMail(world)]) {
    const codes = [await asked(world, contact), await asked(world, contact)];
    const outcomes = await Promise.all(codes.map(({ token, code }) => passes(world, token, code)));
    expect(outcomes.filter((outcome) => outcome !== "ENTRY_CODE_ENDED")).toHaveLength(1);
  }

  expect(await wrongOf(world)).toEqual([]);
});

test("five wrong codes end a code, however many are sent at once; thirty within a day close a contact's codes, from wherever they come", async ({
  db,
}) => {
  const world = aWorld(db);
  const contact = newPhone();
  const { token, code } = await asked(world, contact);
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => passes(world, token, otherThan(code))));
  expect(outcomes.filter((outcome) => outcome === "ENTRY_CODE_WRONG")).toHaveLength(4);
  expect(await passes(world, token, code)).toBe("ENTRY_CODE_ENDED");

  let refused = 0;
  for (let hour = 0; hour < 6 && refused === 0; hour++) {
    world.clock.advance({ hours: 1 });
    for (let codes = 0; codes < 5; codes++) {
      const next = await asked(world, contact);
      for (let tries = 0; tries < 5; tries++)
        if ((await passes(world, next.token, otherThan(next.code))) === "TOO_MANY_REQUESTS") refused++;
    }
  }

  expect(refused).toBeGreaterThan(0);
  const last = await asked(world, (world.clock.advance({ hours: 1 }), contact));
  expect(await passes(world, last.token, last.code)).toBe("TOO_MANY_REQUESTS");
  world.clock.advance({ hours: 24 });
  const nextDay = await asked(world, contact);
  expect(await passes(world, nextDay.token, nextDay.code)).toMatch(/^[0-9a-f-]{36}$/);
});

test("codes are counted for the number and for the network of whoever asks; what cannot arrive is refused before that", async ({
  db,
}) => {
  const world = aWorld(db);
  const contact = newPhone();
  for (let codes = 0; codes < 5; codes++) await asked(world, contact);
  await expect(askEntryCode(visitor(world), contact, from(world))).rejects.toMatchObject({
    code: "TOO_MANY_REQUESTS",
  });

  for (let codes = 0; codes < 60; codes++) await askEntryCode(visitor(world), newPhone(), HERE);
  await expect(askEntryCode(visitor(world), newPhone(), HERE)).rejects.toMatchObject({
    code: "TOO_MANY_REQUESTS",
  });

  const sent = world.texts.length;
  for (const address of ["02012345678", "85298765432", "4412345678901"])
    await expect(askEntryCode(visitor(world), { kind: "phone", address }, from(world))).rejects.toMatchObject(
      {
        code: "NUMBER_NOT_REACHED",
      },
    );
  // Without a gateway a code goes to no phone, but onto the desk of a demo.
  const without = visitor(world);
  const texts = { ...without.ports.texts, canSend: false };
  const asking = (contact: Contact) =>
    askEntryCode({ ...without, ports: { ...without.ports, texts } }, contact, from(world));
  const inDemo = newPhone();
  await asking(inDemo);
  const shown = await demoLettersTo(visitor(world), inDemo.address);
  expect(shown).toMatchObject([
    { channel: "text", template: "entryCode", data: { code: expect.stringMatching(/^\d{6}$/) as string } },
  ]);
  await db.update(installation).set({ isDemo: false });
  try {
    await expect(asking(newPhone())).rejects.toMatchObject({ code: "TEXTS_OFF" });
    await asking(newMail(world));
    expect(await demoLettersTo(visitor(world), inDemo.address)).toEqual([]);
  } finally {
    await db.update(installation).set({ isDemo: true });
  }

  expect(world.texts).toHaveLength(sent);
});

test("past the most texts of a day the whole city gets no more, from whichever network: said once to who runs the portal, and by mail codes go on", async ({
  db,
}) => {
  const world = aWorld(db);
  await setLimit(world, "codeTextsPerDay", 10);
  for (let texts = 0; texts < 10; texts++) await asked(world, newPhone());
  const [sent, faults] = [world.texts.length, world.faults.length];
  for (let tries = 0; tries < 3; tries++)
    await expect(askEntryCode(visitor(world), newPhone(), from(world))).rejects.toMatchObject({
      code: "TEXTS_USED_UP",
      field: "contact",
    });
  expect(world.texts).toHaveLength(sent);
  expect(world.faults.slice(faults)).toMatchObject([{ work: "entryCodes", id: "codeTextsPerDay" }]);
  await asked(world, newMail(world));
  world.clock.advance({ hours: 24 });
  await asked(world, newPhone());
});

test("a code is told as a text and as a letter in the language of whoever asks, with how long it holds; neither says who asks", async ({
  db,
}) => {
  const world = aWorld(db);
  for (const [locale, minutes] of [
    ["zh-Hans", "10 分钟"],
    ["zh-Hant", "10 分鐘"],
    ["en", "10 minutes"],
  ] as const)
    for (const contact of [newPhone(), newMail(world)]) {
      await askEntryCode({ ...visitor(world), locale }, contact, from(world));
      const text = world.texts.at(-1);
      const mail = world.mails.at(-1);
      const { subject, text: letter } = mail ? wordsOfMail(mail) : { subject: "", text: "" };
      const said =
        contact.kind === "mail" ? `${subject} ${letter}` : text === undefined ? "" : wordsOfText(text);
      const sent = contact.kind === "mail" ? mail : text;
      for (const words of [String(sent?.data["code"]), minutes]) expect(said).toContain(words);
      expect(said).not.toMatch(/[{}|]|mail_|text_|undefined|null/);
      expect(said).not.toContain(contact.address);
    }
});

test("a gateway that refuses is said to whoever waits, and to who runs the portal", async ({ db }) => {
  const world = aWorld(db);
  const ctx = visitor(world);
  const texts = { ...ctx.ports.texts, send: () => Promise.reject(new Error("no credit")) };
  await expect(
    askEntryCode({ ...ctx, ports: { ...ctx.ports, texts } }, newPhone(), from(world)),
  ).rejects.toMatchObject({ code: "CODE_NOT_SENT" });
  expect(world.faults.at(-1)).toMatchObject({ work: "entryCodes" });
});

test("of what somebody began with an address and never confirmed, its owner takes nothing over", async ({
  db,
}) => {
  const world = aWorld(db);
  const contact = newMail(world);
  await signUp(
    visitor(world),
    { email: contact.address, password: PASSWORD, displayName: "别人起的名字", kind: "company" },
    from(world),
  );
  const [squatter] = await db.select().from(appUsers).where(eq(appUsers.email, contact.address));
  const { token, code } = await asked(world, contact);
  const userId = await passes(world, token, code);
  expect(userId).not.toBe(squatter?.id);
  expect(await db.select().from(credentials).where(eq(credentials.userId, userId))).toEqual([]);
  expect((await db.select().from(appUsers).where(eq(appUsers.email, contact.address))).length).toBe(1);
});

test("a code alone lets nobody in who works here, and is a wrong one for an account that was closed", async ({
  db,
}) => {
  const world = aWorld(db);
  const staff = await somebody(world);
  const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  await db.execute(sql`
    insert into role_grant (id, user_id, role, scope_kind, scope_id, granted_at)
    values (${world.system.newId()}, ${staff.userId}, 'auditor', 'city', '', now())`);
  const works = await asked(world, { kind: "mail", address: staff.email });
  expect(await passes(world, works.token, works.code)).toBe("PASSWORD_NEEDED");
  expect(await passes(world, works.token, works.code)).toBe("ENTRY_CODE_ENDED");

  const gone = await somebody(world);
  await disableAccount(world.as(admin), gone.userId, "asked");
  const closed = await asked(world, { kind: "mail", address: gone.email });
  const answers: string[] = [];
  for (let tries = 0; tries < 5; tries++) answers.push(await passes(world, closed.token, closed.code));
  expect(answers).toEqual([...Array.from({ length: 4 }, () => "ENTRY_CODE_WRONG"), "ENTRY_CODE_ENDED"]);
});

test("what is carried along from somebody's session is nobody else's: the code stays good, and no account is made for it", async ({
  db,
}) => {
  const world = aWorld(db);
  const owner = await somebody(world);
  const contact = newPhone();
  const { token, code } = await asked(world, contact);
  await expect(
    passEntryCode(visitor(world), token, code, { ...from(world), onlyFor: owner.userId }),
  ).rejects.toMatchObject({ code: "KEPT_FOR_ANOTHER" });
  expect(await db.select().from(accountPhones)).toHaveLength(0);
  expect(await passes(world, token, code)).toMatch(/^[0-9a-f-]{36}$/);
});

test("whoever leaves is forgotten with their number, which somebody may come in by anew", async ({ db }) => {
  const world = aWorld(db);
  const contact = newPhone();
  const first = await asked(world, contact);
  const userId = await passes(world, first.token, first.code);
  const actor = await loadActor(db, userId);
  await leave(world.as(actor), { password: undefined, ...HERE });
  expect(await db.select().from(accountPhones).where(eq(accountPhones.userId, userId))).toEqual([]);
  expect(await wrongOf(world)).toEqual([]);
  const anew = await asked(world, contact);
  expect(await passes(world, anew.token, anew.code)).not.toBe(userId);
});
