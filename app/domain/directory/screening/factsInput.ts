import { z } from "zod";
import { readMonth } from "~/domain/kernel/typed/day";
import { Years } from "~/domain/kernel/typed/wholeNumber";
import { YuanOrZero } from "~/domain/kernel/typed/yuan";
import { say } from "~/i18n/messages";

import { HOUSEHOLD_FACTS, MEMBER_FACTS, type FactKind } from "../rules/facts";

/** Nothing chosen is "not known", never "no". */
const unknownWhenEmpty = <S extends z.ZodType>(schema: S) =>
  z
    .preprocess((typed) => (typed === "" || typed === null ? undefined : typed), schema.optional())
    .optional()
    .transform((value) => value ?? null);

const yesno = unknownWhenEmpty(z.enum(["yes", "no"]).transform((word) => word === "yes"));

function fields<F extends Readonly<Record<string, FactKind>>>(facts: F) {
  const shapes = Object.entries(facts).flatMap(([fact, kind]) =>
    kind.kind === "number" ? [] : [[fact, kind.kind === "yesno" ? yesno : unknownWhenEmpty(z.enum(kind.words))] as const],
  );
  return Object.fromEntries(shapes) as Record<string, z.ZodType<boolean | string | null>>;
}

const BornMonth = z.string().transform((typed, issues) => {
  const month = readMonth(typed);
  if (month !== undefined) return month;
  issues.addIssue({ code: "custom", message: say("sheet.monthWrong") });
  return z.NEVER;
});

/** A month of birth is enough; so is an age in years when nobody knows the month. */
const Member = z.object({
  ...fields(MEMBER_FACTS),
  bornMonth: unknownWhenEmpty(BornMonth),
  ageYears: unknownWhenEmpty(Years),
});

/** What a caseworker asked on a visit; the person's own words stay in the sealed record. */
export const FactsInput = z.object({
  household: z.object({ ...fields(HOUSEHOLD_FACTS), incomePerHead: unknownWhenEmpty(YuanOrZero) }),
  members: z.array(Member).min(1).max(12),
  membersComplete: z.literal("yes").optional(),
  receives: z.array(z.string().max(20)).default([]),
});
export type FactsInput = z.infer<typeof FactsInput>;
