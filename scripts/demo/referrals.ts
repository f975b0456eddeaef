import { asc, eq } from "drizzle-orm";
import { closeReferral } from "~/domain/directory/referrals/closeReferral.server";
import { createReferral } from "~/domain/directory/referrals/createReferral.server";
import { escalateReferrals } from "~/domain/directory/referrals/escalateReferrals.server";
import { gotHelp } from "~/domain/directory/referrals/gotHelp.server";
import { hearOwner } from "~/domain/directory/referrals/leadJointCase.server";
import { referralPage } from "~/domain/directory/referrals/queries.server";
import { CreateReferralInput } from "~/domain/directory/referrals/schemas";
import type { PlainStep } from "~/domain/directory/referrals/states";
import { recordTry, stepReferral } from "~/domain/directory/referrals/stepReferral.server";
import { entitlementGap } from "~/domain/directory/screening/screenHousehold.server";
import { plusDays } from "~/domain/kernel/time";
import { households } from "~db/schema/households";
import { referrals } from "~db/schema/referrals";
import type { Story } from "./history";
import type { Cast } from "./people";

/** The steps that each referral of the demo has taken. */
const WAYS: readonly (readonly PlainStep[])[] = [
  [],
  ["send"],
  ["send"],
  ["send", "waitlist"],
  ["send", "ask_client"],
  ["send", "accept", "find_eligible", "start"],
  ["send", "accept", "find_eligible", "start"],
  ["send"],
];
/** Among them: nobody answered in time, help came, no place was left. */
const [LATE, HELPED, UNHELPED] = [2, 6, 7];
const DEPARTMENTS = ["市民政局", "市医疗保障局", "市残联"];

/** Households brought to whoever provides what they miss: at every stage of the way, one overdue, one without help, one joint case. */
export async function playReferrals(story: Story, cast: Cast): Promise<void> {
  const { db } = story.system;
  const caseworker = story.as(cast.caseworker);
  const operator = story.as(cast.operator);
  const seen = async (referralId: string) => {
    const [row] = await db.select({ version: referrals.version }).from(referrals).where(eq(referrals.id, referralId));
    return { referralId, version: row?.version ?? 0 };
  };
  const create = async (what: object) => {
    story.clock.minutes(7);
    return (await createReferral(caseworker, CreateReferralInput.parse({ ...what, requestKey: story.clock.newId() }))).referralId;
  };

  const homes = await db.select({ id: households.id }).from(households).where(eq(households.kind, "household")).orderBy(asc(households.id));
  const ways = [...WAYS.entries()];
  for (const { id: householdId } of homes) {
    const [item] = await entitlementGap(db, householdId);
    const next = item && ways.shift();
    if (!item || !next) continue;
    const [index, steps] = next;
    const referralId = await create({ kind: "entry", itemCode: item.code, householdId, asked: "请帮这家看看条件，告诉我们要带什么材料。" });
    for (const step of steps) {
      story.clock.minutes(40);
      const told = index === LATE ? { occurredAt: plusDays(story.clock.now(), -9) } : {};
      await stepReferral(caseworker, { step, ...(await seen(referralId)), ...told });
    }
    if (steps.at(-1) === "ask_client") await recordTry(caseworker, await seen(referralId));
    if (index === HELPED) await gotHelp(caseworker, { received: "yes", ...(await seen(referralId)) });
    if (index === UNHELPED) await closeReferral(caseworker, { reason: "no_capacity", ...(await seen(referralId)) });
  }

  const joint = await create({ kind: "joint", departments: DEPARTMENTS.join("\n"), householdId: homes[0]?.id, asked: "救助、看病和辅助器具几件事，请一起商量。" });
  for (const step of ["send", "accept"] as const) await stepReferral(caseworker, { step, ...(await seen(joint)) });
  for (const { id: ownerId, isLead } of (await referralPage(operator, joint)).owners.slice(0, 2)) {
    story.clock.minutes(15);
    await hearOwner(operator, { ownerId, answer: isLead ? "agreed" : "done", ...(await seen(joint)) });
  }
  await escalateReferrals(story.system);
}
