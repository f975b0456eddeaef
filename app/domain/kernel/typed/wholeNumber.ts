import { z } from "zod";
import { type MessageKey, say } from "~/i18n/messages";
import { readPercent, readWholeNumber, readYears } from "./readNumber";
import { folded } from "./signs";

// The readers stand apart, so that a page that reads in the browser does not carry the schemas.
export { readPercent, readWholeNumber, readYears };

type Range = Readonly<{ least: number; most: number; below?: MessageKey }>;

const belowMessage = (least: number): MessageKey =>
  least === 0 ? say("common.notBelowZero") : say("common.atLeastOne");

/**
 * A whole number that a form sends, from `least` to `most`. Errors: `common.pleaseFill` for nothing,
 * `common.wholeNumber` for what is no whole number, `below` (or "not below 0", "at least 1") and
 * `common.tooMuch` out of its range.
 */
export const wholeNumber = ({ least, most, below = belowMessage(least) }: Range) =>
  ranged(readWholeNumber, { least, most, below });

/** An age in years as a form sends it, 0 to 130, with or without 岁. */
export const Years = ranged((typed) => readYears(typed) ?? readWholeNumber(typed), {
  least: 0,
  most: 130,
  below: say("common.notBelowZero"),
});

function ranged(read: (typed: string) => number | undefined, { least, most, below }: Required<Range>) {
  return z.string({ error: say("common.pleaseFill") }).transform((typed, issues) => {
    const wrong = (message: MessageKey) => {
      issues.addIssue({ code: "custom", message });
      return z.NEVER;
    };

    if (folded(typed) === "") return wrong(say("common.pleaseFill"));
    const value = read(typed);
    if (value === undefined) return wrong(say("common.wholeNumber"));
    if (value < least) return wrong(below);
    return value > most ? wrong(say("common.tooMuch")) : value;
  });
}

/** Units of a thing: 1 to 100,000. */
export const Quantity = wholeNumber({ least: 1, most: 100_000 }).transform(BigInt);

/** Units of a thing where none may be right: 0 to 100,000. */
export const Count = wholeNumber({ least: 0, most: 100_000 }).transform(BigInt);

/**
 * The version of a record that a form was opened with: digits in a hidden field, or the number itself from
 * code. Error: `common.pleaseCheck`.
 */
export const Version = z
  .custom<string | number>(
    (given) => typeof given === "string" || Number.isSafeInteger(given),
    say("common.pleaseCheck"),
  )
  .transform((given, issues) => {
    const version = typeof given === "number" ? given : readWholeNumber(given);
    if (version !== undefined && version >= 0 && version <= 2_147_483_647) return version;
    issues.addIssue({ code: "custom", message: say("common.pleaseCheck") });
    return z.NEVER;
  });
