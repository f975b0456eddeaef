import { asc, eq } from "drizzle-orm";
import { handOverAnswers } from "~/domain/finder/handOver.server";
import { openRecord } from "~/domain/households/openRecord.server";
import { FactsInput } from "~/domain/screening/factsInput";
import { answerCall, callList } from "~/domain/screening/push.server";
import { storedSheet } from "~/domain/screening/queries.server";
import { recordFacts } from "~/domain/screening/recordFacts.server";
import { refreshScreening } from "~/domain/screening/refreshScreening.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { households } from "~db/schema/households";
import type { Story } from "./history";
import type { Cast } from "./people";

/** One in two households was asked more on a visit. */
const VISITED = 24;

const BORN: Readonly<Record<string, string>> = {
  under_6: "2022-05",
  "6_to_13": "2015-09",
  "14_to_17": "2010-03",
  "18_to_59": "1980-06",
  "60_to_79": "1955-02",
  "80_up": "1941-11",
};

/**
 * Visits on which the town asked what screening needs to know; what became newly likely is told, and some
 * have answered.
 */
export async function playEntitlements(story: Story, cast: Cast): Promise<void> {
  const homes = await story.system.db
    .select()
    .from(households)
    .where(eq(households.kind, "household"))
    .orderBy(asc(households.id))
    .limit(VISITED);
  const caseworker = story.as(cast.caseworker);
  for (const [index, home] of homes.entries()) {
    story.clock.minutes(15);
    await openRecord(caseworker, { householdId: home.id, reason: "entitlements" });
    const low = ["dibao", "tekun"].includes(home.groupCode);
    const isChild = ["under_6", "6_to_13", "14_to_17"].includes(home.ageBand);
    const input = {
      household: {
        status: low ? home.groupCode : "none",
        incomePerHead: low ? "900" : String(1_300 + index * 40),
        assetsWithinLimit: "yes",
        localRegistered: "yes",
        singleParent: index % 5 === 0 ? "yes" : "no",
      },
      members: [
        {
          bornMonth: BORN[home.ageBand] ?? "",
          study: isChild ? "compulsory" : "none",
          disabilityGrade: home.publicGroup === "disabled_person" ? "grade_2" : "none",
          seriousIllness: home.groupCode === "serious_illness" ? "yes" : "no",
        },
      ],
      membersComplete: "yes",
      receives: low ? ["GW055"] : [],
    };
    await recordFacts(caseworker, home.id, {
      ...FactsInput.parse(input),
      version: (await storedSheet(caseworker, home.id)).opened,
    });
  }

  await refreshScreening(story.system);
  while ((await drainOutbox(story.system, 200)) > 0);
  const { rows } = await callList(caseworker);
  for (const { householdId, news } of rows.slice(0, 2)) {
    story.clock.minutes(9);
    await answerCall(caseworker, {
      householdId,
      answer: "no_answer",
      news: news.slice(0, 3).map(({ push: { id, version } }, index) => ({
        pushId: id,
        version,
        answer: index === 0 ? ("interest" as const) : index === 1 ? ("decline" as const) : undefined,
      })),
    });
  }

  await handOverAnswers(
    { ...story.system, actor: { kind: "visitor" } },
    { answers: { age: ["72"], status: ["dibao"] }, clientAddress: "demo" },
  );
}
