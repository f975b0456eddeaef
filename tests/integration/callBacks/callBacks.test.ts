import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { answerCallBack, openCallBack } from "~/domain/callBacks/answerCallBack.server";
import { askCallBack } from "~/domain/callBacks/askCallBack.server";
import { callBackList } from "~/domain/callBacks/callBackList.server";
import { AskCallBackInput } from "~/domain/callBacks/callBackSchemas";
import { escalateCallBacks } from "~/domain/callBacks/escalateCallBacks.server";
import { runChecks } from "~/domain/checks.server";
import type { Actor, UserActor } from "~/domain/kernel/actor";
import { forgetOverdue } from "~/domain/retention/forgetOverdue.server";
import { dayOfWork } from "~/domain/workday/queues.server";
import { violatedConstraint } from "~db/client";
import { callBacks } from "~db/schema/callBacks";
import { journal } from "~db/schema/journal";
import { aDonor, aPerson, aTeam, GUZHEN, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const visitor: Actor = { kind: "visitor" };
const typed = (world: World, more: object = {}) =>
  AskCallBackInput.parse({
    askedFor: "other",
    about: "隔壁的陈伯",
    name: "梁女士",
    phone: "０７６０－８８１２ ３４５６",
    town: SHIQI,
    words: "他一个人住，冰箱坏了",
    requestKey: world.system.newId(),
    ...more,
  });
const ask = (world: World, more: object = {}, clientAddress = "192.0.2.7") =>
  askCallBack(world.as(visitor), typed(world, more), { clientAddress });
const onlyOf = async (world: World, actor: UserActor) => {
  const { rows } = await callBackList(world.as(actor));
  const [row] = rows;
  if (!row || rows.length > 1) throw new Error(`${rows.length} wait`);
  return row;
};

const wrongs = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);

test("anybody asks to be called: sealed, in the queue of that town alone, and a double tap is one", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  const input = typed(world);
  const [first, second] = await Promise.all(
    [1, 2].map(() => askCallBack(world.as(visitor), input, { clientAddress: "192.0.2.7" })),
  );
  expect(first?.code).toMatch(/^C/);
  expect(second).toEqual(first);
  expect(await askCallBack(world.as(visitor), input, { clientAddress: "192.0.2.7" })).toEqual(first);

  const kept = JSON.stringify([
    await owner`select * from call_back`,
    await owner`select * from journal where entity = 'call_back'`,
    await owner`select * from rate_counter`,
  ]);
  for (const secret of ["梁女士", "3456", "陈伯", "冰箱", "192.0.2"]) expect(kept).not.toContain(secret);

  expect(await onlyOf(world, team.caseworker)).toMatchObject({
    code: first?.code,
    way: "call",
    askedFor: "other",
    tries: 0,
    isLate: false,
  });
  expect((await callBackList(world.as(elsewhere.caseworker))).rows).toEqual([]);
  expect((await dayOfWork(world.as(team.reviewer))).queues).toContainEqual({
    name: "callBacks",
    waiting: 1,
    oldest: world.clock.now(),
  });
  expect((await dayOfWork(world.as(elsewhere.caseworker))).queues).toContainEqual({
    name: "callBacks",
    waiting: 0,
    oldest: null,
  });
  expect(await wrongs(world)).toEqual([]);
});

test("only people of the town open it, each opening leaves a line, and whoever opened it has it in hand", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  await ask(world, { cannotHear: "yes" });
  const { id, version, way } = await onlyOf(world, team.caseworker);
  expect(way).toBe("text");
  for (const stranger of [elsewhere.caseworker, team.operator, await aDonor(world)]) {
    await expect(openCallBack(world.as(stranger), id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      answerCallBack(world.as(stranger), { callBackId: id, version, answer: "answered", words: undefined }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  }

  await expect(openCallBack(world.as(visitor), id)).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
  // What came of a call is not written by somebody who never saw whom to call.
  await expect(
    answerCallBack(world.as(team.caseworker), {
      callBackId: id,
      version,
      answer: "answered",
      words: undefined,
    }),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });

  expect(await openCallBack(world.as(team.caseworker), id)).toEqual({
    name: "梁女士",
    phone: "０７６０－８８１２ ３４５６",
    words: "他一个人住，冰箱坏了",
    about: "隔壁的陈伯",
  });
  await openCallBack(world.as(team.reviewer), id);
  expect(await onlyOf(world, team.colleague)).toMatchObject({
    state: "in_hand",
    openedBy: team.reviewer.displayName,
  });
  const lines = await db.select().from(journal).where(eq(journal.entityId, id));
  expect(lines.map(({ event, actorId }) => [event, actorId])).toEqual([
    ["call_back.ask", null],
    ["call_back.open", team.caseworker.userId],
    ["call_back.open", team.reviewer.userId],
  ]);
  expect(await wrongs(world)).toEqual([]);
});

test("who does not answer is tried three times, each with its hours; then it closes with words, and of two who answer one is told", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  await ask(world);
  const { id } = await onlyOf(world, team.caseworker);
  const caseworker = world.as(team.caseworker);
  const missed = async (words?: string) => {
    await openCallBack(caseworker, id);
    const { version } = await onlyOf(world, team.caseworker);
    return answerCallBack(caseworker, { callBackId: id, version, answer: "no_answer", words });
  };

  for (const tries of [1, 2]) {
    world.clock.advance({ hours: 30 });
    expect(await escalateCallBacks(world.system)).toBe(1);
    expect((await onlyOf(world, team.caseworker)).isLate).toBe(true);
    // Words of a try stand for whoever tries next, until others take their place.
    expect(await missed(tries === 1 ? "第一次：晚饭后再打" : undefined)).toEqual({ ended: undefined });
    expect(await onlyOf(world, team.caseworker)).toMatchObject({ tries, isLate: false, escalatedAt: null });
  }

  await expect(missed()).rejects.toMatchObject({ code: "SAY_WHY_NOT_REACHED" });
  expect(await openCallBack(caseworker, id)).toMatchObject({ noted: "第一次：晚饭后再打" });
  const { version } = await onlyOf(world, team.caseworker);
  const last = { callBackId: id, version, answer: "no_answer" as const, words: "也托居委会去看过" };
  const both = await Promise.allSettled([
    answerCallBack(caseworker, last),
    answerCallBack(world.as(team.colleague), last),
  ]);
  expect(both.filter(({ status }) => status === "fulfilled")).toEqual([
    { status: "fulfilled", value: { ended: "not_reached" } },
  ]);
  expect((await callBackList(caseworker)).rows).toEqual([]);
  await expect(openCallBack(caseworker, id)).rejects.toMatchObject({ code: "WRONG_STATE" });

  world.clock.advance({ days: 29 });
  await forgetOverdue(world.system);
  expect((await db.select().from(callBacks))[0]?.askedSealed).not.toBeNull();
  world.clock.advance({ days: 2 });
  await forgetOverdue(world.system);
  expect(await db.select().from(callBacks)).toMatchObject([
    { askedSealed: null, saidSealed: null, outcome: "not_reached", tries: 3 },
  ]);
  expect(await wrongs(world)).toEqual([]);
});

test("an admin sees what is past its day, of every town, and opens none", async ({ db }) => {
  const world = aWorld(db);
  await aTeam(world);
  const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  await ask(world);
  await ask(world, { town: GUZHEN });
  expect((await callBackList(world.as(admin))).rows).toEqual([]);
  world.clock.advance({ hours: 24, minutes: 1 });
  expect([await escalateCallBacks(world.system), await escalateCallBacks(world.system)]).toEqual([2, 0]);
  const { rows, mayAnswer } = await callBackList(world.as(admin));
  expect([rows.map(({ town }) => town.code), mayAnswer]).toEqual([[SHIQI, GUZHEN], false]);
  for (const { id } of rows)
    await expect(openCallBack(world.as(admin), id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(callBackList(world.as(await aDonor(world)))).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});

test("one network asks ten times in an hour and then waits; a town that is none takes nobody", async ({
  db,
}) => {
  const world = aWorld(db);
  const outcomes = await Promise.allSettled(Array.from({ length: 13 }, () => ask(world)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  await expect(ask(world)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await ask(world, {}, "198.51.100.9");
  await expect(ask(world, { town: "000" }, "198.51.100.9")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("the database itself keeps the hour, the three tries and who answered", async ({ db }) => {
  const world = aWorld(db);
  const refused = (set: object) =>
    db
      .update(callBacks)
      .set(set)
      .then(() => undefined, violatedConstraint);

  await ask(world);
  expect(await refused({ dueAt: null })).toBe("call_back_due");
  expect(await refused({ tries: 4 })).toBe("call_back_tried");
  expect(await refused({ askedSealed: null })).toBe("call_back_asked");
  expect(await refused({ state: "in_hand" })).toBe("call_back_in_hand");
  expect(await refused({ state: "done", dueAt: null, outcome: "answered" })).toBe("call_back_closed");
});

test("what is typed is read kindly: blanks and full width pass, what no phone answers is said beside its field", () => {
  const wrongIn = (more: object) =>
    AskCallBackInput.safeParse({
      name: "阿婆",
      phone: "0760-88123456",
      town: SHIQI,
      words: "想问低保",
      requestKey: "01a00000-0000-7000-8000-000000000000",
      ...more,
    }).error?.issues.map(({ path, message }) => [path.join("."), message]);

  for (const phone of ["138 0013 8000", "１３８００１３８０００", "(0760) 8812 3456", "+86 760 88123456"])
    expect(wrongIn({ phone })).toBeUndefined();
  expect(wrongIn({ phone: "12" })).toEqual([["phone", "common.phoneWrong"]]);
  expect(wrongIn({ phone: "没有" })).toEqual([["phone", "common.pleaseFill"]]);
  expect(wrongIn({ name: " ", words: "\u200b" })).toEqual([
    ["name", "common.pleaseFill"],
    ["words", "common.pleaseFill"],
  ]);
  expect(wrongIn({ askedFor: "other" })).toEqual([["about", "callBacks.sayForWhom"]]);
  expect(wrongIn({ askedFor: "other", phone: "12" })).toEqual([
    ["phone", "common.phoneWrong"],
    ["about", "callBacks.sayForWhom"],
  ]);
  expect(wrongIn({ askedFor: "other", about: "陈伯" })).toBeUndefined();
});
