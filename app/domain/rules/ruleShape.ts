import { z } from "zod";
import { PARAMETER_CODES } from "~db/schema/factVocabulary";
import type { BenefitAmount } from "./amount";
import {
  type ChoiceFact,
  type FactName,
  FACTS,
  HOUSEHOLD_FACT_NAMES,
  MEMBER_FACT_NAMES,
  type WordOf,
  type YesNoFact,
} from "./facts";
import { FactsShape } from "./factsShape";
import { isChoice, isYesNo } from "./kindOf";
import { type AnyRule, COMPARISONS, type MemberRule, partsOf, type Rule } from "./rule";
import { VERDICTS } from "./screen";

const MAX_NODES = 60;
const MAX_DEPTH = 8;
export const MAX_CASES = 60;

const Percent = z.union([z.number().int().min(1).max(1000), z.enum(PARAMETER_CODES)]);
const AmountShape = z.union([
  z.number().int().min(0).max(1_000_000_000),
  z.strictObject({ parameter: z.enum(PARAMETER_CODES), percent: Percent.optional() }),
]);

const yesNoLeaf = <F extends string>(fact: F) => z.strictObject({ fact: z.literal(fact), is: z.boolean() });
const choiceLeaf = <F extends string, Word extends string>(fact: F, words: readonly Word[]) =>
  z.strictObject({ fact: z.literal(fact), in: z.array(z.enum(words)).min(1).max(words.length) });
const numberLeaf = <F extends string>(fact: F) =>
  z.strictObject({ fact: z.literal(fact), compare: z.enum(COMPARISONS), to: AmountShape });

type LeafShape<F extends FactName> = F extends YesNoFact
  ? ReturnType<typeof yesNoLeaf<F>>
  : F extends ChoiceFact
    ? ReturnType<typeof choiceLeaf<F, WordOf<F>>>
    : ReturnType<typeof numberLeaf<F>>;

/**
 * One comparison of one fact, of just the kind that the fact is: TypeScript does not follow a kind that is
 * asked at run time into a type that depends on it.
 */
const leafShape = <F extends FactName>(fact: F): LeafShape<F> =>
  (isYesNo(fact)
    ? yesNoLeaf(fact)
    : isChoice(fact)
      ? choiceLeaf(fact, FACTS[fact].words)
      : numberLeaf(fact)) as LeafShape<F>;

/** A comparison of a fact of the household, or of a person. */
export const HouseholdLeafShape = z.union(HOUSEHOLD_FACT_NAMES.map(leafShape));
export const MemberLeafShape = z.union(MEMBER_FACT_NAMES.map(leafShape));
export const LeafShape = z.union([HouseholdLeafShape, MemberLeafShape]);

const MemberShape: z.ZodType<MemberRule> = z.lazy(() =>
  z.union([
    MemberLeafShape,
    z.strictObject({ all: z.array(MemberShape).min(1).max(MAX_NODES) }),
    z.strictObject({ any: z.array(MemberShape).min(1).max(MAX_NODES) }),
    z.strictObject({ not: MemberShape }),
  ]),
);

const Shape: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    HouseholdLeafShape,
    z.strictObject({ ask: z.literal(true) }),
    z.strictObject({ all: z.array(Shape).min(1).max(MAX_NODES) }),
    z.strictObject({ any: z.array(Shape).min(1).max(MAX_NODES) }),
    z.strictObject({ not: Shape }),
    z.strictObject({ some: MemberShape }),
  ]),
);

const nodes = (rule: AnyRule): number => 1 + partsOf(rule).reduce((total, part) => total + nodes(part), 0);
const depth = (rule: AnyRule): number =>
  1 + partsOf(rule).reduce((deepest, part) => Math.max(deepest, depth(part)), 0);

/** Bounds on parts and levels, beyond which nobody could still read a rule. */
export const isTooBig = (rule: AnyRule): boolean => nodes(rule) > MAX_NODES || depth(rule) > MAX_DEPTH;

/**
 * How deeply something is nested, before anything recurses into it: a rule from outside may be made to
 * exhaust the stack.
 */
const tooDeep = (value: unknown, left: number): boolean =>
  left < 0 ||
  (typeof value === "object" &&
    value !== null &&
    Object.values(value).some((inner) => tooDeep(inner, left - 1)));

/**
 * A rule as it comes from outside: known facts and words only, each compared in the way of its kind, at most
 * 60 parts and eight levels deep.
 */
export const RuleShape: z.ZodType<Rule> = z
  .unknown()
  .refine((value) => !tooDeep(value, MAX_DEPTH * 2 + 4), { abort: true })
  .pipe(Shape)
  .refine((rule) => !isTooBig(rule));

export const BenefitAmountShape: z.ZodType<BenefitAmount> = z.union([
  z.strictObject({
    kind: z.literal("each_person"),
    of: z.enum(PARAMETER_CODES),
    percent: z.enum(PARAMETER_CODES),
    who: MemberShape,
    wholeFamily: RuleShape.optional(),
  }),
  z.strictObject({ kind: z.literal("up_to_standard"), standard: z.enum(PARAMETER_CODES) }),
]);

/**
 * One example of a rule's case book: facts, and what the rule must say of them by the dated values of one
 * day. Without a day it is tried with the values of the day on which it is run.
 */
const CaseShape = z.strictObject({
  name: z.string().min(1).max(80),
  facts: FactsShape,
  expect: z.enum(VERDICTS),
  valuesOn: z.iso.date().optional(),
});

export type RuleCase = z.infer<typeof CaseShape>;

/** A rule with its amount and its case book, as it is stored. */
export const RuleBody = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("rule"),
    rule: RuleShape,
    amount: BenefitAmountShape.nullable().default(null),
    cases: z.array(CaseShape).max(MAX_CASES),
  }),
  z.object({
    kind: z.enum(["everyone", "ask"]),
    rule: z.null().default(null),
    amount: z.null().default(null),
    cases: z.array(CaseShape).max(0).default([]),
  }),
]);
export type RuleBody = z.infer<typeof RuleBody>;
