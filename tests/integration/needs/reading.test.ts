import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { duplicatesOf, gapOfDraft } from "~/domain/needs/submitNeed.server";
import { connect } from "~db/client";
import { households } from "~db/schema/households";
import { needLines, needs } from "~db/schema/needs";
import { aSubmittedWish } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("whoever reads a need's page waits for nobody who works on it, its lines or its household, and keeps nobody waiting", async ({
  db,
  databaseUrl,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await aSubmittedWish(world, team, {
    heads: 2,
    lines: [{ quantity: 2n, unitPriceFen: 12_000n }],
  });
  const household = await householdOfNeed(world, needId);
  const [need] = await db.select().from(needs).where(eq(needs.id, needId));
  // Whoever would wait for a lock is refused by the database at once; whoever waits for none never notices.
  const impatient = connect(`${databaseUrl}?lock_timeout=50`, { max: 4 });
  const reader = aWorld(impatient.db, { clock: world.clock });
  await expect(
    db.transaction(async (tx) => {
      await tx.select().from(households).where(eq(households.id, household.id)).for("update");
      await impatient.db.select().from(households).where(eq(households.id, household.id)).for("update");
    }),
  ).rejects.toMatchObject({ cause: { code: "55P03" } });
  const filer = reader.as(team.caseworker);
  const read = () =>
    Promise.all([
      staffNeed(reader.as(team.reviewer), needId),
      duplicatesOf(filer, needId),
      gapOfDraft(filer, { householdId: household.id, townCode: need?.townCode ?? "" }),
    ]);
  await db.transaction(async (tx) => {
    await tx.select().from(households).where(eq(households.id, household.id)).for("update");
    await tx.select().from(needLines).where(eq(needLines.needId, needId)).for("update");
    await tx.select().from(needs).where(eq(needs.id, needId)).for("update");
    expect(await read()).toMatchObject([
      { cap: { over: false, valueFen: 24_000n, capFen: 100_000n } },
      [],
      expect.any(Array),
    ]);
  });
  await impatient.close();
});
