import { yuanText } from "~/domain/kernel/money";
import { readPercent, readYears } from "~/domain/kernel/typed/readNumber";
import { readYuan } from "~/domain/kernel/typed/readYuan";
import type { NumberUnit } from "~/domain/rules/facts";
import type { Amount } from "~/domain/rules/rule";
import type { ParameterCode } from "~db/schema/factVocabulary";
import { parametersOfKind } from "./parameterKinds";

/** The most that an amount of a rule may be: ten million yuan. */
const MOST_FEN = 1_000_000_000n;

/**
 * What a fact is compared with, as one word of a list: a number, a dated value, or so many percent of one.
 */
export type AmountChoice = Readonly<{
  value: string;
  parameter?: ParameterCode;
  percent?: ParameterCode | "typed";
}>;

/** No age and no household is larger. */
const MOST = { years: 150, people: 99 } as const;

/** Everything that a fact of this unit can be compared with, a plain number first. */
export function amountChoices(unit: NumberUnit): AmountChoice[] {
  const whole = unit === "people" ? [] : parametersOfKind(unit === "fen" ? "yuan" : "years");
  const percents = unit === "fen" ? [...parametersOfKind("percent"), "typed" as const] : [];
  return [
    { value: "number" },
    ...whole.flatMap((parameter) => [
      { value: parameter, parameter },
      ...percents.map((percent) => ({ value: `${parameter}*${percent}`, parameter, percent })),
    ]),
  ];
}

/** The amount that was chosen, with the number typed beside it; undefined when they do not go together. */
export function amountFromChoice(unit: NumberUnit, value: string, typed: string): Amount | undefined {
  const choice = amountChoices(unit).find((one) => one.value === value);
  if (!choice) return undefined;
  if (choice.parameter === undefined) return unit === "fen" ? fenOf(typed) : wholeOf(typed, MOST[unit]);
  if (choice.percent !== "typed")
    return { parameter: choice.parameter, ...(choice.percent ? { percent: choice.percent } : {}) };
  const percent = wholeOf(typed, 1000);
  return percent ? { parameter: choice.parameter, percent } : undefined;
}

/** The same the other way: what to choose and to type for an amount. */
export function choiceOfAmount(unit: NumberUnit, amount: Amount): { value: string; typed: string } {
  if (typeof amount === "number")
    return { value: "number", typed: unit === "fen" ? yuanText(BigInt(amount)) : String(amount) };
  if (amount.percent === undefined) return { value: amount.parameter, typed: "" };
  return typeof amount.percent === "number"
    ? { value: `${amount.parameter}*typed`, typed: String(amount.percent) }
    : { value: `${amount.parameter}*${amount.percent}`, typed: "" };
}

/** An amount in yuan that may be nothing, in fen; undefined when it is none, or more than a rule can hold. */
const fenOf = (typed: string): number | undefined => {
  const fen = readYuan(typed);
  return fen === undefined || fen > MOST_FEN ? undefined : Number(fen);
};

function wholeOf(typed: string, most: number): number | undefined {
  const value = readYears(typed) ?? readPercent(typed);
  return value !== undefined && value >= 0 && value <= most ? value : undefined;
}
