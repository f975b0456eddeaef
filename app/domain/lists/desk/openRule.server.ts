import { and, desc, eq, inArray, lte } from "drizzle-orm";
import type { Database, Transaction } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { RuleBody } from "~/domain/rules/ruleShape";
import { listRules } from "~db/schema/directory";
import { journal } from "~db/schema/journal";

export type RuleRow = typeof listRules.$inferSelect;

/** What an edition says, read through its shape again. */
export const bodyOf = ({
  kind,
  rule,
  amount,
  cases,
}: Pick<RuleRow, "kind" | "rule" | "amount" | "cases">): RuleBody =>
  RuleBody.parse({ kind, rule, amount, cases });

/** The edition that somebody is writing or has tested: at most one of an item. */
export async function openEdition(
  db: Database | Transaction,
  itemCode: string,
): Promise<RuleRow | undefined> {
  const [row] = await db
    .select()
    .from(listRules)
    .where(and(eq(listRules.itemCode, itemCode), inArray(listRules.state, ["draft", "tested"])));
  return row;
}

/** The same where there must be one. @throws {DomainError} NOT_FOUND */
export async function needOpenEdition(tx: Transaction, itemCode: string): Promise<RuleRow> {
  const row = await openEdition(tx, itemCode);
  if (!row) throw new DomainError("NOT_FOUND");
  return row;
}

/** The edition in force at that moment, whatever the state of its item. */
export async function editionInForce(
  db: Database | Transaction,
  itemCode: string,
  at: Date,
): Promise<RuleRow | undefined> {
  const [row] = await db
    .select()
    .from(listRules)
    .where(
      and(
        eq(listRules.itemCode, itemCode),
        eq(listRules.state, "approved"),
        lte(listRules.effectiveFrom, at),
      ),
    )
    .orderBy(desc(listRules.effectiveFrom), desc(listRules.edition))
    .limit(1);
  return row;
}

/** Whether somebody took any step in writing this edition, also when another person changed it after them. */
export async function hasWrittenRule(
  db: Database | Transaction,
  row: RuleRow,
  userId: string,
): Promise<boolean> {
  if (row.draftedBy === userId) return true;
  const steps = await db
    .select({ event: journal.event })
    .from(journal)
    .where(and(eq(journal.entity, "list_rule"), eq(journal.entityId, row.id), eq(journal.actorId, userId)));
  return steps.some(({ event }) => event === "list_rule.start" || event === "list_rule.edit");
}
