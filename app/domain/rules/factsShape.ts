import { z } from "zod";
import { withDerived } from "./derived";
import { HOUSEHOLD_FACTS, MEMBER_FACTS, type FactKind, type Facts, type KnownOfHousehold } from "./facts";

const SpanShape = z
  .union([
    z.number().int().min(0),
    z.strictObject({ min: z.number().int().min(0).nullable(), max: z.number().int().min(0).nullable() }),
  ])
  .transform((value) => (typeof value === "number" ? { min: value, max: value } : value))
  .refine(({ min, max }) => min === null || max === null || min <= max);

function value(kind: FactKind): z.ZodType {
  if (kind.kind === "yesno") return z.boolean();
  return kind.kind === "choice" ? z.enum(kind.words) : SpanShape;
}

const known = (facts: Readonly<Record<string, FactKind>>) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(facts).map(([fact, kind]) => [fact, value(kind).nullable().optional()]),
    ),
  );

/**
 * Facts as they come from outside: a case book, the finder, a form. Unknown names and words are refused; a
 * plain number stands for a span of one value. Everybody is taken to be listed unless it says otherwise.
 */
export const FactsShape = z.strictObject({
  household: known(HOUSEHOLD_FACTS)
    .default({})
    .transform((household) => withDerived(household as KnownOfHousehold)),
  members: z.array(known(MEMBER_FACTS)).max(30).default([]),
  membersComplete: z.boolean().default(true),
}) as unknown as z.ZodType<Facts>;
