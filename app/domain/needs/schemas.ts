import { z } from "zod";
import { ConsentsInput, HouseholdInput } from "~/domain/households/schemas";
import { type Opened, OpenedVersion } from "~/domain/kernel/opened";
import { RequestKey } from "~/domain/kernel/requestKey";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { Moment } from "~/domain/kernel/typed/moment";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { Quantity } from "~/domain/kernel/typed/wholeNumber";
import { YuanAmount } from "~/domain/kernel/typed/yuan";
import { say } from "~/i18n/messages";
import { OVER_CAP_REASONS } from "~db/schema/needVocabulary";
import { GAP_REASONS } from "./gapReasons";
import { MERGE_REASONS } from "./mergeVocabulary";

export const LineInput = z.object({
  objectKind: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  item: required(LENGTHS.item),
  details: optionalText(LENGTHS.details),
  quantity: Quantity,
  unitCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  unitPriceFen: YuanAmount,
});
export type LineInput = z.infer<typeof LineInput>;

/** What is wished for, and the visit on which it was said. */
const Wished = {
  title: required(LENGTHS.title),
  story: required(LENGTHS.story),
  pseudonym: optionalText(LENGTHS.pseudonym),
  lines: z.array(LineInput).min(1, say("intake.atLeastOneLine")).max(10, say("common.tooMuch")),
  visitedAt: Moment,
  wantedBy: Moment.optional(),
  entitlementsChecked: z.literal("yes").optional(),
  overCapReason: z.enum(OVER_CAP_REASONS).optional(),
  requestKey: RequestKey,
};

/**
 * Consents given on a visit, or none: nothing has to be agreed to before a draft is kept. Half of one is
 * asked for, and so is the other half.
 */
export const ConsentsGiven = ConsentsInput.partial()
  .transform(({ scopes, givenBy }, issues) => {
    if (scopes?.length === 0 || (scopes === undefined && givenBy === undefined)) return undefined;
    if (scopes !== undefined && givenBy !== undefined) return { scopes, givenBy };
    issues.addIssue({
      code: "custom",
      path: [scopes === undefined ? "scopes" : "givenBy"],
      message: say("common.pleaseChoose"),
    });

    return z.NEVER;
  })
  .optional();

export const WishInput = z.object({ ...Wished, household: HouseholdInput, consents: ConsentsGiven });
export type WishInput = z.infer<typeof WishInput>;

/**
 * A wish of a household that is on record: whom it is for is known, and consents are those given on top of
 * the ones that hold.
 */
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

export const RETURN_REASONS = [
  "unclear_item",
  "missing_consent",
  "price_unlikely",
  "not_home",
  "other_help_first",
  "points_to_somebody",
] as const;
export const REJECT_REASONS = [
  "not_in_hardship",
  "met_elsewhere",
  "not_allowed",
  "recipient_refused",
] as const;
export const WITHDRAW_REASONS = [
  "died",
  "moved",
  "met_elsewhere",
  "consent_withdrawn",
  "recipient_refused",
] as const;
export const SUSPEND_REASONS = ["complaint", "consent_question", "privacy"] as const;
export type NeedDeclineReason = (typeof RETURN_REASONS)[number] | (typeof REJECT_REASONS)[number];
export type WithdrawReason = (typeof WITHDRAW_REASONS)[number];
export type SuspendReason = (typeof SUSPEND_REASONS)[number];

/** Which of the two stays, by its id, and why they are one. */
export const MergeInput = z.object({
  keep: z.uuid(say("common.pleaseChoose")),
  reason: z.enum(MERGE_REASONS, { error: say("common.pleaseChoose") }),
});

const reasonOf = <const Reasons extends readonly [string, ...string[]]>(reasons: Reasons) =>
  z.object({ reason: z.enum(reasons, { error: say("common.pleaseChoose") }) });
export const WithdrawInput = reasonOf(WITHDRAW_REASONS);
export const SuspendInput = reasonOf(SUSPEND_REASONS);

/** What the page showed when somebody decided on it: of two who decide, the second is told. */
export const SeenInput = z.object({ version: OpenedVersion });

/** A reviewer's "yes", with the visit where there was one. */
export const VerifyInput = z.object({ visitedAt: Moment.optional() });

export const DecideInput = z.object({
  reason: z.enum([...RETURN_REASONS, ...REJECT_REASONS], { error: say("common.pleaseChoose") }),
});

export const PublishInput = z.object({
  title: required(LENGTHS.title),
  story: required(LENGTHS.story),
  pseudonym: optionalText(LENGTHS.pseudonym),
  /** The operator read every soft finding and stands by the words. */
  acceptSoft: z.literal("yes").optional(),
});
export type PublishInput = z.infer<typeof PublishInput>;
/** The same as its form sends it, with what it was opened on. */
export const PublishForm = PublishInput.extend({ version: OpenedVersion });

/** The words as they stand in the form, finished or not, to be looked through. */
export const CheckWordsInput = z.object({
  title: optionalText(LENGTHS.title),
  story: optionalText(LENGTHS.story),
  pseudonym: optionalText(LENGTHS.pseudonym),
});
