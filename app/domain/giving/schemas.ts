import { z } from "zod";
import { OpenedVersion } from "~/domain/kernel/opened";
import { RequestKey } from "~/domain/kernel/requestKey";
import { plainCode } from "~/domain/kernel/typed/code";
import { CalendarDay } from "~/domain/kernel/typed/day";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { canonicalPhone } from "~/domain/kernel/typed/phone";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { Quantity, Version } from "~/domain/kernel/typed/wholeNumber";
import { say } from "~/i18n/messages";
import { DAY_PARTS, DISPLAY_CHOICES, IF_GONE } from "~db/schema/giving";
import { fittingName } from "./shownName";

export const PledgeItemsInput = z.object({
  lines: z
    .array(z.object({ lineId: z.uuid(), quantity: Quantity }))
    .min(1, say("giving.basketEmpty"))
    .max(100),
  requestKey: RequestKey,
});
export type PledgeItemsInput = z.infer<typeof PledgeItemsInput>;

/** How the donor appears; `fittingName` looks at both together. */
export const SHOWN_AS = {
  displayChoice: z.enum(DISPLAY_CHOICES, { error: say("common.pleaseChoose") }),
  displayName: optionalText(LENGTHS.displayName),
} as const;

/**
 * What is asked once, at confirmation, and kept on the gift. Receipts are not asked about before there are
 * any.
 */
export const GIVING_CHOICES = {
  ...SHOWN_AS,
  ifGone: z.enum(IF_GONE, { error: say("common.pleaseChoose") }),
  notRelative: z.literal("yes", { error: say("giving.declareNotRelative") }),
} as const;

/** Where and when the point collects a gift. */
const COLLECT = {
  day: CalendarDay,
  part: z.enum(DAY_PARTS, { error: say("common.pleaseChoose") }),
  address: required(LENGTHS.address),
  phone: required(LENGTHS.phone).refine(
    (typed) => canonicalPhone(typed) !== undefined,
    say("giving.phoneWrong"),
  ),
} as const;
export const CollectInput = z.object(COLLECT);
export type CollectInput = z.infer<typeof CollectInput>;

/** How a collection went, in the point's words. */
export const COLLECTION_OUTCOMES = ["collected", "not_home", "cannot_come", "brought"] as const;
export const CollectionOutcomeInput = z.object({
  outcome: z.enum(COLLECTION_OUTCOMES, { error: say("common.pleaseChoose") }),
});
export type CollectionOutcomeInput = z.infer<typeof CollectionOutcomeInput>;

const CONFIRMED = { ...GIVING_CHOICES, pointId: z.uuid().optional(), requestKey: RequestKey } as const;

/**
 * What a donor confirms: one who has the gift collected says where and when; of the others that is not read.
 * Both halves are looked at, in the order of the page, so that whoever has not chosen a way is told of all
 * else that is missing too.
 */
export const ConfirmGiftInput = z
  .discriminatedUnion(
    "arrivalWay",
    [
      z.object({ arrivalWay: z.enum(["drop_off", "courier", "in_person"]) }),
      z.object({ ...COLLECT, arrivalWay: z.literal("pick_up") }),
    ],
    { error: say("common.pleaseChoose") },
  )
  .and(z.object(CONFIRMED))
  .superRefine(fittingName);
export type ConfirmGiftInput = z.infer<typeof ConfirmGiftInput>;

export const MarkSentInput = z.object({
  courierName: required(LENGTHS.courier),
  waybill: required(LENGTHS.waybill, 4).transform(plainCode),
});

/** The kind of the gift that is taken back: money goes another way. */
export const UndoInput = z.object({ kind: z.enum(["goods", "money"]) });

/** A day and a point, as the donor names them. */
/**
 * `version` is what the form was opened on: a day that the other side named meanwhile is not written over
 * unseen.
 */
export const ProposeJointDayInput = z.object({
  day: CalendarDay,
  pointId: z.uuid({ error: say("common.pleaseChoose") }),
  requestKey: RequestKey,
  version: OpenedVersion,
});
export type ProposeJointDayInput = z.infer<typeof ProposeJointDayInput>;

/** Another day, as the point names it. */
export const SuggestDayInput = ProposeJointDayInput.omit({ pointId: true, version: true });
export type SuggestDayInput = z.infer<typeof SuggestDayInput>;

/** What is answered: the joint day as the page showed it. */
export const AnswerJointDayInput = z.object({ jointDayId: z.uuid(), version: Version });
export type AnswerJointDayInput = z.infer<typeof AnswerJointDayInput>;
