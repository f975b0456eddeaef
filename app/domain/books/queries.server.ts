import { and, asc, eq, gt, like, sql } from "drizzle-orm";
import { holds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { moneyEntries, moneyTransfers } from "~db/schema/books";
import { gifts } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";

const PAGE = 50;

/** Books are read by finance, audit and the city. */
export function requireBookReader(ctx: UseCaseContext): void {
  if (ctx.actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
  if (!(["finance", "auditor", "operator"] as const).some((role) => holds(ctx.actor, role))) throw new DomainError("NOT_ALLOWED");
}

const entryRows = (ctx: UseCaseContext) =>
  ctx.db
    .select({
      entry: moneyEntries,
      amountFen: moneyTransfers.amountFen,
      from: moneyTransfers.fromAccount,
      to: moneyTransfers.toAccount,
      giftCode: gifts.code,
      needCode: needs.code,
    })
    .from(moneyEntries)
    .innerJoin(moneyTransfers, and(eq(moneyTransfers.entryId, moneyEntries.id), eq(moneyTransfers.half, "what_for")))
    .leftJoin(gifts, eq(gifts.id, moneyEntries.giftId))
    .leftJoin(needLines, eq(needLines.id, moneyEntries.lineId))
    .leftJoin(needs, eq(needs.id, needLines.needId));

/** A page of the money book, oldest first, by key. */
export async function moneyBook(ctx: UseCaseContext, after?: string) {
  requireBookReader(ctx);
  const rows = await entryRows(ctx)
    .where(after === undefined ? undefined : gt(moneyEntries.id, after))
    .orderBy(asc(moneyEntries.id))
    .limit(PAGE + 1);
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? rows[PAGE - 1]?.entry.id : undefined };
}

/** The whole money book for the accountant. */
export function wholeMoneyBook(ctx: UseCaseContext) {
  requireBookReader(ctx);
  return entryRows(ctx).orderBy(asc(moneyEntries.id));
}

/** What the funds received, have free, have bound, spent and gave back: summed from the book. */
export async function moneyTotals(ctx: UseCaseContext) {
  const sumTo = (purpose: string) =>
    sql<string>`coalesce(sum(${moneyTransfers.amountFen}) filter (where ${like(moneyTransfers.toAccount, `fund:%:${purpose}`)}), 0) - coalesce(sum(${moneyTransfers.amountFen}) filter (where ${like(moneyTransfers.fromAccount, `fund:%:${purpose}`)}), 0)`;
  const [row] = await ctx.db
    .select({ received: sumTo("received"), available: sumTo("available"), committed: sumTo("committed"), spent: sumTo("spent"), refunded: sumTo("refunded") })
    .from(moneyTransfers)
    .where(eq(moneyTransfers.half, "what_for"));
  const amount = (value: string | undefined) => BigInt(value ?? 0);
  return { received: -amount(row?.received), available: amount(row?.available), committed: amount(row?.committed), spent: amount(row?.spent), refunded: amount(row?.refunded) };
}
