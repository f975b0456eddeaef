import { z } from "zod";
import { SHOWN_AS } from "~/domain/giving/schemas";
import { fittingName } from "~/domain/giving/shownName";
import { RequestKey } from "~/domain/kernel/requestKey";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { required } from "~/domain/kernel/typed/text";
import { Quantity } from "~/domain/kernel/typed/wholeNumber";
import { say } from "~/i18n/messages";
import { DECLINE_REASONS } from "~db/schema/goodsVocabulary";

export const MakeOfferInput = z
  .object({
    objectKind: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
    description: required(LENGTHS.offer),
    condition: z.enum(["new", "as_new", "used"], { error: say("common.pleaseChoose") }),
    quantity: Quantity,
    unitCode: z.string().min(1, say("common.pleaseChoose")),
    townCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
    ...SHOWN_AS,
    requestKey: RequestKey,
  })
  .superRefine(fittingName);

export const ProposeInput = z.object({
  lotId: z.uuid(),
  lineId: z.uuid(),
  quantity: Quantity,
  requestKey: RequestKey,
});

const Chosen = z.uuid({ error: say("common.pleaseChoose") });
export const AcceptOfferInput = z.object({ offerId: z.uuid(), pointId: Chosen });
export const DeclineOfferInput = z.object({
  offerId: z.uuid(),
  reason: z.enum(DECLINE_REASONS, { error: say("common.pleaseChoose") }),
});
export type OfferDecision = Readonly<
  { accept: true; pointId: string } | { accept: false; reason: z.infer<typeof DeclineOfferInput>["reason"] }
>;

/** Which proposal a button is for. */
export const DecideAllocationInput = z.object({ allocationId: z.uuid() });
