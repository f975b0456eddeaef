import type { MemberRule, Rule } from "./rule";
import { type OnADay, surelySql } from "./ruleSql";

/** Whom a rule makes likely: those of whom it surely holds, everybody, or nobody. */
export type Likely = Rule | "everyone" | "nobody";

/** Conditions that must all hold of one household `hf`: one way in which a rule can have its answer. */
type Way = readonly Condition[];
type Condition = Readonly<{
  sql: string;
  ofPeople: boolean;
  /** The ids of those who meet it, where people are searched and not households. */ ids?: string;
}>;

/** The most ways that are multiplied out; the rest is searched for by itself. */
const MOST_WAYS = 12;

/**
 * Parts joined by "and" when the whole must hold, by "or" when it must fail, as De Morgan has it; `not` turns
 * the answer.
 */
function joined<Part>(
  rule: Readonly<{ all: readonly Part[] }> | Readonly<{ any: readonly Part[] }>,
  answer: boolean,
) {
  return "all" in rule ? { parts: rule.all, every: answer } : { parts: rule.any, every: !answer };
}

/** True where a rule about one person surely has this answer. */
function personSql(rule: MemberRule, answer: boolean, asked: OnADay): string {
  if ("not" in rule) return personSql(rule.not, !answer, asked);
  if (!("all" in rule || "any" in rule)) return surelySql(rule, asked, answer);
  const { parts, every } = joined(rule, answer);
  return `(${parts.map((part) => personSql(part, answer, asked)).join(every ? " and " : " or ")})`;
}

/**
 * Every way in which a rule surely has this answer: the planner sees the indexes and the counts of each way,
 * and of no "or" between tables.
 */
function waysOf(rule: Rule, answer: boolean, asked: OnADay): readonly Way[] {
  if ("not" in rule) return waysOf(rule.not, !answer, asked);
  if ("some" in rule) return [[somebody(rule.some, answer, asked)]];
  if ("ask" in rule) return [[{ sql: "false", ofPeople: false }]];
  if (!("all" in rule || "any" in rule)) return [[{ sql: surelySql(rule, asked, answer), ofPeople: false }]];
  const { parts, every } = joined(rule, answer);
  return every
    ? parts.map((part) => waysOf(part, answer, asked)).reduce(both, [[]])
    : merged(parts.flatMap((part) => waysOf(part, answer, asked)));
}

function somebody(rule: MemberRule, answer: boolean, asked: OnADay): Condition {
  if (!answer)
    return {
      sql: `(hf.members_complete and not exists (select 1 from household_member hm where hm.household_id = hf.household_id and ${personSql(rule, false, asked)} is not true))`,
      ofPeople: true,
    };
  const ids = `select hm.household_id from household_member hm where ${personSql(rule, true, asked)}`;
  return { sql: `hf.household_id in (${ids})`, ofPeople: true, ids };
}

const both = (one: readonly Way[], other: readonly Way[]): readonly Way[] =>
  one.length * other.length > MOST_WAYS
    ? one.map((way) => [...way, { sql: `hf.household_id in (${idsSql(other)})`, ofPeople: true }])
    : one.flatMap((way) => other.map((more) => [...way, ...more]));

/** Ways that ask of the household alone are one search. */
function merged(ways: readonly Way[]): readonly Way[] {
  const plain = ways.filter((way) => way.every(({ ofPeople }) => !ofPeople));
  if (plain.length < 2) return ways;
  return [
    ...ways.filter((way) => !plain.includes(way)),
    [{ sql: `(${plain.map(waySql).join(" or ")})`, ofPeople: false }],
  ];
}

const waySql = (way: Way): string => `(${way.map(({ sql }) => sql).join(" and ")})`;

const isSearchOfPeople = (way: Way): boolean => way.length === 1 && way[0]?.ids !== undefined;

/** The ids of households that go one of these ways, some more than once. */
const idsSql = (ways: readonly Way[]): string =>
  ways
    .map(
      (way) =>
        (way.length === 1 && way[0]?.ids) ||
        `select hf.household_id from household_facts hf where ${waySql(way)}`,
    )
    .join(" union all ");

/** Whom a rule makes likely, each once or, `repeats`, more often. */
function likelyIds(likely: Rule | "everyone", asked: OnADay): { ids: string; repeats: boolean } {
  const ways = likely === "everyone" ? [[{ sql: "true", ofPeople: false }]] : waysOf(likely, true, asked);
  return { ids: idsSql(ways), repeats: ways.length > 1 || ways.some(isSearchOfPeople) };
}

/** Counts the households that one edition makes likely and another does not. */
function gainedSql(holds: Likely, unless: Likely, asked: OnADay): string {
  if (holds === "nobody") return "0";
  const { ids, repeats } = likelyIds(holds, asked);
  const without = unless === "nobody" ? undefined : likelyIds(unless, asked).ids;
  const gained =
    without !== undefined
      ? `(${ids}) except (${without})`
      : repeats
        ? `select distinct household_id from (${ids}) found`
        : ids;
  return `(select count(*)::int from (${gained}) gained)`;
}

/**
 * How many known households an edition would newly make likely and no longer make likely, compared with the
 * one before: sets of ids found by what the two rules read and nothing else. Yields added and dropped.
 */
export const previewSql = (after: Likely, before: Likely, asked: OnADay): string =>
  `select ${gainedSql(after, before, asked)} as added, ${gainedSql(before, after, asked)} as dropped`;
