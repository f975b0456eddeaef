import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { leave } from "~/domain/ending/leave.server";
import { disableAccount } from "~/domain/identity/closeAccount.server";
import {
  addPasskey,
  askForPasskey,
  beginPasskey,
  hasPasskey,
  MOST_PASSKEYS,
  myPasskeys,
  removePasskey,
} from "~/domain/identity/passkeys.server";
import {
  beginSecondStep,
  confirmSecondStep,
  mySecondStep,
  recoveryCodesLeft,
  removeApp,
  removeSecondStep,
} from "~/domain/identity/secondStep.server";
import { hasSecondStep } from "~/domain/identity/secondStepOn.server";
import {
  askPasskeyOfStep,
  beginSignInStep,
  passSignInStep,
  signInStepWaits,
} from "~/domain/identity/signInSteps.server";
import { askPasskeyOfSession, passStepUp } from "~/domain/identity/stepUp.server";
import { sessions } from "~db/schema/identity";
import { journal, messages } from "~db/schema/journal";
import { passkeyChallenges, passkeys, recoveryCodes } from "~db/schema/secondStep";
import { portalUses } from "~db/schema/trail";
import { HERE, PASSWORD, sendAll, somebody } from "../../factories/accounts";
import { aPasskey, aSession, asProof, readNew } from "../../factories/passkeys";
import { aPerson } from "../../factories/people";
import { aPassword, aPhone, aReset, asCode, digitsAt } from "../../factories/steps";
import { test } from "../../support/database";
import { PasskeyDevice } from "../../support/passkeyDevice";
import { codeOf } from "../../support/refused";
import { aWorld, type World } from "../../support/world";

const ADMIN = { role: "admin", scope: { kind: "city" } } as const;
const wrong = async (db: World["db"]) => (await runChecks(db)).flatMap((check) => check.wrong);

test("the first passkey asks for the password, switches the second step on with ten recovery codes, and is told by letter and in the trail", async ({
  db,
}) => {
  const world = aWorld(db);
  const me = await somebody(world);
  const ctx = world.as(me);
  const sessionId = await aSession(world, me.userId);
  for (const password of [undefined, "", "falsch falsch falsch"])
    await expect(beginPasskey(ctx, sessionId, { password, ...HERE })).rejects.toMatchObject({
      code: "PASSWORD_WRONG",
    });
  expect(await db.select().from(passkeyChallenges).where(eq(passkeyChallenges.userId, me.userId))).toEqual(
    [],
  );
  const options = await beginPasskey(ctx, sessionId, { password: PASSWORD, ...HERE });
  expect(options).toMatchObject({
    rp: { id: "portal.test" },
    attestation: "none",
    authenticatorSelection: { userVerification: "preferred" },
  });
  const kept = JSON.stringify(await db.select().from(passkeyChallenges));
  expect(kept).not.toContain(options.challenge);
  const device = new PasskeyDevice();
  const codes = await addPasskey(ctx, {
    sessionId,
    name: "办公室的钥匙",
    answer: readNew(device.make(options.challenge)),
  });
  expect(codes).toHaveLength(10);
  expect([
    await hasSecondStep(db, me.userId),
    await hasPasskey(db, me.userId),
    await recoveryCodesLeft(ctx),
  ]).toEqual([true, true, 10]);
  expect(await myPasskeys(ctx)).toMatchObject([{ name: "办公室的钥匙", lastUsedAt: null }]);
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === me.email).map(({ template }) => template)).toEqual([
    "passkeyAdded",
  ]);
  expect(
    await db
      .select({ what: portalUses.what, kind: portalUses.kind })
      .from(portalUses)
      .where(eq(portalUses.actorId, me.userId)),
  ).toEqual([{ what: "account.add_passkey", kind: "own_account" }]);
  // What a person calls it stands in no journal and no letter.
  for (const table of [journal, messages])
    expect(
      JSON.stringify(await db.select().from(table), (_key, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
      ),
    ).not.toContain("办公室的钥匙");
  expect(await wrong(db)).toEqual([]);
});

test("a passkey opens a sign-in and steps a session up, each challenge once, of two windows at once too; it is said when it was last used", async ({
  db,
}) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const me = await somebody(world);
  const { device, sessionId } = await aPasskey(world, me);
  const step = await beginSignInStep(visitor, me.userId);
  expect(await signInStepWaits(visitor, step)).toEqual({ waits: true, passkey: true });
  const asked = await askPasskeyOfStep(visitor, step);
  expect(asked).toMatchObject({
    rpId: "portal.test",
    allowCredentials: [{ id: device.id, type: "public-key", transports: ["usb"] }],
  });
  const shown = asProof(device.show(asked.challenge));
  expect(await passSignInStep(visitor, step, shown)).toEqual({ userId: me.userId });
  await expect(passSignInStep(visitor, step, shown)).rejects.toMatchObject({ code: "STEP_ENDED" });
  expect((await myPasskeys(world.as(me)))[0]?.lastUsedAt).toEqual(world.clock.now());
  const [one, two] = [
    await askPasskeyOfSession(world.as(me), sessionId),
    await askPasskeyOfSession(world.as(me), sessionId),
  ];
  const proof = asProof(device.show(one.challenge));
  const both = await Promise.all(
    [1, 2].map(() => passStepUp(world.as(me), sessionId, proof).then(() => "up", codeOf)),
  );
  expect(both.sort()).toEqual(["PASSKEY_WRONG", "up"]);
  // The other window's challenge goes on, also after the session took a fresh token.
  await db
    .update(sessions)
    .set({ id: `${sessionId}-fresh` })
    .where(eq(sessions.id, sessionId));
  await passStepUp(world.as(me), `${sessionId}-fresh`, asProof(device.show(two.challenge)));
  // Of a passkey that counts nothing the challenge alone says that the same answer came before.
  const other = await somebody(world);
  const plain = await aPasskey(world, other);
  const { challenge } = await askPasskeyOfSession(world.as(other), plain.sessionId);
  const again = asProof(plain.device.show(challenge, { signCount: 0 }));
  const shownAgain = () => passStepUp(world.as(other), plain.sessionId, again).then(() => "up", codeOf);
  expect([await shownAgain(), await shownAgain()]).toEqual(["up", "PASSKEY_WRONG"]);
  expect(await wrong(db)).toEqual([]);
});

test("a credential is one account's, once, also of two at the same moment; nobody has more than ten", async ({
  db,
}) => {
  const world = aWorld(db);
  const [me, other] = [await somebody(world), await somebody(world)];
  const { device, sessionId } = await aPasskey(world, me);
  const again = await beginPasskey(world.as(me), sessionId, HERE);
  expect(again.excludeCredentials).toMatchObject([{ id: device.id }]);
  await expect(
    addPasskey(world.as(me), { sessionId, name: "x", answer: readNew(device.make(again.challenge)) }),
  ).rejects.toMatchObject({ code: "PASSKEY_KNOWN" });
  await expect(aPasskey(world, other, { device })).rejects.toMatchObject({ code: "PASSKEY_KNOWN" });
  expect(await hasSecondStep(db, other.userId)).toBe(false);
  const fresh = new PasskeyDevice();
  const theirSession = await aSession(world, other.userId);
  const [one, two] = [
    await beginPasskey(world.as(me), sessionId, HERE),
    await beginPasskey(world.as(other), theirSession, await aPassword(world, other.userId)),
  ];
  const both = await Promise.all([
    addPasskey(world.as(me), { sessionId, name: "x", answer: readNew(fresh.make(one.challenge)) }).then(
      () => "added",
      codeOf,
    ),
    addPasskey(world.as(other), {
      sessionId: theirSession,
      name: "x",
      answer: readNew(fresh.make(two.challenge)),
    }).then(() => "added", codeOf),
  ]);
  expect(both.sort()).toEqual(["PASSKEY_KNOWN", "added"]);
  const had = (await myPasskeys(world.as(me))).length;
  // More are begun at once than there is room for.
  const begun = [];
  for (let n = had; n < MOST_PASSKEYS + 2; n += 1)
    begun.push(
      await beginPasskey(world.as(me), n % 2 === 0 ? sessionId : await aSession(world, me.userId), HERE),
    );
  const places = await db.select().from(passkeyChallenges).where(eq(passkeyChallenges.userId, me.userId));
  expect(places).toHaveLength(begun.length);
  const answers = await Promise.all(
    begun.map(async ({ challenge }, n) => {
      const of = n + had;
      const session =
        of % 2 === 0 ? sessionId : (places.sort((a, b) => (a.id < b.id ? -1 : 1))[n]?.sessionId ?? "");
      return addPasskey(world.as(me), {
        sessionId: session,
        name: String(n),
        answer: readNew(new PasskeyDevice().make(challenge)),
      }).then(() => "added", codeOf);
    }),
  );
  expect(answers.filter((answer) => answer === "PASSKEYS_ENOUGH")).toHaveLength(2);
  expect(await myPasskeys(world.as(me))).toHaveLength(MOST_PASSKEYS);
  await expect(beginPasskey(world.as(me), sessionId, HERE)).rejects.toMatchObject({
    code: "PASSKEYS_ENOUGH",
  });
  expect(await wrong(db)).toEqual([]);
});

test("app and passkey stand beside each other, the recovery codes for either; the last of them goes only with the whole step, for a proof", async ({
  db,
}) => {
  const world = aWorld(db);
  const me = await somebody(world);
  const ctx = world.as(me);
  const { sessionId, prove, codes } = await aPasskey(world, me);
  const [key] = await myPasskeys(ctx);
  await expect(removePasskey(ctx, key?.id ?? "")).rejects.toMatchObject({ code: "LAST_SECOND_STEP" });
  await expect(removeApp(ctx)).rejects.toMatchObject({ code: "NOT_FOUND" });
  // Whoever has a passkey is asked for no password to add an app, and the codes go on.
  await beginSecondStep(ctx, HERE);
  await expect(removeApp(ctx)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const begun = await mySecondStep(ctx);
  expect(
    await confirmSecondStep(
      ctx,
      asCode(digitsAt(begun.state === "begun" ? begun.groups : "", world.clock.now())),
    ),
  ).toBeUndefined();
  expect(await recoveryCodesLeft(ctx)).toBe(10);
  await removePasskey(ctx, key?.id ?? "");
  await expect(removePasskey(ctx, key?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(removeApp(ctx)).rejects.toMatchObject({ code: "LAST_SECOND_STEP" });
  await expect(
    passStepUp(ctx, sessionId, await prove().catch(() => asProof(new PasskeyDevice().show("AAAA")))),
  ).rejects.toMatchObject({ code: "PASSKEY_WRONG" });
  const second = await aPasskey(world, me, { sessionId });
  expect(second.codes).toBeUndefined();
  await removeApp(ctx);
  expect(await mySecondStep(ctx)).toEqual({ state: "off" });
  const other = await somebody(world);
  await expect(removePasskey(world.as(other), (await myPasskeys(ctx))[0]?.id ?? "")).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await wrong(db)).toEqual([]);
  await expect(
    removeSecondStep(ctx, asProof(new PasskeyDevice().show("AAAA")), sessionId),
  ).rejects.toMatchObject({ code: "PASSKEY_WRONG" });
  await removeSecondStep(ctx, await second.prove(), sessionId);
  expect([await hasSecondStep(db, me.userId), await recoveryCodesLeft(ctx)]).toEqual([false, 0]);
  await expect(
    passSignInStep(world.system, await beginSignInStep(world.system, me.userId), asCode(codes?.[0] ?? "")),
  ).rejects.toMatchObject({ code: "STEP_CODE_WRONG" });
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === me.email).map(({ template }) => template)).toEqual([
    "passkeyAdded",
    "stepAppAdded",
    "passkeyRemoved",
    "passkeyAdded",
    "stepAppRemoved",
    "secondStepRemoved",
  ]);
});

test("a reset, closing and leaving take the passkeys along; somebody stepped up is asked before they add or remove one", async ({
  db,
}) => {
  const world = aWorld(db);
  const [reset, closed, gone] = [await somebody(world), await somebody(world), await somebody(world)];
  for (const person of [reset, closed, gone]) {
    const { sessionId } = await aPasskey(world, person);
    await askForPasskey(world.as(person), person.userId, { sessionId });
  }

  await aReset(world, reset.userId);
  await disableAccount(world.as(await aPerson(world, ADMIN)), closed.userId, "asked");
  await leave(
    world.as(gone),
    await aPassword(world, gone.userId).then(({ password, clientAddress }) => ({ password, clientAddress })),
  );
  for (const { userId } of [reset, closed, gone])
    for (const table of [passkeys, passkeyChallenges, recoveryCodes])
      expect(await db.select().from(table).where(eq(table.userId, userId))).toEqual([]);
  const stale = { ...(await somebody(world)), mustStepUp: true as const };
  const ctx = world.as(stale);
  const asks = [
    () => beginPasskey(ctx, "", HERE),
    () => addPasskey(ctx, { sessionId: "", name: "x", answer: readNew(new PasskeyDevice().make("AAAA")) }),
    () => removePasskey(ctx, world.system.newId()),
    () => removeApp(ctx),
    () => beginSecondStep(ctx, HERE),
  ];
  for (const ask of asks) await expect(ask()).rejects.toMatchObject({ code: "STEP_UP_NEEDED" });
  expect(await wrong(db)).toEqual([]);
});

test("the database keeps no credential twice, no count below zero, no name that is none, no challenge that runs on or belongs nowhere", async ({
  db,
}) => {
  const world = aWorld(db);
  const me = await somebody(world);
  await aPhone(world, me);
  const sessionId = await aSession(world, me.userId);
  const refused = (statement: ReturnType<typeof sql>) =>
    expect(db.transaction((tx) => tx.execute(statement))).rejects.toThrow();
  const passkey = (change: Readonly<Record<string, string>>) => {
    const row = {
      credential: "abc",
      key: "k".repeat(60),
      count: "0",
      transports: "{usb}",
      name: "x",
      used: "2099-01-01",
      ...change,
    };
    return sql`insert into passkey (id, user_id, credential_id, public_key, sign_count, transports, name, created_at, last_used_at)
      values (gen_random_uuid(), ${me.userId}, ${row.credential}, ${row.key}, ${row.count}, ${row.transports}, ${row.name}, now(), ${row.used})`;
  };

  await db.transaction((tx) => tx.execute(passkey({})));
  for (const change of [
    {},
    { credential: "a b" },
    { credential: "c", count: "-1" },
    { credential: "c", transports: "{telepathy}" },
    { credential: "c", name: "" },
    { credential: "c", name: "名".repeat(41) },
    { credential: "c", used: "2020-01-01" },
  ])
    await refused(passkey(change));
  const challenge = (purpose: string, session: string | null, minutes: number) =>
    sql`insert into passkey_challenge (id, user_id, purpose, challenge_hash, session_id, created_at, expires_at)
      values (gen_random_uuid(), ${me.userId}, ${purpose}, gen_random_uuid()::text, ${session}, now(), now() + make_interval(mins => ${minutes}))`;
  await db.transaction((tx) => tx.execute(challenge("add", sessionId, 5)));
  for (const each of [
    challenge("add", sessionId, 6),
    challenge("add", null, 5),
    challenge("sign_in", sessionId, 5),
    challenge("steal", sessionId, 5),
  ])
    await refused(each);
  await db.delete(passkeys).where(eq(passkeys.userId, me.userId));
});
