import { isNameIn } from "~/domain/kernel/own";
import { type DayText, yearsBefore } from "../rules/ages";
import { amountOf, type Parameters } from "../rules/evaluate";
import { type FactName, MEMBER_FACTS, type MemberFact, type NumberFact } from "../rules/facts";
import type { Leaf, LeafOf, MemberRule, Rule } from "../rules/rule";

/** The day and the dated values that a rule is asked on. */
export type OnADay = Readonly<{ day: DayText; parameters: Parameters }>;

const snake = (fact: string): string => fact.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Names and words come from the registry by way of RuleShape; this is the second lock on the same door. */
function safe(word: string): string {
  if (!/^[a-z0-9_]+$/.test(word)) throw new Error(`not a word of the registry: ${word}`);
  return word;
}

/** The column of a fact: of a household `hf`, or of a person `hm`. */
const column = (fact: FactName): string =>
  `${isNameIn(MEMBER_FACTS, fact) ? "hm" : "hf"}."${safe(snake(fact))}"`;

/** One comparison over a household or a person; null where it is not known. */
export function leafSql(leaf: Leaf, asked: OnADay): string {
  if (!("compare" in leaf)) return surelySql(leaf, asked, true);
  return `(case when ${spanSql(leaf, asked, true)} then true when ${spanSql(leaf, asked, false)} then false end)`;
}

/**
 * True just where a comparison surely has this answer, written so that an index on the fact can serve it;
 * elsewhere false or null.
 */
export function surelySql(leaf: Leaf, asked: OnADay, answer: boolean): string {
  if ("compare" in leaf) return spanSql(leaf, asked, answer);
  if ("is" in leaf) return leaf.is === answer ? column(leaf.fact) : `(not ${column(leaf.fact)})`;
  const words = leaf.in.map((word) => `'${safe(word)}'`);
  return `(${column(leaf.fact)} ${answer ? "in" : "not in"} (${words.join(", ")}))`;
}

/**
 * The columns of a number of the household. Income for each head is what the table made of the income of all
 * and their number.
 */
const BOUNDS: Readonly<Record<Exclude<NumberFact, MemberFact>, readonly [min: string, max: string]>> = {
  householdSize: ["hf.household_size_min", "hf.household_size_max"],
  incomeTotalFen: ["hf.income_total_min_fen", "hf.income_total_max_fen"],
  incomePerHeadFen: ["hf.income_head_min_fen", "hf.income_head_max_fen"],
};

/** A span lies wholly on one side of an amount. Who was born on a day or before has completed its years. */
function spanSql(leaf: LeafOf<NumberFact>, asked: OnADay, answer: boolean): string {
  const to = Math.trunc(amountOf(leaf.to, asked.parameters));
  const past = leaf.compare === "over" || leaf.compare === "at_most";
  const reaches = answer === (leaf.compare === "at_least" || leaf.compare === "over");

  if (leaf.fact === "ageYears") {
    const turned = yearsBefore(asked.day, past ? to + 1 : to);
    return reaches ? `(hm.born_to <= '${turned}')` : `(hm.born_from > '${turned}')`;
  }

  const [min, max] = BOUNDS[leaf.fact];
  return reaches ? `(${min} ${past ? ">" : ">="} ${to})` : `(${max} ${past ? "<=" : "<"} ${to})`;
}

/** A rule about one person, over a row `hm`; null where it is not known, as SQL's own logic has it. */
export function memberSql(rule: MemberRule, asked: OnADay): string {
  if ("all" in rule) return `(${rule.all.map((part) => memberSql(part, asked)).join(" and ")})`;
  if ("any" in rule) return `(${rule.any.map((part) => memberSql(part, asked)).join(" or ")})`;
  if ("not" in rule) return `(not ${memberSql(rule.not, asked)})`;
  return leafSql(rule, asked);
}

/**
 * A rule over a household `hf` and what is said of its people: `of` names the column that holds, of a rule
 * about one person, 2 when somebody fits, 1 when somebody may, 0 when nobody listed does.
 */
export function ruleSql(rule: Rule, asked: OnADay, of: (predicate: string) => string): string {
  if ("all" in rule) return `(${rule.all.map((part) => ruleSql(part, asked, of)).join(" and ")})`;
  if ("any" in rule) return `(${rule.any.map((part) => ruleSql(part, asked, of)).join(" or ")})`;
  if ("not" in rule) return `(not ${ruleSql(rule.not, asked, of)})`;
  if ("some" in rule)
    return `(case ${of(memberSql(rule.some, asked))} when 2 then true when 1 then null else (case when hf.members_complete then false end) end)`;
  if ("ask" in rule) return "null::boolean";
  return leafSql(rule, asked);
}

export type NumberedRule = Readonly<{ number: number; rule: Rule | null }>;

/**
 * One question that screens every household against every rule in one pass: first each distinct thing asked
 * of a person, once a person; then every rule, once a household. Yields household_id, town_code, and the
 * numbers of likely and of maybe items.
 */
export function screeningSql(rules: readonly NumberedRule[], asked: OnADay, where = ""): string {
  const predicates = new Map<string, string>();

  const columnOf = (predicate: string) => {
    const known = predicates.get(predicate) ?? `p${predicates.size}`;
    predicates.set(predicate, known);
    return `m.${known}`;
  };

  const ruled = rules.flatMap(({ number, rule }) =>
    rule === null ? [] : [{ number: Math.trunc(number), sql: ruleSql(rule, asked, columnOf) }],
  );
  const people = [...predicates].map(
    ([predicate, name]) => `max(coalesce(${predicate}::int * 2, 1)) as ${name}`,
  );
  const numbers = (test: (answer: string) => string) =>
    ruled.length === 0
      ? "'{}'::int[]"
      : `array_remove(array[${ruled.map(({ number }) => `case when ${test(`r${number}`)} then ${number}::int end`).join(", ")}], null)`;
  return `
    with m as (select hm.household_id${people.map((part) => `, ${part}`).join("")} from household_member hm ${where === "" ? "" : `where hm.household_id in (${where})`} group by hm.household_id),
    answers as (
      select hf.household_id, hf.town_code${ruled.map(({ number, sql }) => `, ${sql} as r${number}`).join("")}
      from household_facts hf left join m on m.household_id = hf.household_id ${where === "" ? "" : `where hf.household_id in (${where})`}
      offset 0
    )
    select household_id, town_code, ${numbers((answer) => answer)} as likely, ${numbers((answer) => `${answer} is null`)} as maybe from answers`;
}
