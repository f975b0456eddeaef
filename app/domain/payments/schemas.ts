import { z } from "zod";
import { GIVING_CHOICES } from "~/domain/giving/schemas";
import { fittingName } from "~/domain/giving/shownName";
import { RequestKey } from "~/domain/kernel/requestKey";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { Moment } from "~/domain/kernel/typed/moment";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { canonicalVoucher } from "~/domain/kernel/typed/voucher";
import { Quantity } from "~/domain/kernel/typed/wholeNumber";
import { YuanAmount } from "~/domain/kernel/typed/yuan";
import { say } from "~/i18n/messages";
import { TASK_RESOLUTIONS } from "~db/schema/paymentVocabulary";
import { AMOUNTS_AT_HAND } from "./amountsAtHand";

const PAYING = {
  requestKey: RequestKey,
  lineId: z.uuid(),
  /** The programme that the page named: no other is booked. */
  filingNumber: z.string().min(1).max(40),
} as const;

/**
 * Whole units of a thing. What a form counts goes along: the same number is one shoe, or one fen of a line of
 * money.
 */
export const StartCheckoutInput = z
  .object({ ...PAYING, quantity: Quantity, ...GIVING_CHOICES })
  .superRefine(fittingName)
  .transform((input) => ({ ...input, counts: "units" as const }));

/** A yuan is the least that is worth its fee. */
const PaidAmount = YuanAmount.refine((amountFen) => amountFen >= 100n, say("giving.atLeastOneYuan"));

type Amount = Readonly<{ atHand?: string | undefined; quantity?: string | undefined }>;

/** What was typed counts where another amount is asked for, and where nothing was chosen. */
const isTyped = ({ atHand, quantity }: Amount): boolean =>
  atHand === undefined ? quantity !== undefined : atHand === "other";

/**
 * An amount for a line of money, which counts fen: one of those at hand, or another one. What was typed
 * before one at hand was chosen is no longer seen, and does not count.
 */
export const PayAmountInput = z
  .object({
    ...PAYING,
    atHand: z.enum([...AMOUNTS_AT_HAND, "other"], { error: say("common.pleaseChoose") }).optional(),
    quantity: optionalText(LENGTHS.amount),
    ...GIVING_CHOICES,
  })
  .superRefine(fittingName)
  // Also where something else is wrong: all of it is said at once.
  .refine(({ atHand, quantity }) => atHand !== undefined || quantity !== undefined, {
    path: ["atHand"],
    error: say("common.pleaseChoose"),
    when: () => true,
  })
  .refine((amount) => !isTyped(amount) || PaidAmount.safeParse(amount.quantity ?? "").success, {
    path: ["quantity"],
    error: ({ input }) => PaidAmount.safeParse((input as Amount).quantity ?? "").error?.issues[0]?.message,
    when: () => true,
  })
  .transform(({ atHand, quantity, ...input }) => ({
    ...input,
    quantity: PaidAmount.parse(isTyped({ atHand, quantity }) ? quantity : atHand),
    counts: "fen" as const,
  }));

export const IntendInput = z.object({ lineId: z.uuid(), quantity: Quantity, requestKey: RequestKey });

export const SettleTaskInput = z
  .object({
    taskId: z.uuid(),
    resolution: z.enum(TASK_RESOLUTIONS, { error: say("common.pleaseChoose") }),
    /** Where it can be read up: the number of a letter, a statement, a voucher. Never a person's name. */
    evidence: optionalText(LENGTHS.evidence),
    requestKey: RequestKey,
  })
  .refine(
    (task) => task.resolution === "placed" || task.resolution === "refunded" || (task.evidence ?? "") !== "",
    { path: ["evidence"], error: say("common.pleaseFill") },
  );

/** What money of an organisation's need was spent on. */
export const RecordSpendingInput = z.object({
  lineId: z.uuid(),
  programmeId: z.uuid(),
  payee: required(LENGTHS.supplier),
  voucherNumber: required(LENGTHS.voucher).refine(
    (typed) => canonicalVoucher(typed) !== "",
    say("common.pleaseCheck"),
  ),
  spentOn: Moment,
  amountFen: YuanAmount,
  requestKey: RequestKey,
});

export const RecordPurchaseInput = z.object({
  pledgeId: z.uuid(),
  quantity: Quantity,
  supplier: required(LENGTHS.supplier),
  voucherNumber: required(LENGTHS.voucher).refine(
    (typed) => canonicalVoucher(typed) !== "",
    say("common.pleaseCheck"),
  ),
  boughtOn: Moment,
  amountFen: YuanAmount,
  requestKey: RequestKey,
});

/** Which one a button of finance's page is for. */
export const OnePurchase = z.object({ purchaseId: z.uuid() });
export const OneSpending = z.object({ spendingId: z.uuid() });
export const OneRefund = z.object({ refundId: z.uuid() });
