import { z } from "zod";
import { OpenedVersion } from "~/domain/kernel/opened";
import { RequestKey } from "~/domain/kernel/requestKey";
import { CalendarDay } from "~/domain/kernel/typed/day";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { Moment } from "~/domain/kernel/typed/moment";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { Quantity } from "~/domain/kernel/typed/wholeNumber";
import { say } from "~/i18n/messages";

const RATINGS: Readonly<Record<"1" | "2" | "3" | "4" | "5", number>> = {
  "1": 1,
  "2": 2,
  "3": 3,
  "4": 4,
  "5": 5,
};

export const RecordVisitInput = z.object({
  pledgeId: z.uuid(),
  quantity: Quantity,
  providerName: required(LENGTHS.provider),
  occurredAt: Moment,
  requestKey: RequestKey,
});

/** Which visit a button is for. */
export const AcceptVisitInput = z.object({ visitId: z.uuid() });

/** The day on which a service will be done. */
export const ArrangeVisitInput = z.object({ pledgeId: z.uuid(), day: CalendarDay });

export const HearFeedbackInput = z.object({
  deliveryId: z.uuid(),
  rating: z
    .enum(["1", "2", "3", "4", "5"], { error: say("common.pleaseChoose") })
    .transform((rating) => RATINGS[rating]),
  words: optionalText(LENGTHS.feedback),
  occurredAt: Moment,
  requestKey: RequestKey,
});
/** The same as the delivery's page sends it, which knows the delivery by its address. */
export const HearFeedbackForm = HearFeedbackInput.omit({ deliveryId: true });

export const ModerateInput = z.object({
  feedbackId: z.uuid(),
  publicWords: optionalText(LENGTHS.publicWords),
  version: OpenedVersion,
});
