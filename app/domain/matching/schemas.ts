import { z } from "zod";
import { say } from "~/i18n/messages";
import { SHOWN_AS } from "~/domain/giving/schemas";
import { fittingName } from "~/domain/giving/shownName";
import { Quantity, RequestKey } from "~/domain/needs/schemas";

export const MakeOfferInput = z
  .object({
    objectKind: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
    description: z
      .string({ error: say("common.pleaseFill") })
      .trim()
      .min(1, say("common.pleaseFill"))
      .max(200, say("common.tooLong")),
    condition: z.enum(["new", "as_new", "used"], { error: say("common.pleaseChoose") }),
    unitCode: z.string().min(1, say("common.pleaseChoose")),
    quantity: Quantity,
    townCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
    ...SHOWN_AS,
    requestKey: RequestKey,
  })
  .superRefine(fittingName);

export const ProposeInput = z.object({ lotId: z.uuid(), lineId: z.uuid(), quantity: Quantity, requestKey: RequestKey });
