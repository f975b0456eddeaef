import { z } from "zod";
import { OpenedVersion } from "~/domain/kernel/opened";
import { plainCode } from "~/domain/kernel/typed/code";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { say } from "~/i18n/messages";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { CalendarDay } from "~/domain/kernel/typed/day";
import { Quantity, Version } from "~/domain/kernel/typed/wholeNumber";
import { RequestKey } from "~/domain/needs/schemas";
import { ARRIVAL_WAYS, DISPLAY_CHOICES, IF_GONE } from "~db/schema/giving";

export const PledgeItemsInput = z.object({
  lines: z
    .array(z.object({ lineId: z.uuid(), quantity: Quantity }))
    .min(1, say("giving.basketEmpty"))
    .max(100),
  requestKey: RequestKey,
});
export type PledgeItemsInput = z.infer<typeof PledgeItemsInput>;

/** What is asked once, at confirmation, and kept on the gift (decisions 18). */
export const GivingChoices = z.object({
  displayChoice: z.enum(DISPLAY_CHOICES, { error: say("common.pleaseChoose") }),
  displayName: optionalText(LENGTHS.displayName),
  ifGone: z.enum(IF_GONE, { error: say("common.pleaseChoose") }),
  notRelative: z.literal("yes", { error: say("giving.declareNotRelative") }),
  receipt: z.enum(["wanted", "waived"], { error: say("common.pleaseChoose") }),
});
export type GivingChoices = z.infer<typeof GivingChoices>;

export const ConfirmGiftInput = GivingChoices.extend({
  arrivalWay: z.enum(ARRIVAL_WAYS, { error: say("common.pleaseChoose") }),
  pointId: z.uuid().optional(),
  requestKey: RequestKey,
});
export type ConfirmGiftInput = z.infer<typeof ConfirmGiftInput>;

export const MarkSentInput = z.object({
  courierName: required(LENGTHS.courier),
  waybill: required(LENGTHS.waybill, 4).transform(plainCode),
});

/** A day and a point, as the donor names them. */
/** `version` is what the form was opened on: a day that the other side named meanwhile is not written over unseen. */
export const ProposeJointDayInput = z.object({ day: CalendarDay, pointId: z.uuid({ error: say("common.pleaseChoose") }), requestKey: RequestKey, version: OpenedVersion });
export type ProposeJointDayInput = z.infer<typeof ProposeJointDayInput>;

/** Another day, as the point names it. */
export const SuggestDayInput = ProposeJointDayInput.omit({ pointId: true, version: true });
export type SuggestDayInput = z.infer<typeof SuggestDayInput>;

/** What is answered: the joint day as the page showed it. */
export const AnswerJointDayInput = z.object({ jointDayId: z.uuid(), version: Version });
export type AnswerJointDayInput = z.infer<typeof AnswerJointDayInput>;
