import { z } from "zod";
import { OpenedVersion } from "~/domain/kernel/opened";
import { readMonth } from "~/domain/kernel/typed/day";
import { readWholeNumber, readYears } from "~/domain/kernel/typed/wholeNumber";
import { readYuan } from "~/domain/kernel/typed/yuan";
import { type MessageKey, say } from "~/i18n/messages";
import {
  type FactName,
  FACTS,
  HOUSEHOLD_FACT_NAMES,
  MEMBER_FACT_NAMES,
  type NumberFact,
  type Span,
  type ValueOf,
} from "../rules/facts";
import { isNumber, isYesNo } from "../rules/kindOf";
import { spanFrom } from "./spans";

/** Nothing chosen is "not known", never "no". */
const unknownWhenEmpty = <S extends z.ZodType>(schema: S) =>
  z
    .preprocess((typed) => (typed === "" || typed === null ? undefined : typed), schema.optional())
    .optional()
    .transform((value) => value ?? null);

const yesno = unknownWhenEmpty(z.enum(["yes", "no"]).transform((word) => word === "yes"));

type Fields<F extends FactName> = {
  [Fact in Exclude<F, NumberFact>]: z.ZodType<ValueOf<Fact> | null>;
};

/** A field for each fact that is chosen. Which has which, TypeScript loses in an object of items. */
const fields = <F extends FactName>(facts: readonly F[]): Fields<F> =>
  Object.fromEntries<z.ZodType>(
    facts.flatMap((fact: FactName) =>
      isNumber(fact)
        ? []
        : [[fact, isYesNo(fact) ? yesno : unknownWhenEmpty(z.enum(FACTS[fact].words))] as const],
    ),
  ) as Fields<F>;

/** A share is said in whole yuan by most people. */
const ONE_YUAN_FEN = 100;

const BornMonth = z.string().transform((typed, issues) => {
  const month = readMonth(typed);
  if (month !== undefined) return month;
  issues.addIssue({ code: "custom", message: say("sheet.monthWrong") });
  return z.NEVER;
});

const OLDEST = 130;
/** A bound above what any household has for each head in a month. */
const MOST_FEN = 1_000_000_000n;

const yearsBound = (typed: string): number | undefined => {
  const years = readYears(typed) ?? readWholeNumber(typed);
  return years !== undefined && years >= 0 && years <= OLDEST ? years : undefined;
};

/** Zero is an income too. */
const fenBound = (typed: string): number | undefined => {
  const amountFen = readYuan(typed);
  return amountFen !== undefined && amountFen >= 0n && amountFen <= MOST_FEN ? Number(amountFen) : undefined;
};

/** One number or a span of two, as the sheet shows it. */
const span = (read: (bound: string) => number | undefined, message: string) =>
  unknownWhenEmpty(
    z.string().transform((typed, issues) => {
      const known = spanFrom(typed, read);
      if (known) return known;
      issues.addIssue({ code: "custom", message });
      return z.NEVER;
    }),
  );

/**
 * A month of birth is enough; so is an age in years, or the years between which it lies, when nobody knows
 * the month.
 */
const Member = z.object({
  ...fields(MEMBER_FACT_NAMES),
  bornMonth: unknownWhenEmpty(BornMonth),
  ageYears: span(yearsBound, say("sheet.ageWrong")),
  /** The row was on the form, though every field of it may be empty now. */
  listed: z.literal("yes").optional(),
  /** Lives here no more, or never did. */
  off: z.literal("yes").optional(),
});
export type MemberInput = z.infer<typeof Member>;

/** Rows stand at the places of the people they are about; between them there may be gaps. */
const rows = (max: number) =>
  z.preprocess(
    (typed) => (Array.isArray(typed) ? Array.from(typed.slice(0, max), (row: unknown) => row ?? {}) : []),
    z.array(Member).max(max),
  );

/** Most people of one household. */
export const MOST_PEOPLE = 30;
/**
 * Places of people who were taken off are not given to others, so that two forms never mean two people by one
 * place.
 */
export const MOST_PLACES = 100;

const MOST_SIZE = 99;

const sizeBound = (typed: string): number | undefined => {
  const size = readWholeNumber(typed);
  return size !== undefined && size >= 1 && size <= MOST_SIZE ? size : undefined;
};

const Facts = z.object({
  household: z.object({
    ...fields(HOUSEHOLD_FACT_NAMES),
    incomePerHead: span(fenBound, say("sheet.amountWrong")),
    incomeTotal: span(fenBound, say("sheet.amountWrong")),
    householdSize: span(sizeBound, say("common.wholeNumber")),
  }),
  members: rows(MOST_PLACES),
  newMembers: rows(MOST_PEOPLE),
  membersComplete: z.literal("yes").optional(),
  receives: z.array(z.string().max(20)).max(400).default([]),
  /**
   * Everything was asked again and is as it stands: it counts as fresh from today, also when nothing of it
   * changed.
   */
  askedAgain: z.literal("yes").optional(),
  version: OpenedVersion,
});

const CHOSEN = MEMBER_FACT_NAMES.filter((fact) => fact !== "ageYears");

/** Whether a row says anything of anybody: a blank one is nobody. */
export const isSaid = (said: MemberInput): boolean =>
  said.bornMonth !== null || said.ageYears !== null || CHOSEN.some((fact) => said[fact] !== null);

const exact = (known: Span | null): number | null =>
  known !== null && known.min === known.max ? known.min : null;

/**
 * What a caseworker asked on a visit; the person's own words stay in the sealed record. What cannot all be
 * true is said beside its field.
 */
export const FactsInput = Facts.superRefine(({ household, members, newMembers, membersComplete }, issues) => {
  const wrong = (field: string, message: MessageKey) =>
    issues.addIssue({ code: "custom", path: ["household", field], message });
  const listed = Math.max(
    1,
    [...members.filter((said) => isSaid(said) || said.listed), ...newMembers.filter(isSaid)].filter(
      (said) => said.off === undefined,
    ).length,
  );
  const isComplete = membersComplete === "yes";
  const { householdSize: typed } = household;
  const size = exact(typed) ?? (isComplete ? listed : null);
  if (
    typed !== null &&
    ((typed.max !== null && typed.max < listed) || (isComplete && typed.min !== null && typed.min > listed))
  )
    wrong("householdSize", say("sheet.sizeWrong"));
  if (household.livesAlone === true && size !== null && size > 1)
    wrong("livesAlone", say("sheet.aloneWrong"));
  const [perHead, total] = [exact(household.incomePerHead), exact(household.incomeTotal)];
  if (perHead !== null && total !== null && size !== null && Math.abs(total / size - perHead) >= ONE_YUAN_FEN)
    wrong("incomePerHead", say("sheet.incomeWrong"));
});
export type FactsInput = z.infer<typeof FactsInput>;
