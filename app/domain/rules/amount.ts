import type { ParameterCode } from "~db/schema/factVocabulary";
import { anyOf, evaluateMember, evaluateRule, type Parameters, wholeYuan } from "./evaluate";
import type { Facts } from "./facts";
import type { MemberRule, Rule } from "./rule";

/**
 * What an item pays in a month, where that follows from dated parameters: so many percent of a standard for
 * each person who fits, or for everybody of a household that fits as a whole (`wholeFamily`), once a person
 * however many reasons they have; or what a household's income lacks to the standard, for every head.
 */
export type BenefitAmount = Readonly<
  | {
      kind: "each_person";
      of: ParameterCode;
      percent: ParameterCode;
      who: MemberRule;
      wholeFamily?: Rule | undefined;
    }
  | { kind: "up_to_standard"; standard: ParameterCode }
>;

/** An amount with its working, in fen a month, so that anybody can check it by hand. */
export type Working = Readonly<
  | {
      kind: "each_person";
      ofFen: number;
      percent: number;
      exactFen: number;
      eachFen: number;
      people: number;
      unsure: number;
      /** Whether more people may live there, nobody knows how many. */ isOpen: boolean;
      totalFen: number;
    }
  | {
      kind: "up_to_standard";
      standardFen: number;
      incomeMinFen: number;
      incomeMaxFen: number;
      heads: number;
      leastFen: number;
      mostFen: number;
    }
>;

/**
 * What each person who fits gets in a month, with its working. Rounded down to whole yuan (the source notice:
 * 40% of 1,201 is 480.40, paid as 480).
 */
export function eachPart(amount: Extract<BenefitAmount, { kind: "each_person" }>, parameters: Parameters) {
  const ofFen = parameters[amount.of];
  const percent = parameters[amount.percent];
  const exactFen = (ofFen * percent) / 100;
  return { ofFen, percent, exactFen, eachFen: wholeYuan(exactFen) };
}

/** Works an amount out for a household. Undefined where too little is known. */
export function workOut(amount: BenefitAmount, facts: Facts, parameters: Parameters): Working | undefined {
  if (amount.kind === "each_person") {
    const each = eachPart(amount, parameters);
    const family = amount.wholeFamily ? evaluateRule(amount.wholeFamily, facts, parameters) : false;
    const answers = facts.members.map((member) =>
      anyOf([evaluateMember(amount.who, member, parameters), family]),
    );
    const people = answers.filter((answer) => answer === true).length;
    const unlisted = facts.membersComplete ? 0 : unlistedOf(facts);
    const unsure = answers.filter((answer) => answer === null).length + (unlisted ?? 0);
    return {
      kind: "each_person",
      ...each,
      people,
      unsure,
      isOpen: unlisted === null,
      totalFen: each.eachFen * people,
    };
  }

  const income = facts.household.incomePerHeadFen;
  const heads = headsOf(facts);
  if (income?.min == null || income.max === null || heads === null) return undefined;
  const standardFen = parameters[amount.standard];
  const lack = (incomeFen: number) => Math.max(0, standardFen - incomeFen) * heads;
  return {
    kind: "up_to_standard",
    standardFen,
    incomeMinFen: income.min,
    incomeMaxFen: income.max,
    heads,
    leastFen: lack(income.max),
    mostFen: lack(income.min),
  };
}

/** How many people there are: everybody listed, or the number that was said. Null while neither is known. */
function headsOf({ household, members, membersComplete }: Facts): number | null {
  if (membersComplete && members.length > 0) return members.length;
  const size = household.householdSize;
  return size && size.min !== null && size.min === size.max ? size.min : null;
}

/** How many people at most live there beside those who are listed; null where nobody knows. */
const unlistedOf = ({ household, members }: Facts): number | null =>
  household.householdSize?.max == null ? null : Math.max(0, household.householdSize.max - members.length);
