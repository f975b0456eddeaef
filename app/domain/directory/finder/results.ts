import type { ListName } from "~db/schema/directory";
import { workOut, type Working } from "../rules/amount";
import type { Parameters } from "../rules/evaluate";
import { undecidedFacts } from "../rules/explain";
import type { Facts } from "../rules/facts";
import type { Rule } from "../rules/rule";
import { questionsOf } from "./questions";
import { screenItem, type ItemRule, type Screened } from "../rules/screen";

export type FinderItem = ItemRule & Readonly<{ code: string; list: ListName; name: string }>;

export type Result = Readonly<{
  item: Pick<FinderItem, "code" | "list" | "name">;
  verdict: Screened["verdict"];
  /** The part of the rule that decides: its reason in words. */
  part: Rule | null;
  /** Of a "maybe": the facts that would decide. */
  missing: readonly string[];
  working: Working | undefined;
}>;

/** What each entry says of a household, in the order of the lists. */
export const resultsOf = (items: readonly FinderItem[], facts: Facts, parameters: Parameters): Result[] =>
  items.map(({ code, list, name, ...rule }) => {
    const { verdict, part } = screenItem(rule, facts, parameters);
    return {
      item: { code, list, name },
      verdict,
      part,
      missing: verdict === "maybe" && part ? undecidedFacts(part) : [],
      working: verdict === "likely" && rule.amount ? workOut(rule.amount, facts, parameters) : undefined,
    };
  });

export type Undecided = Readonly<{ /** From 1; undefined where more than one question is open. */ question: number | undefined; results: readonly Result[] }>;

/**
 * The entries that are not certain yet, by the one question that decides them: what settles most comes first, what hangs on more
 * than one question comes last.
 */
export function undecidedByQuestion(results: readonly Result[]): Undecided[] {
  const groups = new Map<number | undefined, Result[]>();
  for (const result of results) {
    if (result.verdict !== "maybe") continue;
    const open = questionsOf(result.missing);
    const question = open.length === 1 ? open[0] : undefined;
    groups.set(question, [...(groups.get(question) ?? []), result]);
  }
  const size = ({ question, results: { length } }: Undecided) => (question === undefined ? -1 : length);
  return [...groups].map(([question, found]) => ({ question, results: found })).toSorted((a, b) => size(b) - size(a));
}

/** What the sums that could be worked out come to in a month: at least and at most, in fen. */
export function totalOf(results: readonly Result[]): { leastFen: number; mostFen: number } {
  let leastFen = 0;
  let mostFen = 0;
  for (const { working } of results) {
    if (!working) continue;
    leastFen += working.kind === "each_person" ? working.totalFen : working.leastFen;
    mostFen += working.kind === "each_person" ? working.totalFen + working.eachFen * working.unsure : working.mostFen;
  }
  return { leastFen, mostFen };
}
