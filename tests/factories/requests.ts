import { eq } from "drizzle-orm";
import { eraseHousehold } from "~/domain/households/eraseHousehold.server";
import { recordRequest } from "~/domain/households/recipientRequests.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { writeLines } from "~/domain/needs/draftWish.server";
import { NEED } from "~/domain/needs/machine.server";
import { verifyNeed } from "~/domain/needs/reviewNeed.server";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { sealWords } from "~/domain/needs/words.server";
import { households } from "~db/schema/households";
import { needs } from "~db/schema/needs";
import type { World } from "../support/world";
import { SCHOOL_BAGS } from "./needs";
import { aPerson, type Team } from "./people";

/** A recipient takes back, through a caseworker, that their wish may be public. */
export const withdrawConsentOf = (world: World, team: Team, householdId: string) =>
  recordRequest(world.as(team.colleague), householdId, { kind: "withdraw_consent", occurredAt: world.clock.now(), requestKey: world.system.newId() });

/** The household for which a need was filed. */
export async function householdOfNeed(world: World, needId: string): Promise<typeof households.$inferSelect> {
  const [row] = await world.db.select({ household: households }).from(households).innerJoin(needs, eq(needs.householdId, households.id)).where(eq(needs.id, needId));
  if (!row) throw new Error("a need without a household");
  return row.household;
}

/** A second wish of a household, verified and not public yet. */
export async function anotherWishOf(world: World, team: Team, household: typeof households.$inferSelect): Promise<{ needId: string; code: string }> {
  const filer = world.as(team.caseworker);
  const need = { id: world.system.newId(), householdId: household.id, state: "draft" as const };
  const code = `W${need.id.slice(-7).toUpperCase()}`;
  await world.db.transaction(async (tx) => {
    const wordsSealed = await sealWords(tx, filer, need, { title: "一双雨鞋", story: "下雨天走山路要用。" });
    const checked = { entitlementsCheckedBy: team.caseworker.userId, entitlementsCheckedAt: world.clock.now() };
    await tx
      .insert(needs)
      .values({ ...need, ...checked, code, kind: "wish", townCode: household.townCode, wordsSealed, filedBy: team.caseworker.userId, createdAt: world.clock.now() });
    await writeLines(tx, filer, need, [{ ...SCHOOL_BAGS, item: "雨鞋" }]);
    await recordBirth(tx, filer, NEED, need, "draft", { by: "caseworker", needId: need.id });
  });
  await submitNeed(filer, need.id, { judged: "different", gapReason: "not_covered" });
  await verifyNeed(world.as(team.reviewer), need.id);
  return { needId: need.id, code };
}

/** An admin erases the household of a need, at its own request. */
export async function anErasure(world: World, needId: string): Promise<void> {
  const { id, code } = await householdOfNeed(world, needId);
  await eraseHousehold(world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } })), id, { code, reason: "person_asked" });
}
