import { z } from "zod";
import type { Opened } from "~/domain/kernel/opened";
import { say } from "~/i18n/messages";
import { fenFromYuan } from "~/domain/kernel/money";
import { GAP_REASONS } from "./gapReasons";
import { OVER_CAP_REASONS } from "./overCapReasons";
import { MERGE_REASONS } from "./mergeWords";
import { ConsentsInput, HouseholdInput, optionalText } from "~/domain/households/schemas";

export const RequestKey = z.uuid();

/** A time typed in a datetime-local field, which means Asia/Shanghai. */
export const ShanghaiTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/, say("common.pleaseDate"))
  .transform((typed) => new Date(`${typed.slice(0, 16)}:00+08:00`));

/** A calendar day as a date field sends it. */
export const CalendarDay = z.iso.date(say("common.pleaseDay"));

/** An amount typed in yuan, kept in fen. */
export const YuanAmount = z.string({ error: say("common.pleaseFill") }).transform((typed, issues) => {
  const amountFen = fenFromYuan(typed);
  if (amountFen !== undefined) return amountFen;
  issues.addIssue({ code: "custom", message: say("common.amountWrong") });
  return z.NEVER;
});

export const Quantity = z.coerce
  .number({ error: say("common.pleaseFill") })
  .int(say("common.wholeNumber"))
  .min(1, say("common.atLeastOne"))
  .max(100_000, say("common.tooMuch"))
  .transform(BigInt);

/** A text that must be there, with its most characters. */
export const required = (max: number) =>
  z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill"))
    .max(max, say("common.tooLong"));

export const LineInput = z.object({
  objectKind: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  item: required(60),
  details: optionalText(200),
  quantity: Quantity,
  unitCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  unitPriceFen: YuanAmount,
});
export type LineInput = z.infer<typeof LineInput>;

/** What is wished for, and the visit on which it was said. */
const Wished = {
  title: required(60),
  story: required(1000),
  pseudonym: optionalText(20),
  lines: z.array(LineInput).min(1, say("intake.atLeastOneLine")).max(10, say("common.tooMuch")),
  visitedAt: ShanghaiTime,
  wantedBy: ShanghaiTime.optional(),
  entitlementsChecked: z.literal("yes").optional(),
  overCapReason: z.enum(OVER_CAP_REASONS).optional(),
  requestKey: RequestKey,
};

/**
 * Consents given on a visit, or none: nothing has to be agreed to before a draft is kept. Half of one is asked for, and so is the
 * other half.
 */
export const ConsentsGiven = ConsentsInput.partial()
  .transform(({ scopes, givenBy }, issues) => {
    if (scopes?.length === 0 || (scopes === undefined && givenBy === undefined)) return undefined;
    if (scopes !== undefined && givenBy !== undefined) return { scopes, givenBy };
    issues.addIssue({ code: "custom", path: [scopes === undefined ? "scopes" : "givenBy"], message: say("common.pleaseChoose") });
    return z.NEVER;
  })
  .optional();

export const WishInput = z.object({ ...Wished, household: HouseholdInput, consents: ConsentsGiven });
export type WishInput = z.infer<typeof WishInput>;

/** A wish of a household that is on record: whom it is for is known, and consents are those given on top of the ones that hold. */
export const KnownWishInput = z.object({ ...Wished, consents: ConsentsGiven });
export type KnownWishInput = z.infer<typeof KnownWishInput>;

/** Either of them, changed on a form that says what it was opened on. */
export type EditedWish = (WishInput | KnownWishInput) & Readonly<{ version: Opened }>;

export const SubmitInput = z.object({
  judged: z.enum(["none", "different"]).optional(),
  entitlementsChecked: z.literal("yes").optional(),
  consents: ConsentsGiven,
  gapReason: z.enum(GAP_REASONS).optional(),
  overCapReason: z.enum(OVER_CAP_REASONS).optional(),
});
export type SubmitInput = Partial<z.infer<typeof SubmitInput>>;

export const RETURN_REASONS = ["unclear_item", "missing_consent", "price_unlikely", "not_home", "other_help_first"] as const;
export const REJECT_REASONS = ["not_in_hardship", "met_elsewhere", "not_allowed", "recipient_refused"] as const;
export const WITHDRAW_REASONS = ["died", "moved", "met_elsewhere", "consent_withdrawn", "recipient_refused"] as const;
export const SUSPEND_REASONS = ["complaint", "consent_question", "privacy"] as const;

/** Which of the two stays, by its id, and why they are one. */
export const MergeInput = z.object({
  keep: z.uuid(say("common.pleaseChoose")),
  reason: z.enum(MERGE_REASONS, { error: say("common.pleaseChoose") }),
});

export const DecideInput = z.object({ reason: z.enum([...RETURN_REASONS, ...REJECT_REASONS], { error: say("common.pleaseChoose") }) });

export const PublishInput = z.object({
  title: required(60),
  story: required(1000),
  pseudonym: optionalText(20),
  /** The operator read every soft finding and stands by the words. */
  acceptSoft: z.literal("yes").optional(),
});
export type PublishInput = z.infer<typeof PublishInput>;
