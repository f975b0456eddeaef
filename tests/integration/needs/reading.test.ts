import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { duplicatesOf, gapOfDraft } from "~/domain/needs/submitNeed.server";
import { households } from "~db/schema/households";
import { needLines, needs } from "~db/schema/needs";
import { aSubmittedWish } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const orWaiting = (work: Promise<unknown>) => Promise.race([work, new Promise((resolve) => setTimeout(resolve, 3_000, "it waits"))]);

test("whoever reads a need's page waits for nobody who works on it, its lines or its household, and keeps nobody waiting", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await aSubmittedWish(world, team, { heads: 2, lines: [{ quantity: 2n, unitPriceFen: 12_000n }] });
  const household = await householdOfNeed(world, needId);
  const [need] = await db.select().from(needs).where(eq(needs.id, needId));
  const filer = world.as(team.caseworker);
  const read = () =>
    Promise.all([staffNeed(world.as(team.reviewer), needId), duplicatesOf(filer, needId), gapOfDraft(filer, { householdId: household.id, townCode: need?.townCode ?? "" })]);
  await db.transaction(async (tx) => {
    await tx.select().from(households).where(eq(households.id, household.id)).for("update");
    await tx.select().from(needLines).where(eq(needLines.needId, needId)).for("update");
    await tx.select().from(needs).where(eq(needs.id, needId)).for("update");
    expect(await orWaiting(read())).toMatchObject([{ cap: { over: false, valueFen: 24_000n, capFen: 100_000n } }, [], expect.any(Array)]);
  });
});
