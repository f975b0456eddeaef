import { z } from "zod";
import { say } from "~/i18n/messages";
import { ShanghaiTime } from "~/domain/needs/schemas";
import { LIMIT_BOUNDS, LIMIT_NAMES } from "~/domain/kernel/limitBounds";

/** A limit's new value, within its bounds, from now or from a moment to come. */
export const ChangeLimitInput = z
  .object({
    name: z.enum(LIMIT_NAMES as [(typeof LIMIT_NAMES)[number], ...(typeof LIMIT_NAMES)[number][]]),
    value: z.coerce.number({ error: say("common.pleaseFill") }).int(say("common.wholeNumber")),
    validFrom: ShanghaiTime.optional(),
  })
  .refine(({ name, value }) => value >= LIMIT_BOUNDS[name][0] && value <= LIMIT_BOUNDS[name][1], { path: ["value"], error: say("limits.outOfBounds") });
