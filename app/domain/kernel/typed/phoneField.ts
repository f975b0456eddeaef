import { z } from "zod";
import { say } from "~/i18n/messages";
import { LENGTHS } from "./lengths";
import { saysNone } from "./none";
import { canonicalPhone } from "./phone";
import { visible } from "./signs";

/** A city's hotline, as 12345, or an operator's, as 95598: for bodies that answer there. */
const HOTLINE = /^\D*(?:1\d{4}|9[56]\d{3})\D*$/;

const phoneField = (isPhone: (text: string) => boolean) =>
  z.string({ error: say("common.pleaseFill") }).transform((typed, issues) => {
    const text = visible(typed).trim();
    const message = saysNone(text)
      ? undefined
      : text.length > LENGTHS.phone
        ? say("common.tooLong")
        : isPhone(text)
          ? undefined
          : say("common.phoneWrong");
    if (message === undefined) return saysNone(text) ? undefined : text;
    issues.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/**
 * A person's phone number as it was written, undefined where the field is empty or says that there is none
 * (无, 没有, `-`). To compare two, `canonicalPhone`. Errors: `common.phoneWrong` for what no phone answers,
 * as `12`; `common.tooLong`.
 */
export const optionalPhone = phoneField((text) => canonicalPhone(text) !== undefined).optional();

/** The same where there must be one. Errors: `common.pleaseFill` too. */
export const personPhone = phoneField((text) => canonicalPhone(text) !== undefined).transform(present);

/**
 * A body's number, which must be there; a hotline of five digits is one. Errors: `common.pleaseFill`,
 * `common.phoneWrong`, `common.tooLong`.
 */
export const bodyPhone = phoneField(
  (text) => canonicalPhone(text) !== undefined || HOTLINE.test(text),
).transform(present);

function present(text: string | undefined, issues: z.RefinementCtx): string {
  if (text !== undefined) return text;
  issues.addIssue({ code: "custom", message: say("common.pleaseFill") });
  return z.NEVER;
}
