import { z } from "zod";
import { say } from "~/i18n/messages";
import { optionalText } from "~/domain/households/schemas";
import { CalendarDay, Quantity, RequestKey, ShanghaiTime } from "~/domain/needs/schemas";

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

/** The day on which a service will be done. */
export const ArrangeVisitInput = z.object({ pledgeId: z.uuid(), day: CalendarDay });

export const HearFeedbackInput = z.object({
  deliveryId: z.uuid(),
  rating: z.enum(["1", "2", "3", "4", "5"], { error: say("common.pleaseChoose") }).transform(Number),
  words: optionalText(500),
  occurredAt: ShanghaiTime,
  requestKey: RequestKey,
});
/** The same as the delivery's page sends it, which knows the delivery by its address. */
export const HearFeedbackForm = HearFeedbackInput.omit({ deliveryId: true });

export const ModerateInput = z.object({ publicWords: optionalText(300) });
