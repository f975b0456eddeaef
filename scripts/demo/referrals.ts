import { asc, eq } from "drizzle-orm";
import type { z } from "zod";
import { closeReferral } from "~/domain/referrals/closeReferral.server";
import { createReferral } from "~/domain/referrals/createReferral.server";
import { gotHelp } from "~/domain/referrals/gotHelp.server";
import { hearOwner } from "~/domain/referrals/leadJointCase.server";
import { referralPage } from "~/domain/referrals/queries.server";
import { CreateReferralInput } from "~/domain/referrals/schemas";
import type { PlainStep } from "~/domain/referrals/states";
import { recordTry, stepReferral } from "~/domain/referrals/stepReferral.server";
import { entitlementGap } from "~/domain/screening/screenHousehold.server";
import { households } from "~db/schema/households";
import { referrals } from "~db/schema/referrals";
import type { Story } from "./history";
import type { Cast } from "./people";

/** How far each referral of the demo has come, and what became of it at last. */
const WAYS: readonly Readonly<{ steps: readonly PlainStep[]; end?: "helped" | "unhelped" | "tried" }>[] = [
  { steps: [] },
  { steps: ["send"] },
  { steps: ["send", "ask_client"], end: "tried" },
  { steps: ["send", "accept", "find_eligible", "start"] },
  { steps: ["send", "accept", "find_eligible", "start"], end: "helped" },
  { steps: ["send"], end: "unhelped" },
];
const DEPARTMENTS = ["市民政局", "市医疗保障局", "市残联"];

const seen = async (story: Story, referralId: string) => {
  const [row] = await story.system.db
    .select({ version: referrals.version })
    .from(referrals)
    .where(eq(referrals.id, referralId));
  return { referralId, version: row?.version ?? 0 };
};

async function refer(
  story: Story,
  cast: Cast,
  what: Partial<z.input<typeof CreateReferralInput>>,
  steps: readonly PlainStep[],
): Promise<string> {
  const caseworker = story.as(cast.caseworker);
  story.clock.minutes(7);
  const { referralId } = await createReferral(
    caseworker,
    CreateReferralInput.parse({ ...what, requestKey: story.clock.newId() }),
  );
  for (const step of steps) {
    story.clock.minutes(40);
    await stepReferral(caseworker, { step, ...(await seen(story, referralId)) });
  }

  return referralId;
}

/** What households miss most, each with the household. */
async function gaps(story: Story): Promise<{ householdId: string; itemCode: string }[]> {
  const { db } = story.system;
  const homes = await db
    .select({ id: households.id })
    .from(households)
    .where(eq(households.kind, "household"))
    .orderBy(asc(households.id));
  const found = await Promise.all(
    homes.map(async ({ id }) => ({ householdId: id, item: (await entitlementGap(db, id))[0] })),
  );
  return found.flatMap(({ householdId, item }) => (item ? [{ householdId, itemCode: item.code }] : []));
}

const ASKED = "请帮这家看看条件，告诉我们要带什么材料。";

/** The oldest referral: on a waiting list for so long that somebody should have asked again. */
export async function playFirstReferral(story: Story, cast: Cast): Promise<void> {
  const gap = (await gaps(story)).at(-1);
  await refer(story, cast, { kind: "item", ...gap, asked: ASKED }, ["send", "waitlist"]);
}

/**
 * Households brought to whoever provides what they miss: at every stage of the way, one without help, one
 * joint case.
 */
export async function playReferrals(story: Story, cast: Cast): Promise<void> {
  const caseworker = story.as(cast.caseworker);
  const operator = story.as(cast.operator);
  const missing = await gaps(story);
  for (const [index, { steps, end }] of WAYS.entries()) {
    const referralId = await refer(story, cast, { kind: "item", ...missing[index], asked: ASKED }, steps);
    story.clock.minutes(30);
    if (end === "tried") await recordTry(caseworker, await seen(story, referralId));
    if (end === "helped") await gotHelp(caseworker, { received: "yes", ...(await seen(story, referralId)) });
    if (end === "unhelped")
      await closeReferral(caseworker, { reason: "no_capacity", ...(await seen(story, referralId)) });
  }

  const what = {
    kind: "joint" as const,
    departments: DEPARTMENTS.join("\n"),
    householdId: missing[0]?.householdId ?? "",
    asked: "救助、看病和辅助器具几件事，请一起商量。",
  };
  const joint = await refer(story, cast, what, ["send", "accept"]);
  for (const { id: ownerId, isLead } of (await referralPage(operator, joint)).owners.slice(0, 2)) {
    story.clock.minutes(15);
    await hearOwner(operator, { ownerId, answer: isLead ? "agreed" : "done", ...(await seen(story, joint)) });
  }
}
