import { setImmediate as breath } from "node:timers/promises";
import { and, asc, desc, eq, inArray, lte, sql } from "drizzle-orm";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { compileRule } from "~/domain/rules/compile";
import type { Parameters } from "~/domain/rules/evaluate";
import type { Facts } from "~/domain/rules/facts";
import { BenefitAmountShape, RuleShape } from "~/domain/rules/ruleShape";
import type { ItemRule } from "~/domain/rules/screen";
import { listItems, listParameters, listRules } from "~db/schema/directory";
import { PARAMETER_CODES, type ParameterCode } from "~db/schema/factVocabulary";

export type RuleInForce = ItemRule &
  Readonly<{ itemCode: string; number: number; edition: number; inFinder: boolean }>;

const RULES_AT_ONCE = 50;

/** Of the approved editions of each published item, or of these alone, the one whose day came last. */
const editionsInForce = (db: Database | Transaction, at: Date, itemCodes?: readonly string[]) =>
  db
    .selectDistinctOn([listRules.itemCode], {
      itemCode: listRules.itemCode,
      number: listItems.number,
      inFinder: listItems.inFinder,
      edition: listRules.edition,
      kind: listRules.kind,
      rule: listRules.rule,
      amount: listRules.amount,
    })
    .from(listRules)
    .innerJoin(listItems, and(eq(listItems.code, listRules.itemCode), eq(listItems.state, "published")))
    .where(
      and(
        eq(listRules.state, "approved"),
        lte(listRules.effectiveFrom, at),
        itemCodes && inArray(listRules.itemCode, [...itemCodes]),
      ),
    )
    .orderBy(asc(listRules.itemCode), desc(listRules.effectiveFrom), desc(listRules.edition));

/** Of what kind the rule in force of each published item is. */
export async function ruleKindsInForce(
  db: Database | Transaction,
  at: Date,
): Promise<ReadonlyMap<string, RuleInForce["kind"]>> {
  const rows = await editionsInForce(db, at);
  return new Map(rows.map(({ itemCode, kind }) => [itemCode, kind]));
}

/**
 * The rule of every published item, or of these alone, that is in force at that moment. Stored expressions
 * are read through their shapes again, so that nothing reaches the engine that a form would not have taken.
 */
export async function rulesInForce(
  db: Database | Transaction,
  at: Date,
  itemCodes?: readonly string[],
): Promise<RuleInForce[]> {
  const read: RuleInForce[] = [];

  for (const { rule, amount, ...row } of await editionsInForce(db, at, itemCodes)) {
    read.push({
      ...row,
      rule: rule === null ? null : RuleShape.parse(rule),
      amount: amount === null ? null : BenefitAmountShape.parse(amount),
    });

    // Reading all of them at once would keep every page waiting.
    if (read.length % RULES_AT_ONCE === 0) await breath();
  }

  return read;
}

async function valuesAt(db: Database | Transaction, at: Date): Promise<ReadonlyMap<ParameterCode, number>> {
  const rows = await db
    .selectDistinctOn([listParameters.code], { code: listParameters.code, value: listParameters.value })
    .from(listParameters)
    .where(and(eq(listParameters.state, "approved"), lte(listParameters.validFrom, at)))
    .orderBy(asc(listParameters.code), desc(listParameters.validFrom), desc(listParameters.createdAt));
  return new Map(rows.map((row) => [row.code, row.value]));
}

/**
 * Whether everything that rules compare with had a value at that moment. Once it has, it always will: values
 * are never taken back.
 */
export async function hasParametersAt(db: Database | Transaction, at: Date): Promise<boolean> {
  const values = await valuesAt(db, at);
  return PARAMETER_CODES.every((code) => values.has(code));
}

/**
 * The dated values in force at that moment. @throws when a value that rules use has none: set-up is
 * incomplete
 */
export async function parametersAt(db: Database | Transaction, at: Date): Promise<Parameters> {
  const values = await valuesAt(db, at);
  const entries = PARAMETER_CODES.map((code): [ParameterCode, number] => {
    const value = values.get(code);
    if (value === undefined) throw new Error(`no value of ${code} is in force`);
    return [code, value];
  });
  return Object.fromEntries(entries) as Parameters;
}

const ofRules = (at: Date) => sql`
  (select count(*) from list_rule where state = 'approved' and effective_from <= ${at.toISOString()}),
  (select count(*) from list_parameter where state = 'approved' and valid_from <= ${at.toISOString()})`;

/** What changes when an item's texts, a rule or a dated value does, by a change or by its day. */
export async function listsVersion(db: Database | Transaction, at: Date): Promise<string> {
  const [row] = await db.execute<{ version: string }>(
    sql`select concat_ws(':', (select count(*) || '.' || coalesce(sum(version), 0) from list_item), ${ofRules(at)}) as version`,
  );
  return row?.version ?? "";
}

/** The same of what screening reads: which items are published, their rules and the dated values. */
export async function rulesVersion(db: Database | Transaction, at: Date): Promise<string> {
  const [row] = await db.execute<{ version: string }>(
    sql`select concat_ws(':', (select md5(string_agg(number::text, ' ' order by number)) from list_item where state = 'published' and in_finder), ${ofRules(at)}) as version`,
  );
  return row?.version ?? "";
}

export type ListsInForce = Readonly<{
  rules: readonly RuleInForce[];
  parameters: Parameters;
  screen: (facts: Facts) => Readonly<{ likely: number[]; maybe: number[] }>;
}>;

const kept = new WeakMap<Database, { version: string; lists: ListsInForce }>();

/**
 * Rules and dated values in force now, of what the city took into the finder; read and compiled anew only
 * when something of them changed.
 */
export async function listsInForce(
  tx: Database | Transaction,
  ctx: Pick<UseCaseContext, "db" | "now">,
): Promise<ListsInForce> {
  const version = await rulesVersion(tx, ctx.now());
  const known = kept.get(ctx.db);
  if (known?.version === version) return known.lists;
  const rules = (await rulesInForce(tx, ctx.now())).filter(({ inFinder }) => inFinder);
  const parameters = await parametersAt(tx, ctx.now());
  const compiled = rules.flatMap(({ number, rule }) =>
    rule === null ? [] : [{ number, test: compileRule(rule, parameters) }],
  );

  const screen = (facts: Facts) => {
    const likely: number[] = [];
    const maybe: number[] = [];

    for (const { number, test } of compiled) {
      const answer = test(facts);
      if (answer === true) likely.push(number);
      if (answer === null) maybe.push(number);
    }

    return { likely, maybe };
  };

  const lists = { rules, parameters, screen };
  kept.set(ctx.db, { version, lists });
  return lists;
}
