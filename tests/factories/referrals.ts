import { eq } from "drizzle-orm";
import { recordConsents } from "~/domain/households/consents.server";
import type { UserActor } from "~/domain/kernel/actor";
import { inTransaction } from "~/domain/kernel/context.server";
import { createReferral } from "~/domain/referrals/createReferral.server";
import { type ActOf, CreateReferralInput } from "~/domain/referrals/schemas";
import type { PlainStep } from "~/domain/referrals/states";
import { stepReferral } from "~/domain/referrals/stepReferral.server";
import { followUps, referrals } from "~db/schema/referrals";
import type { ReferralState } from "~db/schema/referralVocabulary";
import type { World } from "../support/world";
import { aHousehold } from "./households";
import { aCaseworker } from "./people";

/** The steps that lead into each open state. */
const WAY: Readonly<Record<Exclude<ReferralState, "got_help" | "not_helped">, readonly PlainStep[]>> = {
  created: [],
  sent: ["send"],
  accepted: ["send", "accept"],
  needs_client_action: ["send", "ask_client"],
  waitlisted: ["send", "waitlist"],
  eligible: ["send", "accept", "find_eligible"],
  in_service: ["send", "accept", "find_eligible", "start"],
};

export async function agreesToShare(world: World, householdId: string): Promise<void> {
  const ctx = world.as(await aCaseworker(world));
  await inTransaction(ctx, (tx) =>
    recordConsents(tx, ctx, householdId, { scopes: ["share"], givenBy: "self", givenAt: world.clock.now() }),
  );
}

export const referralNow = async (world: World, id: string) => {
  const [referral] = await world.db.select().from(referrals).where(eq(referrals.id, id));
  if (!referral) throw new Error("no referral");
  return referral;
};

/** What a form of this referral's page sends besides its own fields. */
export const seenOf = async (world: World, referralId: string) => ({
  referralId,
  version: (await referralNow(world, referralId)).version,
});

export const followUpOf = async (world: World, referralId: string) =>
  (await world.db.select().from(followUps).where(eq(followUps.referralId, referralId)))[0];

export async function takeStep(
  world: World,
  caseworker: UserActor,
  referralId: string,
  step: PlainStep,
  more: Partial<ActOf<"step">> = {},
): Promise<void> {
  await stepReferral(world.as(caseworker), { step, ...(await seenOf(world, referralId)), ...more });
}

/**
 * A referral of a new household that agreed to share, in this state; for GW048 or, joint, to three
 * departments.
 */
export async function aReferral(
  world: World,
  {
    joint = false,
    state = "created",
    householdId,
  }: Readonly<{ joint?: boolean; state?: keyof typeof WAY; householdId?: string | undefined }> = {},
) {
  const caseworker = await aCaseworker(world);
  const home = householdId ?? (await aHousehold(world));
  if (householdId === undefined) await agreesToShare(world, home);
  const what = joint
    ? { kind: "joint", departments: "市民政局\n市残联\n市医保局" }
    : { kind: "item", itemCode: "GW048" };
  const input = CreateReferralInput.parse({
    ...what,
    householdId: home,
    asked: "请帮这家申请",
    requestKey: world.system.newId(),
  });
  const { referralId } = await createReferral(world.as(caseworker), input);
  for (const step of WAY[state]) await takeStep(world, caseworker, referralId, step);
  return { referralId, householdId: home, caseworker, input };
}
