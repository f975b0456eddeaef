import { isNameIn, ownOf } from "~/domain/kernel/own";
import { readYuan } from "~/domain/kernel/typed/readYuan";
import { withDerived } from "~/domain/rules/derived";
import { amountOf, type Parameters } from "~/domain/rules/evaluate";
import type { Facts, KnownOfHousehold, KnownOfMember, Span } from "~/domain/rules/facts";
import {
  type Answers,
  countedOf,
  countOf,
  COUNTS,
  HEALTH,
  LIFE_EVENTS,
  MORE_FACTS,
  NONE,
  OTHERS,
} from "./questions";

/**
 * Each of some words: true when ticked, false when the question was answered without it, unknown when it was
 * left out.
 */
function ticked<Word extends string>(
  answer: readonly string[] | undefined,
  words: readonly Word[],
): Partial<Record<Word, boolean>> {
  if (answer === undefined) return {};
  return Object.fromEntries(words.map((word) => [word, answer.includes(word)])) as Record<Word, boolean>;
}

const INCOME: Readonly<Record<string, (standardFen: number, marginFen: number) => Span>> = {
  under_standard: (standardFen) => ({ min: 0, max: standardFen - 1 }),
  under_margin: (standardFen, marginFen) => ({ min: standardFen, max: marginFen }),
  above: (_standardFen, marginFen) => ({ min: marginFen + 1, max: null }),
};

/** The three answers to the question of income for each head, each with the span that it stands for. */
export const incomeBands = (parameters: Parameters): readonly (readonly [band: string, span: Span])[] => {
  const { standardFen, marginFen } = incomeLines(parameters);
  return Object.entries(INCOME).map(([band, spanOf]) => [band, spanOf(standardFen, marginFen)]);
};

/** The two amounts that the question of income speaks of, in fen a month and head. */
export const incomeLines = (parameters: Parameters) => ({
  standardFen: amountOf({ parameter: "dibao_standard_fen" }, parameters),
  marginFen: amountOf({ parameter: "dibao_standard_fen", percent: "dibao_margin_percent" }, parameters),
});

const exactly = (value: number): Span => ({ min: value, max: value });
const yesOrNo = (answer: string | undefined): boolean | undefined =>
  answer === undefined ? undefined : answer === "yes";

/** What the answers say of the household: nothing that was not answered, but what follows from it. */
export function factsFromAnswers(answers: Answers, parameters: Parameters): Facts {
  const people = peopleOf(answers);
  const household = withDerived({
    ...householdOf(answers, parameters),
    householdSize: people.size,
    livesAlone: people.livesAlone,
  } as KnownOfHousehold);
  const others = people.others.map((ageYears) => ({ ageYears, ...byAge(ageYears, parameters) }));
  return {
    household,
    members: [personOf(answers, parameters), ...others],
    membersComplete: people.isComplete,
  };
}

function householdOf(answers: Answers, parameters: Parameters) {
  const chosen = (name: string) => answers[name]?.[0];
  const { standardFen, marginFen } = incomeLines(parameters);
  const registered = chosen("registered");
  const totalFen = readYuan(chosen("incomeTotal") ?? "");
  const said = ownOf(INCOME, chosen("income") ?? "")?.(standardFen, marginFen);
  // Who is recognised as just above the standard has proved income and savings, and is not asked again.
  const isAtMargin = chosen("status") === "dibao_margin";
  return {
    status: chosen("status"),
    incomeTotalFen: totalFen === undefined ? undefined : exactly(Number(totalFen)),
    incomePerHeadFen: said ?? (isAtMargin ? { min: standardFen, max: marginFen } : undefined),
    assetsWithinLimit: yesOrNo(chosen("assets")) ?? (isAtMargin ? true : undefined),
    ...(registered === undefined
      ? {}
      : {
          localRegistered: registered !== "elsewhere",
          rural: registered === "elsewhere" ? undefined : registered === "village",
        }),
    ...ticked(answers["events"], LIFE_EVENTS),
  };
}

/** The one person who needs help most, with what their age alone says. */
function personOf(answers: Answers, parameters: Parameters): KnownOfMember {
  const chosen = (name: string) => answers[name]?.[0];
  const age = chosen("age");
  const more = answers["more"];
  const [kind, grade] = [chosen("disabilityKind"), chosen("disabilityGrade")];
  const person = {
    ageYears: age === undefined ? undefined : exactly(Number.parseInt(age, 10)),
    sex: chosen("sex"),
    disabilityGrade: grade ?? (kind === NONE ? NONE : undefined),
    disabilityKind: kind ?? (grade === NONE ? NONE : undefined),
    ...ticked(answers["health"], HEALTH),
    careNeed: chosen("careNeed"),
    study: chosen("study"),
    childSituation: chosen("childSituation"),
    work: chosen("work"),
    wantsBusiness: yesOrNo(chosen("wantsBusiness")),
    insurance: chosen("insurance"),
    ...ticked(more, MORE_FACTS),
    ...(more === undefined
      ? {}
      : {
          pregnancy:
            more.find((word) => word === "pregnant") ?? more.find((word) => word === "planning") ?? NONE,
          service: serviceOf(more),
        }),
    ...(age === undefined ? {} : byAge(exactly(Number.parseInt(age, 10)), parameters)),
  };
  return person as KnownOfMember;
}

function serviceOf(more: readonly string[]): string {
  const [veteran, preferential] = [more.includes("veteran"), more.includes("preferential")];
  if (veteran && preferential) return "both";
  return veteran ? "veteran" : preferential ? "preferential" : NONE;
}

/**
 * What nobody of such an age is: no grown-up is a child in hardship, no child of 10 works, nobody of 80 is at
 * school or with child.
 */
export function byAge({ min, max }: Span, parameters: Parameters): KnownOfMember {
  const isAtLeast = (years: number) => min !== null && min >= years;
  const isUnder = (years: number) => max !== null && max < years;
  return {
    ...(isAtLeast(18) ? { childSituation: NONE } : {}),
    ...(isUnder(18) ? { ruralFamilyPlanning: false } : {}),
    ...(isUnder(16) ? { work: NONE, wantsBusiness: false } : {}),
    ...(isAtLeast(parameters.old_age_years) ? { study: NONE, pregnancy: NONE } : {}),
    ...(isUnder(12) ? { pregnancy: NONE } : {}),
  };
}

/**
 * Who else lives there, one by one: of an age that was ticked without a number at least one, and then not
 * everybody is known.
 */
function peopleOf(answers: Answers) {
  const bands = answers["others"];
  if (bands === undefined) return { others: [], size: undefined, livesAlone: undefined, isComplete: false };
  const ticks = bands.filter((band) => isNameIn(OTHERS, band));
  const others = ticks.flatMap((band) =>
    Array.from({ length: leastOf(band, answers) }, () => ownOf(OTHERS, band) ?? { min: null, max: null }),
  );
  const isComplete = ticks.every((band) => countedOf(band, answers) !== undefined);
  const size = { min: others.length + 1, max: isComplete ? others.length + 1 : null };
  return { others, size, livesAlone: others.length === 0, isComplete };
}

const leastOf = (band: string, answers: Answers): number =>
  Math.max(1, COUNTS.findIndex((count) => count === answers[countOf(band)]?.[0]) + 1);
