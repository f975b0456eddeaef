import { z } from "zod";
import { shanghaiDay } from "~/domain/kernel/time";
import { required, RequestKey } from "~/domain/needs/schemas";
import { say } from "~/i18n/messages";
import { PARAMETER_CODES } from "~db/schema/factWords";
import { parameterValue } from "./parameterKinds";

/** A day of this century or the last, typed in a date field, as the moment at which it begins in Asia/Shanghai. */
export const ShanghaiDay = z
  .string({ error: say("desk.pleaseDay") })
  .regex(/^(19|20)\d{2}-\d{2}-\d{2}$/, say("desk.pleaseDay"))
  .transform((typed, issues) => {
    const at = new Date(`${typed}T00:00:00+08:00`);
    if (!Number.isNaN(at.getTime()) && shanghaiDay(at) === typed) return at;
    issues.addIssue({ code: "custom", message: say("desk.pleaseDay") });
    return z.NEVER;
  });

/** A new value of one dated parameter, from a day on, and the notice that says so. */
export const ProposeValueInput = z
  .object({
    code: z.enum(PARAMETER_CODES),
    value: z.string({ error: say("common.pleaseFill") }),
    validFrom: ShanghaiDay,
    source: required(200),
    requestKey: RequestKey,
  })
  .transform(({ code, value, ...rest }, issues) => {
    const read = parameterValue(code, value);
    if (read !== undefined) return { ...rest, code, value: read };
    issues.addIssue({ code: "custom", path: ["value"], message: say("desk.valueWrong") });
    return z.NEVER;
  });
export type ProposeValueInput = z.infer<typeof ProposeValueInput>;
