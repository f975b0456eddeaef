import jsonLogic from "json-logic-js";
import postgres from "postgres";
import { parametersAt, rulesInForce } from "~/domain/lists/inForce.server";
import { compileRule } from "~/domain/rules/compile";
import { amountOf, type Parameters } from "~/domain/rules/evaluate";
import type { Facts } from "~/domain/rules/facts";
import { previewSql } from "~/domain/rules/previewSql";
import type { Leaf, MemberRule, Rule } from "~/domain/rules/rule";
import { screeningSql } from "~/domain/rules/ruleSql";
import { factsFromRows } from "~/domain/screening/factsRows";
import { connect } from "~db/client";
import type { householdFacts, householdMembers } from "~db/schema/screening";
import { fillHouseholds } from "./households";
import { median, milliseconds, percentile, rounded, say, withDatabase } from "./support";

const HOUSEHOLDS = 1_000_000;
const ROUNDS = 3;
const DAY = "2026-11-25";
const ASKED_IN_JS = 2_000;

/**
 * Screening a million households of two million people against every rule of both lists: the one pass of SQL
 * that the daily refresh makes, over a raw scan of the same rows with the same join and grouping (`ratio`);
 * one rule alone over the full pass; and one household against all rules by compiled closures, over
 * json-logic-js with the same rules on two values.
 */
export async function push(flags: ReadonlyMap<string, number>) {
  const rows = flags.get("rows") ?? HOUSEHOLDS;
  return withDatabase({ durable: false }, async (server) => {
    const sql = postgres(server.superuserUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
    const connection = connect(server.ownerUrl, { max: 1 });
    const filling = await milliseconds(() => fillHouseholds(sql, rows));
    const [{ people } = { people: 0 }] = await sql<
      { people: number }[]
    >`select count(*)::int as people from household_member`;
    say(`${rows} households with ${people} people written in ${rounded(filling / 1_000, 0)} s`);
    const now = new Date(`${DAY}T04:00:00Z`);
    const [rules, parameters] = [
      await rulesInForce(connection.db, now),
      await parametersAt(connection.db, now),
    ];
    const asked = { day: DAY, parameters };
    const ruled = rules.flatMap(({ number, rule }) => (rule === null ? [] : [{ number, rule }]));
    await connection.close();

    // Counts the last column, so that every row is read as the refresh must read it: bare rows would be
    // counted from an index alone, in half the time.
    const raw = () =>
      sql.unsafe(
        `select count(hf.rural_family_planning), sum(m.carers) from household_facts hf
         left join (select household_id, count(cares_for_someone) as carers from household_member group by household_id) m on m.household_id = hf.household_id`,
      );
    const full = () =>
      sql.unsafe(
        `select count(*), sum(cardinality(likely)), sum(cardinality(maybe)) from (${screeningSql(rules, asked)}) s`,
      );
    const times = { raw: [] as number[], full: [] as number[] };
    await raw();
    for (let round = 0; round < ROUNDS; round += 1) {
      times.raw.push(await milliseconds(raw));
      times.full.push(await milliseconds(full));
    }

    const [rawMs, fullMs] = [median(times.raw), median(times.full)];
    say(
      `raw scan ${rounded(rawMs, 0)} ms, full refresh of ${ruled.length} rules ${rounded(fullMs, 0)} ms (${times.full.map((time) => rounded(time, 0)).join(", ")})`,
    );

    const previews: number[] = [];
    for (const { rule } of ruled)
      previews.push(await medianOf(() => sql.unsafe(previewSql(rule, "nobody", asked))));
    const mean = previews.reduce((sum, time) => sum + time, 0) / previews.length;
    say(
      `one rule alone: median ${rounded(median(previews), 0)} ms, mean ${rounded(mean, 0)} ms, slowest ${rounded(percentile(previews, 1), 0)} ms`,
    );

    const sample = await someFacts(sql);
    const closures = ruled.map(({ rule }) => compileRule(rule, parameters));
    const translated = ruled.map(({ rule }) => asJsonLogic(rule, parameters));
    let likely = 0;
    const byClosures =
      (await bestOf(() => {
        for (const facts of sample) for (const test of closures) if (test(facts) === true) likely += 1;
      })) *
      (1_000 / sample.length);
    let theirs = 0;
    const byJsonLogic =
      (await bestOf(() => {
        for (const facts of sample)
          for (const rule of translated) if (jsonLogic.apply(rule, facts) === true) theirs += 1;
      })) *
      (1_000 / sample.length);
    say(
      `one household against ${ruled.length} rules: ${rounded(byClosures, 1)} µs by closures (three values), ${rounded(byJsonLogic, 0)} µs by json-logic-js (two values)`,
    );
    if (likely === 0 || theirs === 0)
      throw new Error("nobody was likely for anything: the facts or the rules are not what they should be");
    await sql.end();
    return {
      ratio: rounded(fullMs / rawMs, 1),
      means:
        "full refresh of all households in one SQL pass, over a raw scan of the same rows; lower is better, 16 at most",
      households: rows,
      rules: ruled.length,
      fullRefreshMs: rounded(fullMs, 0),
      rawScanMs: rounded(rawMs, 0),
      previewOverRefresh: rounded(median(previews) / fullMs, 4),
      meanPreviewOverRefresh: rounded(mean / fullMs, 4),
      slowestPreviewOverRefresh: rounded(percentile(previews, 1) / fullMs, 4),
      householdMicroseconds: rounded(byClosures, 1),
      jsonLogicOverClosures: rounded(byJsonLogic / byClosures, 1),
    };
  });
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await milliseconds(work));
  return median(times);
}

async function bestOf(work: () => void): Promise<number> {
  const times: number[] = [];
  const once = () => {
    work();
    return Promise.resolve();
  };

  for (let round = 0; round < 5; round += 1) times.push(await milliseconds(once));
  return Math.min(...times);
}

/** Facts of some households as the portal reads them. */
async function someFacts(sql: postgres.Sql): Promise<Facts[]> {
  const camel = (row: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        value instanceof Date ? value.toISOString().slice(0, 10) : value,
      ]),
    );
  const households = (await sql.unsafe(`select * from household_facts limit ${ASKED_IN_JS}`)).map(
    (row) => camel(row as Record<string, unknown>) as unknown as typeof householdFacts.$inferSelect,
  );
  const members = (
    await sql.unsafe(
      `select hm.* from household_member hm join (select household_id from household_facts limit ${ASKED_IN_JS}) hf using (household_id)`,
    )
  ).map((row) => camel(row as Record<string, unknown>) as unknown as typeof householdMembers.$inferSelect);
  const byHousehold = grouped(members);
  return households.map((row) => factsFromRows(number(row), byHousehold.get(row.householdId) ?? [], DAY));
}

/** Amounts come as text from this driver. */
const number = (row: typeof householdFacts.$inferSelect) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      name.endsWith("Fen") && value !== null ? Number(value) : value,
    ]),
  ) as typeof row;

function grouped(
  members: readonly (typeof householdMembers.$inferSelect)[],
): Map<string, (typeof householdMembers.$inferSelect)[]> {
  const found = new Map<string, (typeof householdMembers.$inferSelect)[]>();
  for (const member of members)
    found.set(member.householdId, [...(found.get(member.householdId) ?? []), member]);
  return found;
}

/** The same rule in JsonLogic's own form; it knows two values only, so it has less to do. */
function asJsonLogic(rule: Rule | MemberRule, parameters: Parameters, scope = "household."): unknown {
  if ("all" in rule) return { and: rule.all.map((part) => asJsonLogic(part, parameters, scope)) };
  if ("any" in rule) return { or: rule.any.map((part) => asJsonLogic(part, parameters, scope)) };
  if ("not" in rule) return { "!": asJsonLogic(rule.not, parameters, scope) };
  if ("some" in rule) return { some: [{ var: "members" }, asJsonLogic(rule.some, parameters, "")] };
  if ("ask" in rule) return false;
  return leafLogic(rule, parameters, scope);
}

function leafLogic(leaf: Leaf, parameters: Parameters, scope: string): unknown {
  const value = { var: `${scope}${leaf.fact}` };
  if ("is" in leaf) return { "==": [value, leaf.is] };
  if ("in" in leaf) return { in: [value, leaf.in] };
  const operator = { at_least: ">=", over: ">", at_most: "<=", under: "<" }[leaf.compare];
  const bound = leaf.compare === "at_least" || leaf.compare === "over" ? "min" : "max";
  return { [operator]: [{ var: `${scope}${leaf.fact}.${bound}` }, amountOf(leaf.to, parameters)] };
}
