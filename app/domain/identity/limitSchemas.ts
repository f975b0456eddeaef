import { z } from "zod";
import { isAmount, LIMIT_BOUNDS, LIMIT_NAMES } from "~/domain/kernel/limitBounds";
import type { LimitName } from "~/domain/kernel/limits.server";
import { OpenedVersion } from "~/domain/kernel/opened";
import { Moment } from "~/domain/kernel/typed/moment";
import { readWholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { readYuan } from "~/domain/kernel/typed/yuan";
import { say } from "~/i18n/messages";

/**
 * What was typed for a limit: yuan for an amount, kept in fen; a whole number for everything else; undefined
 * when it is neither.
 */
function valueOf(name: LimitName, typed: string): number | undefined {
  const value = isAmount(name) ? readYuan(typed) : readWholeNumber(typed);
  return value === undefined ? undefined : Number(value);
}

/** A limit's new value, within its bounds, from now or from a moment to come. */
export const ChangeLimitInput = z
  .object({
    name: z.enum(LIMIT_NAMES as [LimitName, ...LimitName[]]),
    value: z.string({ error: say("common.pleaseFill") }),
    validFrom: Moment.optional(),
    version: OpenedVersion,
  })
  .transform(({ name, value: typed, validFrom, version }, issues) => {
    const value = valueOf(name, typed);
    const [least, most] = LIMIT_BOUNDS[name];
    if (value !== undefined && value >= least && value <= most) return { name, value, validFrom, version };
    const unread = isAmount(name) ? say("common.amountWrong") : say("common.wholeNumber");

    issues.addIssue({
      code: "custom",
      path: ["value"],
      message: value === undefined ? unread : say("limits.outOfBounds"),
    });

    return z.NEVER;
  });
