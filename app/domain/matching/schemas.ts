import { z } from "zod";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { say } from "~/i18n/messages";
import { required } from "~/domain/kernel/typed/text";
import { Quantity } from "~/domain/kernel/typed/wholeNumber";
import { SHOWN_AS } from "~/domain/giving/schemas";
import { fittingName } from "~/domain/giving/shownName";
import { RequestKey } from "~/domain/needs/schemas";

export const MakeOfferInput = z
  .object({
    objectKind: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
    description: required(LENGTHS.offer),
    condition: z.enum(["new", "as_new", "used"], { error: say("common.pleaseChoose") }),
    unitCode: z.string().min(1, say("common.pleaseChoose")),
    quantity: Quantity,
    townCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
    ...SHOWN_AS,
    requestKey: RequestKey,
  })
  .superRefine(fittingName);

export const ProposeInput = z.object({ lotId: z.uuid(), lineId: z.uuid(), quantity: Quantity, requestKey: RequestKey });
