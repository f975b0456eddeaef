import { z } from "zod";
import { say } from "~/i18n/messages";
import { GIVING_CHOICES } from "~/domain/giving/schemas";
import { fittingName } from "~/domain/giving/shownName";
import { TASK_RESOLUTIONS } from "./words";
import { Quantity, RequestKey, ShanghaiTime, YuanAmount } from "~/domain/needs/schemas";

const PAYING = {
  ...GIVING_CHOICES,
  lineId: z.uuid(),
  /** Of the programme that the page named: no other is booked. */
  filingNumber: z.string().min(1).max(40),
  requestKey: RequestKey,
} as const;

export const StartCheckoutInput = z.object({ ...PAYING, quantity: Quantity }).superRefine(fittingName);

const required = (max: number) =>
  z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill"))
    .max(max, say("common.tooLong"));

/** A free amount for a line of money, which counts fen. A yuan is the least that is worth its fee. */
export const PayAmountInput = z.object({ ...PAYING, quantity: YuanAmount.refine((amountFen) => amountFen >= 100n, say("giving.atLeastOneYuan")) }).superRefine(fittingName);

export const IntendInput = z.object({ lineId: z.uuid(), quantity: Quantity, requestKey: RequestKey });

export const SettleTaskInput = z
  .object({
    taskId: z.uuid(),
    resolution: z.enum(TASK_RESOLUTIONS, { error: say("common.pleaseChoose") }),
    /** Where it can be read up: the number of a letter, a statement, a voucher. Never a person's name. */
    evidence: z.string().trim().max(60, say("common.tooLong")).optional(),
    requestKey: RequestKey,
  })
  .refine((task) => task.resolution === "placed" || task.resolution === "refunded" || (task.evidence ?? "") !== "", { path: ["evidence"], error: say("common.pleaseFill") });

/** What money of an organisation's need was spent on. */
export const RecordSpendingInput = z.object({
  lineId: z.uuid(),
  programmeId: z.uuid(),
  payee: required(80),
  voucherNumber: required(60),
  spentOn: ShanghaiTime,
  amountFen: YuanAmount.refine((amountFen) => amountFen > 0n, say("common.amountWrong")),
  requestKey: RequestKey,
});

export const RecordPurchaseInput = z.object({
  pledgeId: z.uuid(),
  quantity: Quantity,
  supplier: required(80),
  voucherNumber: required(60),
  boughtOn: ShanghaiTime,
  amountFen: YuanAmount,
  requestKey: RequestKey,
});
