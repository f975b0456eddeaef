import fc from "fast-check";
import type { Parameters } from "~/domain/rules/evaluate";
import { HOUSEHOLD_FACTS, MEMBER_FACTS, type FactKind, type Facts } from "~/domain/rules/facts";
import type { MemberRule, Rule } from "~/domain/rules/rule";

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

function valueOf(kind: FactKind): fc.Arbitrary<unknown> {
  if (kind.kind === "yesno") return fc.boolean();
  if (kind.kind === "choice") return fc.constantFrom(...kind.words);
  return kind.unit === "people"
    ? spanOf(7).map(({ min, max }) => ({
        min: min === null ? null : min + 1,
        max: max === null ? null : max + 1,
      }))
    : spanOf(kind.unit === "years" ? 100 : 300_000);
}

const known = (facts: Readonly<Record<string, FactKind>>) =>
  fc.record(
    Object.fromEntries(Object.entries(facts).map(([fact, kind]) => [fact, fc.option(valueOf(kind))])),
  );
/** Any facts of any household, down to none. */
export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  household: known(HOUSEHOLD_FACTS),
  members: fc.array(known(MEMBER_FACTS), { maxLength: 3 }),
  membersComplete: fc.boolean(),
}) as unknown as fc.Arbitrary<Facts>;

const leafOf = (facts: Readonly<Record<string, FactKind>>): fc.Arbitrary<object> =>
  fc.constantFrom(...Object.entries(facts)).chain(([fact, kind]): fc.Arbitrary<object> => {
    if (kind.kind === "yesno") return fc.record({ fact: fc.constant(fact), is: fc.boolean() });
    if (kind.kind === "choice")
      return fc.record({
        fact: fc.constant(fact),
        in: fc.uniqueArray(fc.constantFrom(...kind.words), { minLength: 1, maxLength: 3 }),
      });
    return fc.record({
      fact: fc.constant(fact),
      compare: fc.constantFrom("at_least", "over", "at_most", "under"),
      to:
        kind.unit !== "fen"
          ? fc.nat(kind.unit === "years" ? 100 : 8)
          : fc.oneof(fc.nat(300_000), fc.constant({ parameter: "dibao_standard_fen", percent: 150 })),
    });
  });

const grown = fc.letrec<{ member: MemberRule; rule: Rule }>((tie) => ({
  member: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leafOf(MEMBER_FACTS) as unknown as fc.Arbitrary<MemberRule>,
    fc.record({ all: fc.array(tie("member"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("member"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("member") }),
  ),
  rule: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leafOf(HOUSEHOLD_FACTS) as unknown as fc.Arbitrary<Rule>,
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
