import fc from "fast-check";
import type { Parameters } from "~/domain/rules/evaluate";
import {
  type FactName,
  FACTS,
  type Facts,
  HOUSEHOLD_FACT_NAMES,
  MEMBER_FACT_NAMES,
  unitOf,
  type ValueOf,
} from "~/domain/rules/facts";
import { isChoice, isYesNo } from "~/domain/rules/kindOf";
import type { LeafOf, MemberRule, Rule } from "~/domain/rules/rule";

/** The dated values of 2023. */
export const PARAMETERS: Parameters = {
  dibao_standard_fen: 120_100,
  dibao_margin_percent: 150,
  classified_supplement_percent: 40,
  old_age_years: 60,
  very_old_age_years: 80,
};

/** A number known within bounds, within one bound, exactly, or not at all. */
export const spanOf = (max: number) =>
  fc
    .tuple(fc.option(fc.nat(max)), fc.option(fc.nat(max)))
    .map(([a, b]) => (a !== null && b !== null && a > b ? { min: b, max: a } : { min: a, max: b }));

function valueOf(fact: FactName): fc.Arbitrary<unknown> {
  if (isYesNo(fact)) return fc.boolean();
  if (isChoice(fact)) return fc.constantFrom(...FACTS[fact].words);
  return unitOf(fact) === "people"
    ? spanOf(7).map(({ min, max }) => ({
        min: min === null ? null : min + 1,
        max: max === null ? null : max + 1,
      }))
    : spanOf(unitOf(fact) === "years" ? 100 : 300_000);
}

type KnownOf<F extends FactName> = { [Fact in F]: ValueOf<Fact> | null };

/** Which fact has which values is lost where TypeScript makes an object of entries. */
const known = <F extends FactName>(facts: readonly F[]) =>
  fc.record<Record<string, unknown>>(
    Object.fromEntries(facts.map((fact) => [fact, fc.option(valueOf(fact))])),
  ) as fc.Arbitrary<KnownOf<F>>;

/** Any facts of any household, down to none. */
export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  household: known(HOUSEHOLD_FACT_NAMES),
  members: fc.array(known(MEMBER_FACT_NAMES), { maxLength: 3 }),
  membersComplete: fc.boolean(),
});

function anyLeaf(fact: FactName): fc.Arbitrary<unknown> {
  if (isYesNo(fact)) return fc.record({ fact: fc.constant(fact), is: fc.boolean() });
  if (isChoice(fact))
    return fc.record({
      fact: fc.constant(fact),
      in: fc.uniqueArray(fc.constantFrom(...FACTS[fact].words), { minLength: 1, maxLength: 3 }),
    });
  const unit = unitOf(fact);
  return fc.record({
    fact: fc.constant(fact),
    compare: fc.constantFrom("at_least", "over", "at_most", "under"),
    to:
      unit !== "fen"
        ? fc.nat(unit === "years" ? 100 : 8)
        : fc.oneof(fc.nat(300_000), fc.constant({ parameter: "dibao_standard_fen", percent: 150 })),
  });
}

/** Leaves of the kinds of their facts, which TypeScript does not follow: a test reads them by their shape. */
const leafOf = <F extends FactName>(facts: readonly F[]) =>
  fc.constantFrom(...facts).chain(anyLeaf) as fc.Arbitrary<LeafOf<F>>;

const grown = fc.letrec<{ member: MemberRule; rule: Rule }>((tie) => ({
  member: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leafOf(MEMBER_FACT_NAMES),
    fc.record({ all: fc.array(tie("member"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("member"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("member") }),
  ),
  rule: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leafOf(HOUSEHOLD_FACT_NAMES),
    fc.constant({ ask: true as const }),
    fc.record({ some: tie("member") }),
    fc.record({ all: fc.array(tie("rule"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("rule"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("rule") }),
  ),
}));

/** Any rule that the engine takes. */
export const anyRule: fc.Arbitrary<Rule> = grown.rule;

/** The same about one person. */
export const anyMemberRule: fc.Arbitrary<MemberRule> = grown.member;
