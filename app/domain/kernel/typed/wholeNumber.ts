import { z } from "zod";
import { say, type MessageKey } from "~/i18n/messages";
import { folded } from "./signs";

/** Digits that a number can have and still be counted exactly. */
const MOST_DIGITS = 15;

/**
 * A whole number as people type it: `12`, `１２`, ` 12 `, `1,200` (a comma only before three digits), `-3`. Undefined for everything else:
 * nothing, `0x10`, `1e3`, `1.0`, `١٢`, `12个`. Digits without end are read as more than any limit allows. It never throws.
 */
export function readWholeNumber(typed: string): number | undefined {
  const plain = folded(typed);
  if (!/^-?(\d+|[1-9]\d{0,2}(,\d{3})+)$/.test(plain)) return undefined;
  const digits = plain.replace(/^-?0*(?=\d)|,/g, "");
  const size = digits.length > MOST_DIGITS ? Number.MAX_SAFE_INTEGER : Number.parseInt(digits, 10);
  return plain.startsWith("-") && size > 0 ? -size : size;
}

/** An age in years: a whole number from 0 to 130, also as `65岁`, `65 周岁` or `65 years old`. Undefined for everything else. */
export function readYears(typed: string): number | undefined {
  const years = readWholeNumber(folded(typed).replace(/\s*(?:周岁|週歲|周歲|岁|歲|years?(?: old)?)$/iu, ""));
  return years !== undefined && years >= 0 && years <= 130 ? years : undefined;
}

type Range = Readonly<{ least: number; most: number; below?: MessageKey }>;

const belowMessage = (least: number): MessageKey => (least === 0 ? say("common.notBelowZero") : say("common.atLeastOne"));

/**
 * A whole number that a form sends, from `least` to `most`. Errors: `common.pleaseFill` for nothing, `common.wholeNumber` for what is no
 * whole number, `below` (or "not below 0", "at least 1") and `common.tooMuch` out of its range.
 */
export const wholeNumber = ({ least, most, below = belowMessage(least) }: Range) => ranged(readWholeNumber, { least, most, below });

/** An age in years as a form sends it, 0 to 130, with or without 岁. */
export const Years = ranged((typed) => readYears(typed) ?? readWholeNumber(typed), { least: 0, most: 130, below: say("common.notBelowZero") });

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

/** The version of a record that a form was opened with: digits in a hidden field, or the number itself from code. Error: `common.pleaseCheck`. */
export const Version = z
  .custom<string | number>((given) => typeof given === "string" || Number.isSafeInteger(given), say("common.pleaseCheck"))
  .transform((given, issues) => {
    const version = typeof given === "number" ? given : readWholeNumber(given);
    if (version !== undefined && version >= 0 && version <= 2_147_483_647) return version;
    issues.addIssue({ code: "custom", message: say("common.pleaseCheck") });
    return z.NEVER;
  });
