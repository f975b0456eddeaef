import { sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { parametersAt } from "~/domain/lists/inForce.server";
import { type Likely, previewSql } from "~/domain/rules/previewSql";
import type { ItemRule } from "~/domain/rules/screen";
import { householdFacts } from "~db/schema/screening";
import { requireListKeeper } from "./listKeeper.server";
import { bodyOf, editionInForce } from "./openRule.server";

/** Counts of fewer people are not told. */
const LEAST_COUNT = 5;

/**
 * How many households a rule would concern otherwise than the edition in force; null is "fewer than five".
 */
export type RulePreview = Readonly<{ known: number | null; added: number | null; dropped: number | null }>;

type Edition = Pick<ItemRule, "kind" | "rule">;

/**
 * What a rule would change, counted over all households of which facts are known, with today's values and
 * ages: how many it adds to "likely" and drops from it. An item open to everyone counts as likely for all,
 * one that says "ask" for nobody.
 * @throws {DomainError} NOT_ALLOWED
 */
export async function previewRule(
  ctx: UseCaseContext,
  itemCode: string,
  edition: Edition,
): Promise<RulePreview> {
  requireListKeeper(ctx);
  const [inForce, parameters] = await Promise.all([
    editionInForce(ctx.db, itemCode, ctx.now()),
    parametersAt(ctx.db, ctx.now()),
  ]);
  const before = inForce ? likelyOf(bodyOf(inForce)) : "nobody";
  const asked = { day: shanghaiDay(ctx.now()), parameters };
  const [[row], known] = await Promise.all([
    ctx.db.execute<{ added: number; dropped: number }>(sql.raw(previewSql(likelyOf(edition), before, asked))),
    ctx.db.$count(householdFacts),
  ]);
  const told = (count: number | undefined) => (count === undefined || count < LEAST_COUNT ? null : count);
  return { known: told(known), added: told(row?.added), dropped: told(row?.dropped) };
}

const likelyOf = ({ kind, rule }: Edition): Likely => (kind === "everyone" ? "everyone" : (rule ?? "nobody"));
