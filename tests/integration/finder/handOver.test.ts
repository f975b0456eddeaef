import { expect } from "vitest";
import { handOverAnswers, openHandedAnswers } from "~/domain/finder/handOver.server";
import { forgetOverdue } from "~/domain/retention/forgetOverdue.server";
import { finderHandovers } from "~db/schema/screening";
import { aCaseworker, aDonor } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const ANSWERS = { age: ["72"], status: ["dibao"] };

test("handed-over answers lie sealed, are opened once by one caseworker, who may read on, and by nobody else", async ({
  db,
}) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const { code } = await handOverAnswers(visitor, { answers: ANSWERS, clientAddress: "192.0.2.1" });
  const [row] = await db.select().from(finderHandovers);
  expect(JSON.stringify(row)).not.toContain("dibao");
  expect(JSON.stringify(row)).not.toContain(code);
  const first = world.as(await aCaseworker(world));
  const second = world.as(await aCaseworker(world));
  const typed = `${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`;
  const [one, other] = await Promise.allSettled([
    openHandedAnswers(first, typed),
    openHandedAnswers(second, code),
  ]);
  expect([one.status, other.status].sort()).toEqual(["fulfilled", "rejected"]);
  const winner = one.status === "fulfilled" ? first : second;
  expect((await openHandedAnswers(winner, code)).answers).toEqual(ANSWERS);
  await expect(openHandedAnswers(winner === first ? second : first, code)).rejects.toMatchObject({
    code: "CODE_UNKNOWN",
  });
  await expect(openHandedAnswers(world.as(await aDonor(world)), code)).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await expect(openHandedAnswers(visitor, code)).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
});

test("answers that are not fetched are destroyed after their days, and cannot be opened from that moment on", async ({
  db,
}) => {
  const world = aWorld(db);
  const { code, expiresAt } = await handOverAnswers(world.as({ kind: "visitor" }), {
    answers: ANSWERS,
    clientAddress: "192.0.2.2",
  });
  expect(expiresAt.getTime() - world.clock.now().getTime()).toBe(30 * 86_400_000);
  expect(await forgetOverdue(world.system)).toBe(0);
  world.clock.advance({ days: 30 });
  await expect(openHandedAnswers(world.as(await aCaseworker(world)), code)).rejects.toMatchObject({
    code: "CODE_UNKNOWN",
  });
  expect(await forgetOverdue(world.system)).toBeGreaterThan(0);
  const kept = await db.select({ answers: finderHandovers.answersSealed }).from(finderHandovers);
  expect(kept.every(({ answers }) => answers === null)).toBe(true);
});

test("codes cannot be guessed: after twenty tries in an hour a caseworker must wait", async ({ db }) => {
  const world = aWorld(db);
  const ctx = world.as(await aCaseworker(world));
  for (let tries = 0; tries < 20; tries += 1)
    await expect(openHandedAnswers(ctx, "Q2345678")).rejects.toMatchObject({ code: "CODE_UNKNOWN" });
  await expect(openHandedAnswers(ctx, "Q2345678")).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});
