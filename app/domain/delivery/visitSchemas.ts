import { z } from "zod";
import { say } from "~/i18n/messages";
import { optionalText } from "~/domain/households/schemas";
import { Quantity, RequestKey, ShanghaiTime } from "~/domain/needs/schemas";

export const RecordVisitInput = z.object({
  pledgeId: z.uuid(),
  quantity: Quantity,
  providerName: z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill"))
    .max(40, say("common.tooLong")),
  occurredAt: ShanghaiTime,
  requestKey: RequestKey,
});

export const HearFeedbackInput = z.object({
  deliveryId: z.uuid(),
  rating: z.coerce
    .number({ error: say("common.pleaseChoose") })
    .int()
    .min(1)
    .max(5),
  words: optionalText(500),
  occurredAt: ShanghaiTime,
});

export const ModerateInput = z.object({ publicWords: optionalText(300) });
