import { type Working, workOut } from "~/domain/rules/amount";
import type { Parameters } from "~/domain/rules/evaluate";
import type { Facts } from "~/domain/rules/facts";
import type { Rule } from "~/domain/rules/rule";
import { type ItemRule, type Screened, screenItem } from "~/domain/rules/screen";
import type { ListName } from "~db/schema/directory";
import { openFacts } from "./openFacts";
import { type Answers, questionsOf } from "./questions";

export type FinderItem = ItemRule & Readonly<{ code: string; list: ListName; name: string }>;

export type Result = Readonly<{
  item: Pick<FinderItem, "code" | "list" | "name">;
  verdict: Screened["verdict"];
  /** The part of the rule that decides: its reason in words. */
  part: Rule | null;
  /**
   * The facts that would decide a "maybe", as far as the finder asks for them; none where only others at home
   * could say.
   */
  missing: readonly string[];
  working: Working | undefined;
}>;

/** What each item says of a household, in the order of the lists. */
export const resultsOf = (items: readonly FinderItem[], facts: Facts, parameters: Parameters): Result[] =>
  items.map(({ code, list, name, ...rule }) => {
    const { verdict, part } = screenItem(rule, facts, parameters);
    return {
      item: { code, list, name },
      verdict,
      part,
      missing: verdict === "maybe" ? [...openFacts(rule, facts, parameters)] : [],
      working: verdict === "likely" && rule.amount ? workOut(rule.amount, facts, parameters) : undefined,
    };
  });

/**
 * What an uncertain item hangs on: one question (from 1), more than one, or only what nobody asked of the
 * others at home.
 */
export type HangsOn = number | "several" | "others";
export type UndecidedQuestion = Readonly<{ question: HangsOn; results: readonly Result[] }>;

/**
 * The items that are not certain yet, by the one question that decides them: what settles most comes first,
 * what hangs on more than one question, or on others at home, comes last.
 */
export function undecidedByQuestion(results: readonly Result[], answers: Answers): UndecidedQuestion[] {
  const groups = new Map<HangsOn, Result[]>();

  for (const result of results) {
    if (result.verdict !== "maybe") continue;
    const [first, ...more] = questionsOf(result.missing, answers);
    const question = first === undefined ? "others" : more.length === 0 ? first : "several";
    groups.set(question, [...(groups.get(question) ?? []), result]);
  }

  const size = ({ question, results: { length } }: UndecidedQuestion) =>
    question === "several" ? -1 : question === "others" ? -2 : length;
  return [...groups]
    .map(([question, found]) => ({ question, results: found }))
    .toSorted((a, b) => size(b) - size(a));
}

/**
 * What the sums that could be worked out come to in a month: at least and at most, in fen; no most where more
 * people may live there.
 */
export function totalOf(results: readonly Result[]): { leastFen: number; mostFen: number | null } {
  let leastFen = 0;
  let mostFen: number | null = 0;

  for (const { working } of results) {
    if (!working) continue;
    leastFen += working.kind === "each_person" ? working.totalFen : working.leastFen;
    const most =
      working.kind === "up_to_standard"
        ? working.mostFen
        : working.isOpen
          ? null
          : working.totalFen + working.eachFen * working.unsure;
    mostFen = mostFen === null || most === null ? null : mostFen + most;
  }

  return { leastFen, mostFen };
}
