import { eq } from "drizzle-orm";
import { draftAnotherWish } from "~/domain/needs/draftWish.server";
import { verifyNeed } from "~/domain/needs/reviewNeed.server";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { eraseHousehold } from "~/domain/requests/eraseHousehold.server";
import { recordRequest } from "~/domain/requests/recipientRequests.server";
import { households } from "~db/schema/households";
import { needs } from "~db/schema/needs";
import type { World } from "../support/world";
import { aKnownWishInput, SCHOOL_BAGS } from "./needs";
import { aPerson, type Team } from "./people";

/** A recipient takes back, through a caseworker, that their wish may be public. */
export const withdrawConsentOf = (world: World, team: Team, householdId: string) =>
  recordRequest(world.as(team.colleague), householdId, {
    kind: "withdraw_consent",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });

/** The household for which a need was filed. */
export async function householdOfNeed(world: World, needId: string): Promise<typeof households.$inferSelect> {
  const [row] = await world.db
    .select({ household: households })
    .from(households)
    .innerJoin(needs, eq(needs.householdId, households.id))
    .where(eq(needs.id, needId));
  if (!row) throw new Error("a need without a household");
  return row.household;
}

/** A second wish of a household, verified and not public yet. */
export async function anotherWishOf(
  world: World,
  team: Team,
  household: typeof households.$inferSelect,
): Promise<{ needId: string; code: string }> {
  const filer = world.as(team.caseworker);
  const wish = await draftAnotherWish(
    filer,
    household.id,
    aKnownWishInput(world, {
      title: "一双雨鞋",
      story: "下雨天走山路要用。",
      lines: [{ ...SCHOOL_BAGS, item: "雨鞋" }],
    }),
  );
  await submitNeed(filer, wish.needId, { judged: "different", gapReason: "not_covered" });
  await verifyNeed(world.as(team.reviewer), wish.needId);
  return wish;
}

/** An admin erases the household of a need, at its own request. */
export async function anErasure(world: World, needId: string): Promise<void> {
  const { id, code } = await householdOfNeed(world, needId);
  await eraseHousehold(world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } })), id, {
    code,
    reason: "person_asked",
  });
}
