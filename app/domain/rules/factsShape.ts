import { z } from "zod";
import { namesIn } from "~/domain/kernel/own";
import { withDerived } from "./derived";
import {
  type ChoiceFact,
  type FactName,
  FACTS,
  type Facts,
  HOUSEHOLD_FACTS,
  MEMBER_FACTS,
  type WordOf,
  type YesNoFact,
} from "./facts";
import { isChoice, isYesNo } from "./kindOf";

const SpanShape = z
  .union([
    z.number().int().min(0),
    z.strictObject({ min: z.number().int().min(0).nullable(), max: z.number().int().min(0).nullable() }),
  ])
  .transform((value) => (typeof value === "number" ? { min: value, max: value } : value))
  .refine(({ min, max }) => min === null || max === null || min <= max);

/** What is said of a fact, in the way of its kind. */
type ValueShape<F extends FactName> = F extends YesNoFact
  ? z.ZodBoolean
  : F extends ChoiceFact
    ? z.ZodEnum<{ [Word in WordOf<F>]: Word }>
    : typeof SpanShape;

function valueShape(fact: FactName): z.ZodType {
  if (isYesNo(fact)) return z.boolean();
  return isChoice(fact) ? z.enum(FACTS[fact].words) : SpanShape;
}

type KnownShape<F extends FactName> = z.ZodObject<
  { [Fact in F]: z.ZodOptional<z.ZodNullable<ValueShape<Fact>>> },
  z.core.$strict
>;

/** Some facts, each by its own shape. Which name has which, TypeScript loses in an object of items. */
const known = <F extends FactName>(facts: Readonly<Record<F, unknown>>): KnownShape<F> =>
  z.strictObject(
    Object.fromEntries(namesIn(facts).map((fact) => [fact, valueShape(fact).nullable().optional()])),
  ) as KnownShape<F>;

const Shape = z.strictObject({
  household: known(HOUSEHOLD_FACTS).default({}).transform(withDerived),
  members: z.array(known(MEMBER_FACTS)).max(30).default([]),
  membersComplete: z.boolean().default(true),
});

/** Facts as they are written down: what is not said is left out, and a number may stand for a span. */
export type FactsWritten = z.input<typeof Shape>;

/**
 * Facts as they come from outside: a case book, the finder, a form. Unknown names and words are refused; a
 * plain number stands for a span of one value. Everybody is taken to be listed unless it says otherwise.
 */
export const FactsShape: z.ZodType<Facts, FactsWritten> = Shape;
