import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import type { Actor } from "~/domain/kernel/actor";
import { plusWorkingDays } from "~/domain/kernel/time";
import { answerReport } from "~/domain/lists/desk/answerReport.server";
import { approveValue, withdrawValue } from "~/domain/lists/desk/decideValue.server";
import { deskQueue, openReports } from "~/domain/lists/desk/deskQueries.server";
import { valuesPage } from "~/domain/lists/desk/itemQueries.server";
import { proposeValue } from "~/domain/lists/desk/proposeValue.server";
import { reportItem } from "~/domain/lists/desk/reportItem.server";
import { retireItem } from "~/domain/lists/desk/standItem.server";
import { ProposeValueInput } from "~/domain/lists/desk/valueSchemas";
import { parametersAt } from "~/domain/lists/inForce.server";
import { violatedConstraint } from "~db/client";
import { itemReports, listParameters } from "~db/schema/directory";
import { journal } from "~db/schema/journal";
import { aPublishedItem } from "../../factories/lists";
import { aDonor, aPerson, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const visitor: Actor = { kind: "visitor" };
const aReport = (world: World, itemCode: string, more: object = {}) => ({
  itemCode,
  kind: "phone" as const,
  words: "打了三次没人接，我家老人病着",
  requestKey: world.system.newId(),
  clientAddress: world.system.newId(),
  ...more,
});
const aProposal = (world: World, more: Readonly<Record<string, unknown>> = {}) =>
  ProposeValueInput.parse({
    code: "dibao_standard_fen",
    value: "1,260",
    validFrom: "2026-07-01",
    source: "演示通知第 1 号",
    requestKey: world.system.newId(),
    ...more,
  });

test("anybody reports a mistake, also without an account; words are sealed, a double tap is one report, and settling wipes the words", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const { operator, secondOperator } = await aTeam(world);
  const code = await aPublishedItem(world, operator);
  const report = aReport(world, code);
  await Promise.all([reportItem(world.as(visitor), report), reportItem(world.as(visitor), report)]);
  await reportItem(world.as(await aDonor(world)), aReport(world, code, { kind: "closed", words: undefined }));
  const dump = JSON.stringify([
    await owner`select * from item_report`,
    await owner`select * from journal where entity = 'item_report'`,
    await owner`select * from rate_counter`,
  ]);
  expect(dump).not.toContain("没人接");
  expect(dump).not.toContain(report.clientAddress);
  const open = await openReports(world.as(operator), code);
  expect(open.map(({ kind, words }) => ({ kind, words }))).toEqual([
    { kind: "phone", words: report.words },
    { kind: "closed", words: null },
  ]);
  const outcomes = await Promise.allSettled([
    answerReport(world.as(operator), { reportId: report.requestKey, outcome: "correct" }),
    answerReport(world.as(secondOperator), { reportId: report.requestKey, outcome: "keep" }),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  const [row] = await db.select().from(itemReports).where(eq(itemReports.id, report.requestKey));
  expect(row?.wordsSealed).toBeNull();
  expect(row?.settledAt).toEqual(world.clock.now());
  expect(await openReports(world.as(operator), code)).toHaveLength(1);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("one network sends ten reports in an hour, also at once, and then waits for the next; another network is not held up", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const code = await aPublishedItem(world, operator);
  const from = (clientAddress: string) =>
    reportItem(world.as(visitor), aReport(world, code, { clientAddress }));
  const outcomes = await Promise.allSettled(Array.from({ length: 14 }, () => from("192.0.2.7")));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(10);
  for (const address of ["192.0.2.7", "192.0.2.8"])
    await expect(from(address)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await from("192.0.3.8");
  world.clock.advance({ minutes: 60 });
  await from("192.0.2.7");
});

test("nothing is reported of an entry that the public does not see, and only operators read and settle", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator, caseworker, reviewer } = await aTeam(world);
  const code = await aPublishedItem(world, operator);
  const report = aReport(world, code);
  await reportItem(world.as(visitor), report);
  for (const person of [caseworker, reviewer, await aDonor(world)]) {
    await expect(
      answerReport(world.as(person), { reportId: report.requestKey, outcome: "keep" }),
    ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    await expect(openReports(world.as(person))).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  }

  await retireItem(world.as(operator), code);
  await expect(reportItem(world.as(visitor), aReport(world, code))).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(reportItem(world.as(visitor), aReport(world, "XX000"))).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(
    answerReport(world.as(operator), { reportId: world.system.newId(), outcome: "keep" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a value holds from its day on once a second person approved it: not a moment earlier, and never by who proposed it", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator, secondOperator } = await aTeam(world);
  const proposal = aProposal(world);
  expect(proposal).toMatchObject({ value: 126_000, validFrom: new Date("2026-06-30T16:00:00Z") });
  const [first, again] = [
    await proposeValue(world.as(operator), proposal),
    await proposeValue(world.as(operator), proposal),
  ];
  expect(again).toEqual(first);
  await expect(approveValue(world.as(operator), first.id)).rejects.toMatchObject({ code: "FOUR_EYES" });
  const at = (day: string) => parametersAt(db, new Date(day)).then((values) => values.dibao_standard_fen);
  expect(await at("2026-07-01T00:00:00+08:00")).toBe(120_100);
  expect((await deskQueue(world.as(secondOperator))).values.find((row) => row.id === first.id)).toMatchObject(
    { value: 126_000, mine: false },
  );
  await approveValue(world.as(secondOperator), first.id);
  expect(await at("2026-06-30T23:59:59+08:00")).toBe(120_100);
  expect(await at("2026-07-01T00:00:00+08:00")).toBe(126_000);
  await expect(withdrawValue(world.as(operator), first.id)).rejects.toMatchObject({ code: "WRONG_STATE" });
  const page = await valuesPage(world.as(operator));
  expect(page.find((row) => row.code === "dibao_standard_fen")?.history.map((row) => row.value)).toEqual([
    126_000, 120_100, 116_000,
  ]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("of two operators who approve at once, one is told; one day has one approved value; what is withdrawn never holds", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator, secondOperator } = await aTeam(world);
  const third = await aPerson(world, { role: "operator", scope: { kind: "city" } });
  const { id } = await proposeValue(
    world.as(operator),
    aProposal(world, { code: "old_age_years", value: "61", validFrom: "2030-01-01" }),
  );
  const outcomes = await Promise.allSettled([
    approveValue(world.as(secondOperator), id),
    approveValue(world.as(third), id),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect(
    await db
      .select({ event: journal.event })
      .from(journal)
      .where(and(eq(journal.entityId, id), eq(journal.event, "list_parameter.approve"))),
  ).toHaveLength(1);
  const same = await proposeValue(
    world.as(operator),
    aProposal(world, { code: "old_age_years", value: "62", validFrom: "2030-01-01" }),
  );
  await expect(approveValue(world.as(secondOperator), same.id)).rejects.toMatchObject({
    code: "VALUE_DATED_ALREADY",
  });
  await withdrawValue(world.as(third), same.id);
  await expect(approveValue(world.as(secondOperator), same.id)).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  expect((await parametersAt(db, new Date("2030-01-02T00:00:00Z"))).old_age_years).toBe(61);
});

test("not even SQL lets a proposer approve, or a proposed value hold without anybody", async ({ db }) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const { id } = await proposeValue(world.as(operator), aProposal(world, { validFrom: "2031-01-01" }));
  for (const wrong of [{ approvedBy: operator.userId }, { state: "approved" as const }]) {
    const refused: unknown = await db
      .update(listParameters)
      .set(wrong)
      .where(eq(listParameters.id, id))
      .catch((error: unknown) => error);
    expect(violatedConstraint(refused)).toMatch(/^list_parameter_(four_eyes|second_person)$/);
  }
});

test("only operators propose, approve and withdraw values, and a slip of the finger is refused beside its field", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator, caseworker } = await aTeam(world);
  const { id } = await proposeValue(world.as(operator), aProposal(world, { validFrom: "2032-01-01" }));
  for (const person of [
    caseworker,
    await aDonor(world),
    await aPerson(world, { role: "admin", scope: { kind: "city" } }),
  ]) {
    const ctx = world.as(person);
    for (const outcome of await Promise.allSettled([
      proposeValue(ctx, aProposal(world)),
      approveValue(ctx, id),
      withdrawValue(ctx, id),
      valuesPage(ctx),
    ])) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "NOT_ALLOWED" } });
    }
  }

  const typed = (more: object) =>
    ProposeValueInput.safeParse({
      code: "old_age_years",
      value: "60",
      validFrom: "2026-01-01",
      source: "x",
      requestKey: world.system.newId(),
      ...more,
    });
  const wrongs = [
    { value: "0" },
    { value: "6O" },
    { value: "121" },
    { value: "60.5" },
    { validFrom: "2026-02-31" },
    { validFrom: "1.2.2026" },
    { source: " " },
  ];
  expect(wrongs.map((more) => typed(more).error?.issues[0]?.path[0])).toEqual([
    "value",
    "value",
    "value",
    "value",
    "validFrom",
    "validFrom",
    "source",
  ]);
  expect(typed({ code: "dibao_standard_fen", value: "￥1,201.50 元" }).data).toMatchObject({
    value: 120_150,
  });
});

test("a report has its day: after it, it is marked late on the desk, and settling ends its clock", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const code = await aPublishedItem(world, operator);
  const report = aReport(world, code);
  await reportItem(world.as(visitor), report);
  const open = () => openReports(world.as(operator), code);
  expect((await open())[0]).toMatchObject({ isLate: false, dueAt: plusWorkingDays(world.clock.now(), 5) });
  world.clock.advance({ days: 7, minutes: 1 });
  expect((await open())[0]).toMatchObject({ isLate: true });
  await answerReport(world.as(operator), { reportId: report.requestKey, outcome: "keep" });
  expect(
    (
      await db
        .select({ dueAt: itemReports.dueAt })
        .from(itemReports)
        .where(eq(itemReports.id, report.requestKey))
    )[0],
  ).toEqual({ dueAt: null });
});
