import { z } from "zod";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { say } from "~/i18n/messages";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { Quantity } from "~/domain/kernel/typed/wholeNumber";
import { RequestKey } from "~/domain/needs/schemas";
import { DISPLAY_CHOICES } from "~db/schema/giving";

export const MakeOfferInput = z.object({
  objectKind: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  description: required(LENGTHS.offer),
  condition: z.enum(["new", "as_new", "used"], { error: say("common.pleaseChoose") }),
  unitCode: z.string().min(1, say("common.pleaseChoose")),
  quantity: Quantity,
  townCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  displayChoice: z.enum(DISPLAY_CHOICES, { error: say("common.pleaseChoose") }),
  displayName: optionalText(LENGTHS.displayName),
  notRelative: z.literal("yes", { error: say("giving.declareNotRelative") }),
  requestKey: RequestKey,
});

export const ProposeInput = z.object({ lotId: z.uuid(), lineId: z.uuid(), quantity: Quantity, requestKey: RequestKey });
