import { expect } from "vitest";
import { handOverAnswers } from "~/domain/finder/handOver.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { startUnfinished } from "~/domain/needs/unfinished.server";
import { createReferral } from "~/domain/referrals/createReferral.server";
import { CreateReferralInput } from "~/domain/referrals/schemas";
import { referrals } from "~db/schema/referrals";
import { aHousehold } from "../../factories/households";
import { aCaseworker, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

/** Somebody whose first code is the one that everybody unlucky draws first. */
function unlucky(ctx: UseCaseContext): UseCaseContext {
  let draws = 0;
  return {
    ...ctx,
    randomBytes: (count) => ((draws += 1) === 1 ? Buffer.alloc(count, 7) : ctx.randomBytes(count)),
  };
}

test("a referral whose code another one has gets another code, and is not taken for one that is open already", async ({
  db,
}) => {
  const world = aWorld(db);
  const caseworker = world.as(await aCaseworker(world));
  for (const itemCode of ["GW048", "GW001"]) {
    const householdId = await aHousehold(world);
    await createReferral(
      unlucky(caseworker),
      CreateReferralInput.parse({ kind: "item", householdId, itemCode, requestKey: world.system.newId() }),
    );
  }

  const codes = (await db.select({ code: referrals.code }).from(referrals)).map(({ code }) => code);
  expect(codes.filter((code) => code.startsWith("R777777"))).toHaveLength(1);
  expect(new Set(codes).size).toBe(2);
});

test("an unfinished form whose code another one has gets another code", async ({ db }) => {
  const world = aWorld(db);
  const filer = world.as((await aTeam(world)).caseworker);
  const start = () =>
    startUnfinished(unlucky(filer), {
      kind: "wish",
      typed: { title: "没写完" },
      requestKey: world.system.newId(),
    });
  const [first, second] = [await start(), await start()];
  expect([first.code.startsWith("W777777"), second.code.startsWith("W777777")]).toEqual([true, false]);
});

test("answers that are handed over under a code that others have get another code", async ({ db }) => {
  const world = aWorld(db);
  const give = () =>
    handOverAnswers(unlucky(world.as({ kind: "visitor" })), {
      answers: { age: ["72"] },
      clientAddress: "192.0.2.1",
    });
  const [first, second] = [await give(), await give()];
  expect([first.code.startsWith("Q777777"), second.code.startsWith("Q777777")]).toEqual([true, false]);
});
