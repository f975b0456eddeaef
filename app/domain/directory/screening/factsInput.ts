import { z } from "zod";
import { readMonth } from "~/domain/kernel/typed/day";
import { wholeNumber, Years } from "~/domain/kernel/typed/wholeNumber";
import { YuanOrZero } from "~/domain/kernel/typed/yuan";
import { say, type MessageKey } from "~/i18n/messages";

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

/** A share is said in whole yuan by most people. */
const ONE_YUAN_FEN = 100;

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

const Size = wholeNumber({ least: 1, most: 99 });

const Facts = z.object({
  household: z.object({
    ...fields(HOUSEHOLD_FACTS),
    incomePerHead: unknownWhenEmpty(YuanOrZero),
    incomeTotal: unknownWhenEmpty(YuanOrZero),
    householdSize: unknownWhenEmpty(Size),
  }),
  members: z.array(Member).min(1).max(12),
  membersComplete: z.literal("yes").optional(),
  receives: z.array(z.string().max(20)).default([]),
});

/** What a caseworker asked on a visit; the person's own words stay in the sealed record. What cannot all be true is said beside its field. */
export const FactsInput = Facts.superRefine(({ household, members, membersComplete }, issues) => {
  const wrong = (field: string, message: MessageKey) => issues.addIssue({ code: "custom", path: ["household", field], message });
  const { householdSize: typed, incomePerHead, incomeTotal } = household;
  const size = typed ?? (membersComplete === "yes" ? members.length : null);
  if (typed !== null && (typed < members.length || (membersComplete === "yes" && typed > members.length))) wrong("householdSize", say("sheet.sizeWrong"));
  if ((household as Readonly<Record<string, unknown>>)["livesAlone"] === true && size !== null && size > 1) wrong("livesAlone", say("sheet.aloneWrong"));
  const derived = incomePerHead !== null && incomeTotal !== null && size !== null ? Number(incomeTotal) / size : null;
  if (derived !== null && Math.abs(derived - Number(incomePerHead)) >= ONE_YUAN_FEN) wrong("incomePerHead", say("sheet.incomeWrong"));
});
export type FactsInput = z.infer<typeof FactsInput>;
