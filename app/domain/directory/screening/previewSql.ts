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

/** Whom a rule makes likely: those of whom it surely holds, everybody, or nobody. */
export type Likely = Rule | "everyone" | "nobody";

/** Counts the households that one rule makes likely and another does not. */
function countSql(holds: Likely, unless: Likely, asked: Asked): string {
  if (holds === "nobody" || unless === "everyone") return "0";
  const sets = new Map<string, string>();
  const setOf: SetOf = (predicate) => {
    const name = sets.get(predicate) ?? `q${sets.size}`;
    sets.set(predicate, name);
    return `${name}.household_id`;
  };
  const where = [...(holds === "everyone" ? ["true"] : conjuncts(holds, asked, setOf)), ...(unless === "nobody" ? [] : [`not ${certainly(unless, asked, setOf)}`])];
  const joins = [...sets].map(
    ([predicate, name]) => `left join (select distinct household_id from household_member hm where ${predicate}) ${name} on ${name}.household_id = hf.household_id`,
  );
  return `(select count(*)::int from household_facts hf ${joins.join(" ")} where ${where.join(" and ")})`;
}

/**
 * How many known households an edition would newly make likely and no longer make likely, compared with the one before: each a
 * question about what the two rules read and nothing else. Yields known, added, dropped.
 */
export const previewSql = (after: Likely, before: Likely, asked: Asked): string =>
  `select (select count(*)::int from household_facts) as known, ${countSql(after, before, asked)} as added, ${countSql(before, after, asked)} as dropped`;
