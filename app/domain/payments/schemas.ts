import { z } from "zod";
import { say } from "~/i18n/messages";
import { GivingChoices } from "~/domain/giving/schemas";
import { Quantity, RequestKey, ShanghaiTime, YuanAmount } from "~/domain/needs/schemas";

export const StartCheckoutInput = GivingChoices.extend({ lineId: z.uuid(), quantity: Quantity, requestKey: RequestKey });

const required = (max: number) =>
  z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill"))
    .max(max, say("common.tooLong"));

export const RecordPurchaseInput = z.object({
  pledgeId: z.uuid(),
  quantity: Quantity,
  supplier: required(80),
  voucherNumber: required(60),
  boughtOn: ShanghaiTime,
  amountFen: YuanAmount,
  requestKey: RequestKey,
});
