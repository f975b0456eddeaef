import { yuanText } from "~/domain/kernel/money";
import { readPercent, readYears } from "~/domain/kernel/typed/wholeNumber";
import { readYuan } from "~/domain/kernel/typed/yuan";
import { PARAMETER_CODES, type ParameterCode } from "~db/schema/factVocabulary";

export type ParameterKind = "yuan" | "percent" | "years";

/** In what each dated value counts: amounts are typed in yuan and kept in fen. */
export const PARAMETER_KINDS: Readonly<Record<ParameterCode, ParameterKind>> = {
  dibao_standard_fen: "yuan",
  dibao_margin_percent: "percent",
  classified_supplement_percent: "percent",
  old_age_years: "years",
  very_old_age_years: "years",
};

export const parametersOfKind = (kind: ParameterKind): ParameterCode[] =>
  PARAMETER_CODES.filter((code) => PARAMETER_KINDS[code] === kind);

/** The most that a value of each kind may be, as it is kept: a slip of the finger must not reach a rule. */
const MOST: Readonly<Record<ParameterKind, number>> = { yuan: 10_000_000, percent: 1_000, years: 120 };

const READ: Readonly<Record<ParameterKind, (typed: string) => number | bigint | undefined>> = {
  yuan: readYuan,
  percent: readPercent,
  years: readYears,
};

/** A kept value, as it is typed. */
export const parameterText = (code: ParameterCode, value: number): string =>
  PARAMETER_KINDS[code] === "yuan" ? yuanText(BigInt(value)) : String(value);

/** What somebody typed, as it is kept: fen, percent or years. Undefined when it is no such value. */
export function parameterValue(code: ParameterCode, typed: string): number | undefined {
  const kind = PARAMETER_KINDS[code];
  const value = READ[kind](typed);
  return value !== undefined && value > 0 && value <= MOST[kind] ? Number(value) : undefined;
}
