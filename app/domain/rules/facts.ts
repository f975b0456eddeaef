import { namesIn } from "~/domain/kernel/own";
import { FACT_VALUES } from "~db/schema/factVocabulary";

/** In what a number counts. */
export type NumberUnit = "fen" | "years" | "people";

/** How a fact is kept: a yes or no, one word of a list, or a number known exactly or between two bounds. */
export type FactKind = Readonly<
  { kind: "yesno" } | { kind: "choice"; words: readonly string[] } | { kind: "number"; unit: NumberUnit }
>;

/** Where a fact usually comes from, and after how many days it should be asked again. */
type FactSource = Readonly<{ source: "visit" | "certificate" | "register"; freshDays: number }>;

const yesno = { kind: "yesno" } as const;
const choice = <Words extends readonly string[]>(words: Words) => ({ kind: "choice", words }) as const;
const visit = { source: "visit", freshDays: 180 } as const;
const certificate = { source: "certificate", freshDays: 365 } as const;
const register = { source: "register", freshDays: 365 } as const;

/** Facts of the household as a whole. */
export const HOUSEHOLD_FACTS = {
  status: { ...choice(FACT_VALUES.status), ...register },
  /** Everybody who lives from one purse. */
  householdSize: { kind: "number", unit: "people", ...register },
  /** Monthly income of everybody together, in fen. */
  incomeTotalFen: { kind: "number", unit: "fen", ...visit },
  /**
   * Monthly income for each head, in fen: as it was said, or the income of all by their number where both are
   * known.
   */
  incomePerHeadFen: { kind: "number", unit: "fen", ...visit },
  /** Savings, homes and vehicles stay within what the rules of 低保 allow. */
  assetsWithinLimit: { ...yesno, ...visit },
  localRegistered: { ...yesno, ...register },
  rural: { ...yesno, ...register },
  livesAlone: { ...yesno, ...visit },
  singleParent: { ...yesno, ...register },
  homeShort: { ...yesno, ...visit },
  homeUnsafe: { ...yesno, ...visit },
  /** An accident, a sudden illness or the like made living hard within the last six months. */
  suddenHardship: { ...yesno, ...visit },
  disasterHit: { ...yesno, ...visit },
  /** Medical bills of their own that the household cannot carry. */
  highMedicalCost: { ...yesno, ...visit },
  /** Able to work, and none of them has work (零就业家庭). */
  noneEmployed: { ...yesno, ...visit },
  /** The only child died or is disabled (特别扶助). */
  onlyChildLost: { ...yesno, ...register },
} as const satisfies Readonly<Record<string, FactKind & FactSource>>;

/** Facts of one person of the household. */
export const MEMBER_FACTS = {
  /** Completed years of age on the day of the screening; kept as a span of birth days. */
  ageYears: { kind: "number", unit: "years", ...register },
  sex: { ...choice(FACT_VALUES.sex), ...register },
  disabilityGrade: { ...choice(FACT_VALUES.disabilityGrade), ...certificate },
  disabilityKind: { ...choice(FACT_VALUES.disabilityKind), ...certificate },
  careNeed: { ...choice(FACT_VALUES.careNeed), ...visit },
  seriousIllness: { ...yesno, ...visit },
  /** High blood pressure or diabetes, which the public health service follows up. */
  chronicIllness: { ...yesno, ...visit },
  mentalIllness: { ...yesno, ...visit },
  tuberculosis: { ...yesno, ...visit },
  childSituation: { ...choice(FACT_VALUES.childSituation), ...register },
  study: { ...choice(FACT_VALUES.study), ...visit },
  work: { ...choice(FACT_VALUES.work), ...visit },
  /** Wants to start a business, whether working now or not. */
  wantsBusiness: { ...yesno, ...visit },
  insurance: { ...choice(FACT_VALUES.insurance), ...register },
  pregnancy: { ...choice(FACT_VALUES.pregnancy), ...visit },
  service: { ...choice(FACT_VALUES.service), ...register },
  /** Nobody who must by law support them, or nobody who can. */
  noSupporter: { ...yesno, ...visit },
  caresForSomeone: { ...yesno, ...visit },
  /**
   * One of a rural couple that kept to the rules of family planning (农村计划生育家庭夫妻): of the parents,
   * not of everybody at home.
   */
  ruralFamilyPlanning: { ...yesno, ...register },
} as const satisfies Readonly<Record<string, FactKind & FactSource>>;

/** Every fact, by its one name. */
export const FACTS = { ...HOUSEHOLD_FACTS, ...MEMBER_FACTS };

export type HouseholdFact = keyof typeof HOUSEHOLD_FACTS;
export type MemberFact = keyof typeof MEMBER_FACTS;
export type FactName = HouseholdFact | MemberFact;

type FactOf<Kind extends FactKind["kind"]> = {
  [F in FactName]: (typeof FACTS)[F]["kind"] extends Kind ? F : never;
}[FactName];
export type YesNoFact = FactOf<"yesno">;
export type ChoiceFact = FactOf<"choice">;
export type NumberFact = FactOf<"number">;

/** The words of one fact that is a choice; of several facts, those of any. */
export type WordOf<F extends ChoiceFact> = (typeof FACTS)[F]["words"][number];

/** A number that is known only to lie between two bounds; `null` is no bound. Exact when both are equal. */
export type Span = Readonly<{ min: number | null; max: number | null }>;

/** What a fact can be. */
export type ValueOf<F extends FactName> = F extends YesNoFact
  ? boolean
  : F extends ChoiceFact
    ? WordOf<F>
    : Span;

/** What is known of a household; a fact that is missing or null is not known. */
export type KnownOfHousehold = {
  readonly [F in HouseholdFact]?: ValueOf<F> | null | undefined;
};
export type KnownOfMember = { readonly [F in MemberFact]?: ValueOf<F> | null | undefined };

/** Everything that screening looks at. */
export type Facts = Readonly<{
  household: KnownOfHousehold;
  members: readonly KnownOfMember[];
  /** Everybody of the household is listed. Until then, "nobody here is over 80" is not known. */
  membersComplete: boolean;
}>;

/** In what a fact of numbers counts. */
export const unitOf = (fact: NumberFact): NumberUnit => FACTS[fact].unit;

export const HOUSEHOLD_FACT_NAMES = namesIn(HOUSEHOLD_FACTS);
export const MEMBER_FACT_NAMES = namesIn(MEMBER_FACTS);
