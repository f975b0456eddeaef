import { folded } from "./signs";

/** Digits that a number can have and still be counted exactly. */
const MOST_DIGITS = 15;

/**
 * A whole number as people type it: `12`, `１２`, ` 12 `, `1,200` (a comma only before three digits), `-3`.
 * Undefined for everything else: nothing, `0x10`, `1e3`, `1.0`, `١٢`, `12个`. Digits without end are read as
 * more than any limit allows. It never throws.
 */
export function readWholeNumber(typed: string): number | undefined {
  const plain = folded(typed);
  if (!/^-?(\d+|[1-9]\d{0,2}(,\d{3})+)$/.test(plain)) return undefined;
  const digits = plain.replace(/^-?0*(?=\d)|,/g, "");
  const size = digits.length > MOST_DIGITS ? Number.MAX_SAFE_INTEGER : Number.parseInt(digits, 10);
  return plain.startsWith("-") && size > 0 ? -size : size;
}

/** A share in whole per cent, with or without its sign: `50`, `50%`, `５０％`. Undefined for everything else. */
export const readPercent = (typed: string): number | undefined =>
  readWholeNumber(folded(typed).replace(/\s*%$/, ""));

/**
 * An age in years: a whole number from 0 to 130, also as `65岁`, `65 周岁` or `65 years old`. Undefined for
 * everything else.
 */
export function readYears(typed: string): number | undefined {
  const years = readWholeNumber(folded(typed).replace(/\s*(?:周岁|週歲|周歲|岁|歲|years?(?: old)?)$/iu, ""));
  return years !== undefined && years >= 0 && years <= 130 ? years : undefined;
}
