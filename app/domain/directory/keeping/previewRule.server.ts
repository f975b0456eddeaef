import { asc, between, gt } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { householdFacts, householdMembers } from "~db/schema/screening";
import { parametersAt } from "../inForce.server";
import { compileRule } from "../rules/compile";
import type { Parameters } from "../rules/evaluate";
import type { Facts } from "../rules/facts";
import { verdictOf, type ItemRule, type Verdict } from "../rules/screen";
import { factsFromRows, type HouseholdMemberRow } from "../screening/factsRows";
import { requireKeeper } from "./keeper.server";
import { bodyOf, editionInForce } from "./openRule.server";

const PAGE = 1_000;
/** Counts of fewer people are not told (domain 4, 6). */
const LEAST_COUNT = 5;

/** How many households a rule would concern otherwise than the edition in force; null is "fewer than five". */
export type RulePreview = Readonly<{ known: number | null; added: number | null; dropped: number | null; newlyMaybe: number | null }>;

/**
 * What a rule would change, counted over all households of which facts are known, with today's values and ages: how many it
 * adds to "likely", drops from it, and newly makes "maybe" of a "not". An entry open to everyone counts as likely for all, one
 * that says "ask" for nobody.
 * @throws {DomainError} NOT_ALLOWED
 */
export async function previewRule(ctx: UseCaseContext, itemCode: string, rule: Pick<ItemRule, "kind" | "rule">): Promise<RulePreview> {
  requireKeeper(ctx);
  const [inForce, parameters] = await Promise.all([editionInForce(ctx.db, itemCode, ctx.now()), parametersAt(ctx.db, ctx.now())]);
  const before = verdicts(inForce ? bodyOf(inForce) : { kind: "ask", rule: null }, parameters);
  const after = verdicts(rule, parameters);
  const counts = { known: 0, added: 0, dropped: 0, newlyMaybe: 0 };
  for await (const facts of allFacts(ctx)) {
    const [was, becomes] = [before(facts), after(facts)];
    counts.known += 1;
    if (becomes === "likely" && was !== "likely") counts.added += 1;
    if (was === "likely" && becomes !== "likely") counts.dropped += 1;
    if (becomes === "maybe" && was === "not") counts.newlyMaybe += 1;
  }
  const told = (count: number) => (count < LEAST_COUNT ? null : count);
  return { known: told(counts.known), added: told(counts.added), dropped: told(counts.dropped), newlyMaybe: told(counts.newlyMaybe) };
}

function verdicts({ kind, rule }: Pick<ItemRule, "kind" | "rule">, parameters: Parameters): (facts: Facts) => Verdict {
  if (kind !== "rule" || rule === null) return () => (kind === "everyone" ? "likely" : "not");
  const answer = compileRule(rule, parameters);
  return (facts) => verdictOf(answer(facts));
}

/** The facts of every household, a page at a time in the order of their ids. */
async function* allFacts(ctx: UseCaseContext): AsyncGenerator<Facts> {
  const day = shanghaiDay(ctx.now());
  for (let after: string | undefined; ;) {
    const rows = await ctx.db
      .select()
      .from(householdFacts)
      .where(after === undefined ? undefined : gt(householdFacts.householdId, after))
      .orderBy(asc(householdFacts.householdId))
      .limit(PAGE);
    const [first, last] = [rows.at(0), rows.at(-1)];
    if (!first || !last) return;
    const members = await ctx.db
      .select()
      .from(householdMembers)
      .where(between(householdMembers.householdId, first.householdId, last.householdId));
    const membersOf = new Map<string, HouseholdMemberRow[]>();
    for (const member of members) membersOf.set(member.householdId, [...(membersOf.get(member.householdId) ?? []), member]);
    for (const row of rows) yield factsFromRows(row, membersOf.get(row.householdId) ?? [], day);
    after = last.householdId;
  }
}
