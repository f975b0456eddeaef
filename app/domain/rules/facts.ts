import { FACT_WORDS } from "~db/schema/factWords";
import { ownOf } from "~/domain/kernel/own";

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
  status: { ...choice(FACT_WORDS.status), ...register },
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
  sex: { ...choice(FACT_WORDS.sex), ...register },
  disabilityGrade: { ...choice(FACT_WORDS.disabilityGrade), ...certificate },
  disabilityKind: { ...choice(FACT_WORDS.disabilityKind), ...certificate },
  careNeed: { ...choice(FACT_WORDS.careNeed), ...visit },
  seriousIllness: { ...yesno, ...visit },
  /** High blood pressure or diabetes, which the public health service follows up. */
  chronicIllness: { ...yesno, ...visit },
  mentalIllness: { ...yesno, ...visit },
  tuberculosis: { ...yesno, ...visit },
  childSituation: { ...choice(FACT_WORDS.childSituation), ...register },
  study: { ...choice(FACT_WORDS.study), ...visit },
  work: { ...choice(FACT_WORDS.work), ...visit },
  /** Wants to start a business, whether working now or not. */
  wantsBusiness: { ...yesno, ...visit },
  insurance: { ...choice(FACT_WORDS.insurance), ...register },
  pregnancy: { ...choice(FACT_WORDS.pregnancy), ...visit },
  service: { ...choice(FACT_WORDS.service), ...register },
  /** Nobody who must by law support them, or nobody who can. */
  noSupporter: { ...yesno, ...visit },
  caresForSomeone: { ...yesno, ...visit },
  /**
   * One of a rural couple that kept to the rules of family planning (农村计划生育家庭夫妻): of the parents,
   * not of everybody at home.
   */
  ruralFamilyPlanning: { ...yesno, ...register },
} as const satisfies Readonly<Record<string, FactKind & FactSource>>;

export type HouseholdFact = keyof typeof HOUSEHOLD_FACTS;
export type MemberFact = keyof typeof MEMBER_FACTS;

/** A number that is known only to lie between two bounds; `null` is no bound. Exact when both are equal. */
export type Span = Readonly<{ min: number | null; max: number | null }>;

type ValueOf<F> = F extends { kind: "yesno" }
  ? boolean
  : F extends { kind: "choice"; words: readonly (infer Word)[] }
    ? Word
    : Span;

/** What is known of a household; a fact that is missing or null is not known. */
export type KnownOfHousehold = {
  readonly [F in HouseholdFact]?: ValueOf<(typeof HOUSEHOLD_FACTS)[F]> | null;
};
export type KnownOfMember = { readonly [F in MemberFact]?: ValueOf<(typeof MEMBER_FACTS)[F]> | null };

/** Everything that screening looks at. */
export type Facts = Readonly<{
  household: KnownOfHousehold;
  members: readonly KnownOfMember[];
  /** Everybody of the household is listed. Until then, "nobody here is over 80" is not known. */
  membersComplete: boolean;
}>;

/** In what a fact of numbers counts. */
export function unitOf(fact: string): NumberUnit {
  const kinds: Readonly<Record<string, FactKind>> = { ...HOUSEHOLD_FACTS, ...MEMBER_FACTS };
  const kind = ownOf(kinds, fact);
  if (kind?.kind !== "number") throw new Error(`not a fact of numbers: ${fact}`);
  return kind.unit;
}

export const HOUSEHOLD_FACT_NAMES = Object.keys(HOUSEHOLD_FACTS) as HouseholdFact[];
export const MEMBER_FACT_NAMES = Object.keys(MEMBER_FACTS) as MemberFact[];
