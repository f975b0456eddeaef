import { z } from "zod";
import { say } from "~/i18n/messages";
import { optionalText } from "~/domain/households/schemas";
import { Quantity, RequestKey, ShanghaiTime, YuanAmount } from "~/domain/needs/schemas";
import { ITEM_OUTCOMES, REFUSAL_REASONS } from "~db/schema/delivery";

export const ReceiveInput = z.object({
  pledgeId: z.uuid(),
  purchaseId: z.uuid().optional(),
  pointId: z.uuid(),
  counted: Quantity,
  occurredAt: ShanghaiTime,
  requestKey: RequestKey,
});
export type ReceiveInput = z.infer<typeof ReceiveInput>;

const Count = z.coerce.number({ error: say("common.pleaseFill") }).int(say("common.wholeNumber")).min(0).max(100_000).transform(BigInt);

export const InspectInput = z.object({
  accepted: Count,
  refused: Count,
  refusalReason: z.enum(REFUSAL_REASONS).optional(),
  refusedGoTo: z.enum(["returned", "disposed"]).optional(),
  valueBasis: z.enum(["invoice", "fair_value", "not_valued"], { error: say("common.pleaseChoose") }),
  unitValueFen: YuanAmount.optional(),
  bestBefore: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, say("common.pleaseDate")).optional(),
  occurredAt: ShanghaiTime,
  requestKey: RequestKey,
});
export type InspectInput = z.infer<typeof InspectInput>;

export const PackInput = z.object({ needId: z.uuid(), pointId: z.uuid(), requestKey: RequestKey });
export const DispatchInput = z.object({ courierId: z.uuid({ error: say("common.pleaseChoose") }) });

export const HandOverInput = z.object({
  outcome: z.enum(ITEM_OUTCOMES, { error: say("common.pleaseChoose") }),
  /** Units handed over of each item; what is not named is handed over whole. */
  items: z.array(z.object({ itemId: z.uuid(), quantity: Count })).default([]),
  proof: z.enum(["secret", "two_witnesses", "photo", "signed_list"]).optional(),
  secret: optionalText(80),
  witnessId: z.uuid().optional(),
  secondWitness: optionalText(60),
  fileId: z.uuid().optional(),
  occurredAt: ShanghaiTime,
});
export type HandOverInput = z.infer<typeof HandOverInput>;
