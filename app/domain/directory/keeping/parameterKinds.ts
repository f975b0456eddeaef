import { PARAMETER_CODES, type ParameterCode } from "~db/schema/factWords";

export type ParameterKind = "yuan" | "percent" | "years";

/** In what each dated value counts: amounts are typed in yuan and kept in fen. */
export const PARAMETER_KINDS: Readonly<Record<ParameterCode, ParameterKind>> = {
  dibao_standard_fen: "yuan",
  dibao_margin_percent: "percent",
  classified_supplement_percent: "percent",
  old_age_years: "years",
  very_old_age_years: "years",
};

export const parametersOfKind = (kind: ParameterKind): ParameterCode[] => PARAMETER_CODES.filter((code) => PARAMETER_KINDS[code] === kind);

/** The most that a value of each kind may be, as it is kept: a slip of the finger must not reach a rule. */
const MOST: Readonly<Record<ParameterKind, number>> = { yuan: 10_000_000, percent: 1_000, years: 120 };

/** What somebody typed, as it is kept: fen, percent or years. Undefined when it is no such value. */
export function parameterValue(code: ParameterCode, typed: string): number | undefined {
  const kind = PARAMETER_KINDS[code];
  const plain = typed.normalize("NFKC").replace(/[¥,\s元%岁]/g, "");
  const match = kind === "yuan" ? /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain) : /^(\d{1,4})$/.exec(plain);
  if (!match) return undefined;
  const value = Number(match[1]) * (kind === "yuan" ? 100 : 1) + Number((match[2] ?? "").padEnd(2, "0"));
  return value > 0 && value <= MOST[kind] ? value : undefined;
}
