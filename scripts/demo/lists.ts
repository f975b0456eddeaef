import type { UserActor } from "~/domain/kernel/actor";
import { actingAs } from "~/domain/kernel/context.server";
import { answerReport } from "~/domain/lists/desk/answerReport.server";
import { approveRule, testRule } from "~/domain/lists/desk/approveRule.server";
import { approveValue } from "~/domain/lists/desk/decideValue.server";
import { editRule } from "~/domain/lists/desk/editRule.server";
import { openEdition } from "~/domain/lists/desk/openRule.server";
import { proposeValue } from "~/domain/lists/desk/proposeValue.server";
import { reportItem } from "~/domain/lists/desk/reportItem.server";
import { RULE_EDITS } from "~/domain/lists/desk/ruleSchemas";
import { startRule } from "~/domain/lists/desk/startRule.server";
import { ProposeValueInput } from "~/domain/lists/desk/valueSchemas";
import type { Story } from "./history";
import type { Cast } from "./people";

type Step = Readonly<Record<string, unknown>> & Readonly<{ intent: keyof typeof RULE_EDITS }>;

const ALONE: Step = { intent: "add", fact: "livesAlone", is: "yes" };
const OLD: Step = { intent: "add", fact: "ageYears", compare: "at_least", to: "old_age_years" };
const example = (name: string, expect: string, household: object, ...members: object[]): Step => ({
  intent: "addCase",
  name,
  expect,
  household,
  members,
  everybody: "yes",
});

/** Older people who live alone, and disabled people: as the entry's text says. */
const NEIGHBOURS: readonly Step[] = [
  { intent: "kind", kind: "ask" },
  ALONE,
  OLD,
  { intent: "wrap", path: "", as: "any" },
  { intent: "add", fact: "disabilityGrade", in: ["grade_1", "grade_2", "grade_3", "grade_4"] },
  example("独居老人，满60岁", "likely", { livesAlone: "yes" }, { ageYears: "60", disabilityGrade: "none" }),
  example(
    "独居，59岁，没有残疾证",
    "not",
    { livesAlone: "yes" },
    { ageYears: "59", disabilityGrade: "none" },
  ),
  example(
    "和家人住，四级残疾",
    "likely",
    { livesAlone: "no" },
    { ageYears: "30", disabilityGrade: "grade_4" },
  ),
  example("独居老人，不知道有没有残疾证", "likely", { livesAlone: "yes" }, { ageYears: "75" }),
  example("70岁，不知道跟谁住", "maybe", {}, { ageYears: "70", disabilityGrade: "none" }),
];

/** Older people who live alone, or very old ones. */
const VISITS: readonly Step[] = [
  { intent: "kind", kind: "ask" },
  ALONE,
  OLD,
  { intent: "wrap", path: "", as: "any" },
  { intent: "add", fact: "ageYears", compare: "at_least", to: "very_old_age_years" },
  example("独居，60岁", "likely", { livesAlone: "yes" }, { ageYears: "60" }),
  example("和家人住，80岁", "likely", { livesAlone: "no" }, { ageYears: "80" }),
  example("和家人住，79岁", "not", { livesAlone: "no" }, { ageYears: "79" }),
];

/**
 * How the two lists are kept: a value and a rule that one operator wrote and another approved, and a report
 * that was settled.
 */
export async function playLists(story: Story, cast: Cast): Promise<void> {
  const writer = story.as(cast.operator);
  const nextYear = story.clock.now().getUTCFullYear() + 1;
  const input = {
    code: "dibao_standard_fen",
    value: "1260",
    validFrom: `${nextYear}-01-01`,
    source: "演示通知（虚构）：低保标准调整",
    requestKey: writer.newId(),
  };
  const { id } = await proposeValue(writer, ProposeValueInput.parse(input));
  story.clock.minutes(150);
  await approveValue(story.as(cast.secondOperator), id);
  await writeRule(story, cast.operator, "SS075", NEIGHBOURS);
  story.clock.minutes(45);
  const version = (await openEdition(writer.db, "SS075"))?.version ?? 0;
  await approveRule(story.as(cast.secondOperator), "SS075", { version, effectiveOn: story.clock.now() });
  const reportId = await report(story, "SS012", "phone", "电话一直占线，请核对号码。");
  story.clock.minutes(200);
  await answerReport(story.as(cast.secondOperator), { reportId, outcome: "keep" });
}

/** What still waits on the desk: a report, and a rule for a second person to approve. */
export async function leaveOnDesk(story: Story, cast: Cast): Promise<void> {
  await writeRule(story, cast.secondOperator, "SS011", VISITS);
  await report(story, "SS021", "place", "上课的地方搬了，门口贴了通知。");
}

async function writeRule(story: Story, who: UserActor, code: string, steps: readonly Step[]): Promise<void> {
  const ctx = story.as(who);
  const version = async () => (await openEdition(ctx.db, code))?.version ?? 0;
  await startRule(ctx, code);
  for (const step of steps) {
    story.clock.minutes(1);
    await editRule(ctx, code, RULE_EDITS[step.intent].parse({ ...step, version: await version() }));
  }

  await testRule(ctx, code, { version: await version() });
}

async function report(
  story: Story,
  itemCode: string,
  kind: "phone" | "place",
  words: string,
): Promise<string> {
  const visitor = actingAs(story.system, { kind: "visitor" });
  const requestKey = visitor.newId();
  await reportItem(visitor, { itemCode, kind, words, requestKey, clientAddress: "" });
  return requestKey;
}
