import { z } from "zod";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { canonicalVoucher } from "~/domain/kernel/typed/voucher";
import { say } from "~/i18n/messages";
import { GivingChoices } from "~/domain/giving/schemas";
import { TASK_RESOLUTIONS } from "./words";
import { Quantity } from "~/domain/kernel/typed/wholeNumber";
import { Moment } from "~/domain/kernel/typed/moment";
import { YuanAmount } from "~/domain/kernel/typed/yuan";
import { RequestKey } from "~/domain/needs/schemas";

export const StartCheckoutInput = GivingChoices.extend({ lineId: z.uuid(), quantity: Quantity, requestKey: RequestKey });

/** A free amount for a line of money, which counts fen. A yuan is the least that is worth its fee. */
export const PayAmountInput = GivingChoices.extend({
  lineId: z.uuid(),
  quantity: YuanAmount.refine((amountFen) => amountFen >= 100n, say("giving.atLeastOneYuan")),
  requestKey: RequestKey,
});

export const IntendInput = z.object({ lineId: z.uuid(), quantity: Quantity, requestKey: RequestKey });

export const SettleTaskInput = z
  .object({
    taskId: z.uuid(),
    resolution: z.enum(TASK_RESOLUTIONS, { error: say("common.pleaseChoose") }),
    /** Where it can be read up: the number of a letter, a statement, a voucher. Never a person's name. */
    evidence: optionalText(LENGTHS.evidence),
    requestKey: RequestKey,
  })
  .refine((task) => task.resolution === "placed" || task.resolution === "refunded" || (task.evidence ?? "") !== "", { path: ["evidence"], error: say("common.pleaseFill") });

export const RecordPurchaseInput = z.object({
  pledgeId: z.uuid(),
  quantity: Quantity,
  supplier: required(LENGTHS.supplier),
  voucherNumber: required(LENGTHS.voucher).refine((typed) => canonicalVoucher(typed) !== "", say("common.pleaseCheck")),
  boughtOn: Moment,
  amountFen: YuanAmount,
  requestKey: RequestKey,
});
