import { z } from "zod";
import { OpenedVersion } from "~/domain/kernel/opened";
import { say } from "~/i18n/messages";
import { ShanghaiTime } from "~/domain/needs/schemas";
import { isAmount, LIMIT_BOUNDS, LIMIT_NAMES } from "~/domain/kernel/limitBounds";
import type { LimitName } from "~/domain/kernel/limits.server";
import { fenFromYuan } from "~/domain/kernel/money";

/** What was typed for a limit: yuan for an amount, kept in fen; a whole number for everything else; undefined when it is neither. */
function valueOf(name: LimitName, typed: string): number | undefined {
  const whole = /^\d{1,9}$/.test(typed.trim()) ? BigInt(typed.trim()) : undefined;
  const value = isAmount(name) ? fenFromYuan(typed) : whole;
  return value === undefined ? undefined : Number(value);
}

/** A limit's new value, within its bounds, from now or from a moment to come. */
export const ChangeLimitInput = z
  .object({
    name: z.enum(LIMIT_NAMES as [LimitName, ...LimitName[]]),
    value: z.string({ error: say("common.pleaseFill") }),
    validFrom: ShanghaiTime.optional(),
    version: OpenedVersion,
  })
  .transform(({ name, value: typed, validFrom, version }, issues) => {
    const value = valueOf(name, typed);
    const [least, most] = LIMIT_BOUNDS[name];
    if (value !== undefined && value >= least && value <= most) return { name, value, validFrom, version };
    const unread = isAmount(name) ? say("common.amountWrong") : say("common.wholeNumber");
    issues.addIssue({ code: "custom", path: ["value"], message: value === undefined ? unread : say("limits.outOfBounds") });
    return z.NEVER;
  });
