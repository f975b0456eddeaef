import { z } from "zod";
import { OpenedVersion } from "~/domain/kernel/opened";
import { RequestKey } from "~/domain/kernel/requestKey";
import { DayBegins } from "~/domain/kernel/typed/day";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { required } from "~/domain/kernel/typed/text";
import { say } from "~/i18n/messages";
import { PARAMETER_CODES } from "~db/schema/factVocabulary";
import { parameterValue } from "./parameterKinds";

/** A new value of one dated parameter, from a day on, and the notice that says so. */
export const ProposeValueInput = z
  .object({
    code: z.enum(PARAMETER_CODES),
    value: z.string({ error: say("common.pleaseFill") }),
    validFrom: DayBegins,
    source: required(LENGTHS.source),
    requestKey: RequestKey,
  })
  .transform(({ code, value, ...rest }, issues) => {
    const read = parameterValue(code, value);
    if (read !== undefined) return { ...rest, code, value: read };
    issues.addIssue({ code: "custom", path: ["value"], message: say("desk.valueWrong") });
    return z.NEVER;
  });
export type ProposeValueInput = z.infer<typeof ProposeValueInput>;
/** The same as its form sends it, with the proposals that it was opened on. */
export const ProposeValueForm = ProposeValueInput.and(z.object({ version: OpenedVersion }));
