import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { leave } from "~/domain/ending/leave.server";
import { disableAccount } from "~/domain/identity/closeAccount.server";
import { askNewPassword, setNewPassword } from "~/domain/identity/forgottenPassword.server";
import {
  beginSecondStep,
  confirmSecondStep,
  mySecondStep,
  recoveryCodesLeft,
  removeSecondStep,
  renewRecoveryCodes,
} from "~/domain/identity/secondStep.server";
import { secondStepDue, withoutWork } from "~/domain/identity/secondStepDue.server";
import { hasSecondStep } from "~/domain/identity/secondStepOn.server";
import { beginSignInStep, passSignInStep, signInStepWaits } from "~/domain/identity/signInSteps.server";
import { readStepCode } from "~/domain/identity/stepCodes";
import { requireRole } from "~/domain/kernel/actor";
import { contextOf, stepDueOf } from "~/http/context.server";
import { loader as peoplePage } from "~/routes/admin/people";
import { journal, messages } from "~db/schema/journal";
import { installation } from "~db/schema/kernel";
import { recoveryCodes, secondFactors, signInSteps } from "~db/schema/secondStep";
import { HERE, NEW, PASSWORD, sendAll, sentLink, somebody } from "../../factories/accounts";
import { aPerson } from "../../factories/people";
import { aPassword, aPhone, asCode, digitsAt } from "../../factories/steps";
import { test } from "../../support/database";
import { codeOf } from "../../support/refused";
import { argsFor } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

const ADMIN = { role: "admin", scope: { kind: "city" } } as const;

test("codes are read in any width and case, with blanks and hyphens; what is neither kind is none", () => {
  for (const typed of ["123456", " 123 456 ", "１２３４５６", "123-456", "12\u200b3456"])
    expect(readStepCode(typed), typed).toEqual({ kind: "digits", code: "123456" });
  for (const typed of ["ABCD-EFGH-JK10-MNPQ", "abcd efgh jkio mnpq", "ＡＢＣＤＥＦＧＨＪＫＬＯＭＮＰＱ"])
    expect(readStepCode(typed), typed).toEqual({ kind: "recovery", code: "ABCDEFGHJK10MNPQ" });
  for (const typed of ["", "  ", "12345", "1234567", "abcdef", "ABCD-EFGH-JK10-MNP", "constructor"])
    expect(readStepCode(typed), typed).toBeUndefined();
});

test("it is on once a code is confirmed; the secret and the codes stand nowhere in the clear, and a letter tells of it", async ({
  db,
}) => {
  const world = aWorld(db);
  const person = await somebody(world);
  const ctx = world.as(person);
  const first = await aPassword(world, person.userId);
  await beginSecondStep(ctx, first);
  expect(await hasSecondStep(db, person.userId)).toBe(false);
  await expect(confirmSecondStep(ctx, asCode("000000"))).rejects.toMatchObject({ code: "STEP_CODE_WRONG" });
  await beginSecondStep(ctx, first);
  const { secret, codes } = await aPhone(world, person);
  expect(codes).toHaveLength(10);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^(?:[\dA-HJKMNP-TV-Z]{4}-){3}[\dA-HJKMNP-TV-Z]{4}$/);
  for (const table of [secondFactors, recoveryCodes, signInSteps, journal, messages]) {
    const rows = JSON.stringify(await db.select().from(table), (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const hidden of [secret.replaceAll(" ", ""), ...codes.map((code) => code.replaceAll("-", ""))])
      expect(rows).not.toContain(hidden);
  }

  expect([(await mySecondStep(ctx)).state, await recoveryCodesLeft(ctx)]).toEqual(["on", 10]);
  await expect(beginSecondStep(ctx, { clientAddress: "" })).rejects.toMatchObject({ code: "WRONG_STATE" });
  await expect(confirmSecondStep(ctx, asCode(digitsAt(secret, world.clock.now())))).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === person.email).map(({ template }) => template)).toEqual([
    "secondStepAdded",
  ]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("a code opens one sign-in, once, in its browser, while it holds: not the same again, not somebody else's, not half a minute's of before", async ({
  db,
}) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const [me, other] = [await somebody(world), await somebody(world)];
  const [mine, theirs] = [await aPhone(world, me), await aPhone(world, other)];
  const step = await beginSignInStep(visitor, me.userId);
  expect(
    [await signInStepWaits(visitor, step), await signInStepWaits(visitor, "another browser's")].map(
      ({ waits }) => waits,
    ),
  ).toEqual([true, false]);
  await expect(passSignInStep(visitor, "another browser's", mine.now())).rejects.toMatchObject({
    code: "STEP_ENDED",
  });
  await expect(passSignInStep(visitor, step, theirs.now())).rejects.toMatchObject({
    code: "STEP_CODE_WRONG",
  });
  await expect(passSignInStep(visitor, step, asCode(theirs.codes[0] ?? ""))).rejects.toMatchObject({
    code: "STEP_CODE_WRONG",
  });
  const used = mine.now();
  expect(await passSignInStep(visitor, step, used)).toEqual({ userId: me.userId });
  await expect(passSignInStep(visitor, step, used)).rejects.toMatchObject({ code: "STEP_ENDED" });
  const next = await beginSignInStep(visitor, me.userId);
  await expect(passSignInStep(visitor, next, used)).rejects.toMatchObject({ code: "STEP_CODE_WRONG" });
  world.clock.advance({ minutes: 11 });
  await expect(passSignInStep(visitor, next, mine.now())).rejects.toMatchObject({ code: "STEP_ENDED" });
  // Of two browsers at the same moment with the same digits one comes in.
  const both = [await beginSignInStep(visitor, me.userId), await beginSignInStep(visitor, me.userId)];
  const answers = await Promise.all(
    both.map((token) => passSignInStep(visitor, token, mine.now()).then(() => "in", codeOf)),
  );
  expect(answers.sort()).toEqual(["STEP_CODE_WRONG", "in"]);
});

test("a recovery code works once, also for two at the same moment, is told by letter, and new ones end the old", async ({
  db,
}) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const me = await somebody(world);
  const { codes, now } = await aPhone(world, me);
  const [first = "", second = ""] = codes;
  const steps = [await beginSignInStep(visitor, me.userId), await beginSignInStep(visitor, me.userId)];
  const answers = await Promise.all(
    steps.map((token) => passSignInStep(visitor, token, asCode(first)).then(() => "in", codeOf)),
  );
  expect(answers.sort()).toEqual(["STEP_CODE_WRONG", "in"]);
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === me.email).map(({ template }) => template)).toEqual([
    "secondStepAdded",
    "recoveryCodeUsed",
  ]);
  expect(await recoveryCodesLeft(world.as(me))).toBe(9);
  const renewed = await renewRecoveryCodes(world.as(me), now(), "");
  expect(await recoveryCodesLeft(world.as(me))).toBe(10);
  await expect(
    passSignInStep(visitor, await beginSignInStep(visitor, me.userId), asCode(second)),
  ).rejects.toMatchObject({ code: "STEP_CODE_WRONG" });
  expect(
    await passSignInStep(visitor, await beginSignInStep(visitor, me.userId), asCode(renewed[0] ?? "")),
  ).toEqual({ userId: me.userId });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("five wrong codes end a step, however many come at once; tries of an account get slower, and end within the hour; right ones are not counted", async ({
  db,
}) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const me = await somebody(world);
  const { now } = await aPhone(world, me);
  const step = await beginSignInStep(visitor, me.userId);
  const answers = await Promise.all(
    Array.from({ length: 9 }, () =>
      passSignInStep(visitor, step, asCode("ABCD-ABCD-ABCD-ABCD")).then(() => "in", codeOf),
    ),
  );
  expect(answers.filter((code) => code === "STEP_CODE_WRONG")).toHaveLength(4);
  expect(answers.filter((code) => code === "STEP_ENDED")).toHaveLength(5);
  await expect(passSignInStep(visitor, step, now())).rejects.toMatchObject({ code: "STEP_ENDED" });
  for (let n = 0; n < 50; n += 1)
    await passSignInStep(
      visitor,
      await beginSignInStep(visitor, me.userId),
      asCode("ABCD-ABCD-ABCD-ABCD"),
    ).catch(codeOf);
  expect(Math.max(...world.pauses)).toBe(8_000);
  await expect(
    passSignInStep(visitor, await beginSignInStep(visitor, me.userId), now()),
  ).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  world.clock.advance({ hours: 1 });
  for (let n = 0; n < 60; n += 1) {
    world.clock.advance({ minutes: 1 });
    expect(await passSignInStep(visitor, await beginSignInStep(visitor, me.userId), now())).toEqual({
      userId: me.userId,
    });
  }
});

test("a new password leaves the second step on and ends what waits; switching off asks for a code; leaving and closing keep nothing of it", async ({
  db,
}) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const me = await somebody(world);
  const { now } = await aPhone(world, me);
  const waiting = await beginSignInStep(visitor, me.userId);
  await askNewPassword(visitor, { email: me.email, ...HERE });
  await setNewPassword(visitor, await sentLink(world, "passwordLink", me.email), NEW);
  expect(await hasSecondStep(db, me.userId)).toBe(true);
  await expect(passSignInStep(visitor, waiting, now())).rejects.toMatchObject({ code: "STEP_ENDED" });
  await expect(removeSecondStep(world.as(me), asCode("000000"), "")).rejects.toMatchObject({
    code: "STEP_CODE_WRONG",
  });
  await removeSecondStep(world.as(me), now(), "");
  expect(await mySecondStep(world.as(me))).toEqual({ state: "off" });
  world.clock.advance({ minutes: 1 });
  await aPhone(world, me);
  await leave(world.as(me), { password: (await aPassword(world, me.userId)).password, ...HERE });
  const closed = await somebody(world);
  await aPhone(world, closed);
  await beginSignInStep(visitor, closed.userId);
  await disableAccount(world.as(await aPerson(world, ADMIN)), closed.userId, "asked");
  for (const { userId } of [me, closed])
    for (const table of [secondFactors, recoveryCodes, signInSteps])
      expect(await db.select().from(table).where(eq(table.userId, userId))).toEqual([]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("whoever works here acts in no role once the days without a second step are over, and is led to it; with it they work on, and a viewer or donor never needs it", async ({
  db,
}) => {
  const world = aWorld(db);
  const admin = await aPerson(world, ADMIN);
  const donor = await somebody(world);
  // In a demo nobody has a phone, and nobody is asked for one.
  expect(await stepDueOf(await argsFor(world, admin, "http://portal.test/admin/people"))).toBeUndefined();
  await db.update(installation).set({ isDemo: false });
  const ask = async (person: typeof admin) => {
    const args = await argsFor(world, person, "http://portal.test/admin/people");
    return {
      actor: (await contextOf(args)).actor,
      due: await stepDueOf(args),
      page: await peoplePage(args).catch((thrown: unknown) => thrown),
    };
  };

  const early = await ask(admin);
  expect([requireRole(early.actor, "admin").userId, early.due !== undefined]).toEqual([admin.userId, true]);
  world.clock.advance({ days: 15 });
  const late = await ask(admin);
  expect(() => requireRole(late.actor, "admin")).toThrow("NOT_ALLOWED");
  expect((late.page as Response).headers.get("location")).toBe("/me/second-step");
  expect((await ask(donor)).due).toBeUndefined();
  const viewer = await aPerson(world, { role: "org_viewer", scope: { kind: "city" } });
  expect(await secondStepDue(world.system, viewer)).toBeUndefined();
  expect(withoutWork(viewer)).toEqual(viewer);
  expect(withoutWork(admin).grants).toEqual([]);
  await aPhone(world, admin);
  const ready = await ask(admin);
  expect([requireRole(ready.actor, "admin").userId, ready.due]).toEqual([admin.userId, undefined]);
  await db.update(installation).set({ isDemo: true });
});

test("the database keeps no secret in the clear, none that is on without a code, and no step that runs on", async ({
  db,
}) => {
  const world = aWorld(db);
  const me = await somebody(world);
  const refused = (statement: ReturnType<typeof sql>) =>
    expect(db.transaction((tx) => tx.execute(statement))).rejects.toThrow();
  await refused(
    sql`insert into second_factor (user_id, secret_sealed, created_at) values (${me.userId}, 'in the clear', now())`,
  );
  await refused(
    sql`insert into second_factor (user_id, secret_sealed, created_at, confirmed_at) values (${me.userId}, 'v1:x', now(), now())`,
  );
  await refused(
    sql`insert into sign_in_step (id, user_id, token_hash, created_at, expires_at) values (gen_random_uuid(), ${me.userId}, 'y', now(), now() + interval '11 minutes')`,
  );
  await refused(
    sql`insert into sign_in_step (id, user_id, token_hash, created_at, expires_at, wrong_codes) values (gen_random_uuid(), ${me.userId}, 'z', now(), now() + interval '9 minutes', 5)`,
  );
});

test("switching the first second step on asks for the password, whose wrong tries count; a secret that was begun is gone after a quarter of an hour", async ({
  db,
}) => {
  const world = aWorld(db);
  const me = await somebody(world);
  const ctx = world.as(me);
  await expect(beginSecondStep(ctx, HERE)).rejects.toMatchObject({ code: "PASSWORD_WRONG" });
  for (let n = 0; n < 9; n += 1)
    await beginSecondStep(ctx, { password: "falsch falsch falsch", ...HERE }).catch(codeOf);
  await expect(beginSecondStep(ctx, { password: PASSWORD, ...HERE })).rejects.toMatchObject({
    code: "TOO_MANY_REQUESTS",
  });
  expect(await db.select().from(secondFactors).where(eq(secondFactors.userId, me.userId))).toEqual([]);
  world.clock.advance({ hours: 1 });
  await beginSecondStep(ctx, { password: PASSWORD, ...HERE });
  const begun = await mySecondStep(ctx);
  world.clock.advance({ minutes: 15 });
  expect(await mySecondStep(ctx)).toEqual({ state: "off" });
  await expect(
    confirmSecondStep(ctx, asCode(digitsAt(begun.state === "begun" ? begun.groups : "", world.clock.now()))),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
});
