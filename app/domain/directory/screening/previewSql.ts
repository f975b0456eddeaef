import type { Rule } from "../rules/rule";
import { leafSql, memberSql, type Asked } from "./ruleSql";

/** Names the set of households in which somebody meets a predicate; equal predicates share one set. */
type SetOf = (predicate: string) => string;

/** Whether a rule surely holds of a household `hf`. */
function certainly(rule: Rule, asked: Asked, setOf: SetOf): string {
  if ("all" in rule) return `(${rule.all.map((part) => certainly(part, asked, setOf)).join(" and ")})`;
  if ("any" in rule) return `(${rule.any.map((part) => certainly(part, asked, setOf)).join(" or ")})`;
  if ("not" in rule) return `(not ${possibly(rule.not, asked, setOf)})`;
  if ("some" in rule) return `(${setOf(memberSql(rule.some, asked))} is not null)`;
  return `(${leafSql(rule, "hf", asked)} is true)`;
}

/** Whether a rule may hold: it does, or too little is known. */
function possibly(rule: Rule, asked: Asked, setOf: SetOf): string {
  if ("all" in rule) return `(${rule.all.map((part) => possibly(part, asked, setOf)).join(" and ")})`;
  if ("any" in rule) return `(${rule.any.map((part) => possibly(part, asked, setOf)).join(" or ")})`;
  if ("not" in rule) return `(not ${certainly(rule.not, asked, setOf)})`;
  if ("some" in rule) return `(not hf.members_complete or ${setOf(`(${memberSql(rule.some, asked)} is not false)`)} is not null)`;
  return `(${leafSql(rule, "hf", asked)} is not false)`;
}

/** What must all hold, one by one: a person who must be there is looked for by a semi-join, which the planner puts where it is cheapest. */
const conjuncts = (rule: Rule, asked: Asked, setOf: SetOf): string[] => {
  if ("all" in rule) return rule.all.flatMap((part) => conjuncts(part, asked, setOf));
  if ("some" in rule) return [`exists (select 1 from household_member hm where hm.household_id = hf.household_id and ${memberSql(rule.some, asked)})`];
  return [certainly(rule, asked, setOf)];
};

/** Counts the households of which one rule surely holds, and another, where there is one, does not. */
function countSql(holds: Rule, unless: Rule | null, asked: Asked): string {
  const sets = new Map<string, string>();
  const setOf: SetOf = (predicate) => {
    const name = sets.get(predicate) ?? `q${sets.size}`;
    sets.set(predicate, name);
    return `${name}.household_id`;
  };
  const where = [...conjuncts(holds, asked, setOf), ...(unless === null ? [] : [`not ${certainly(unless, asked, setOf)}`])].join(" and ");
  const joins = [...sets].map(
    ([predicate, name]) => `left join (select distinct household_id from household_member hm where ${predicate}) ${name} on ${name}.household_id = hf.household_id`,
  );
  return `(select count(*)::int from household_facts hf ${joins.join(" ")} where ${where})`;
}

/**
 * How many known households a rule would make likely in all, newly make likely, and no longer make likely, compared with the
 * edition in force: each a question about what the two rules read and nothing else. Yields likely, adds, drops.
 */
export function previewSql(rule: Rule | null, before: Rule | null, asked: Asked): string {
  const count = (holds: Rule | null, unless: Rule | null) => (holds === null ? "0" : countSql(holds, unless, asked));
  const [adds, drops] = [before === null ? "likely" : count(rule, before), rule === null ? count(before, null) : count(before, rule)];
  return `select likely, ${adds} as adds, ${drops} as drops from (select ${count(rule, null)} as likely offset 0) counted`;
}
