import { and, eq, gte, sql } from "drizzle-orm";
import { actorId } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { occurred, shanghaiDay } from "~/domain/kernel/time";
import {
  moneyAccounts,
  moneyEntries,
  type MoneyEntryKind,
  type MoneyHalf,
  moneyTransfers,
} from "~db/schema/books";
import { programmes } from "~db/schema/organisations";
import {
  codeOf,
  type MoneyAccount,
  moneyAccountOf,
  type MoneyPurpose,
  type OutsideAccount,
} from "./accounts";

type Side = OutsideAccount | "cash";
type Posting = Readonly<{ where?: readonly [Side, Side]; whatFor: readonly [MoneyPurpose, MoneyPurpose] }>;

/**
 * Every kind of entry and the accounts it moves between: where the money is, and what it is for.
 * `top_up` is what the charity adds out of its own means where a thing cost more than was paid for it.
 */
export const POSTINGS: Readonly<Record<Exclude<MoneyEntryKind, "reverse">, Posting>> = {
  receive: { where: ["donor", "cash"], whatFor: ["received", "available"] },
  commit: { whatFor: ["available", "committed"] },
  uncommit: { whatFor: ["committed", "available"] },
  spend: { where: ["cash", "payee"], whatFor: ["committed", "spent"] },
  top_up: { where: ["charity", "payee"], whatFor: ["received", "spent"] },
  refund: { where: ["cash", "donor"], whatFor: ["available", "refunded"] },
};

type Source = Readonly<{ type: string; id: string }>;

export type MoneyEvent = Readonly<{
  kind: Exclude<MoneyEntryKind, "reverse">;
  /** What caused it; the same source posts a kind once. */
  source: Source;
  programmeId: string;
  amountFen: bigint;
  giftId?: string;
  lineId?: string;
  approverId?: string;
  occurredAt?: Date;
}>;

type Entry = typeof moneyEntries.$inferSelect;
type Transfer = Readonly<{ half: MoneyHalf; from: MoneyAccount; to: MoneyAccount; amountFen: bigint }>;

/** The purposes whose sum is kept on the fund itself. */
const STORED: Readonly<Partial<Record<MoneyPurpose, "availableFen" | "committedFen">>> = {
  available: "availableFen",
  committed: "committedFen",
};

/**
 * Writes one event into the money book: one numbered entry of balanced transfers. The fund's free and bound
 * money never fall below zero. Entries of one fund are written one after another. Safe to repeat and to race:
 * one source has one entry of a kind.
 *
 * @returns false when this source posted this kind already: nothing was written, and that is no fault
 * @throws {DomainError} FUND_EXHAUSTED, IN_THE_FUTURE
 */
export async function postMoney(tx: Transaction, ctx: UseCaseContext, event: MoneyEvent): Promise<boolean> {
  const fund = await lockFund(tx, event.programmeId);
  const { where, whatFor } = POSTINGS[event.kind];
  const at = (side: Side): MoneyAccount =>
    side === "cash" ? { kind: "cash", charityId: fund.charityId } : { kind: "outside", who: side };
  const heldFor = (purpose: MoneyPurpose): MoneyAccount => ({ kind: "fund", programmeId: fund.id, purpose });
  const { amountFen } = event;
  return write(tx, ctx, fund, { ...event, reversesId: null }, [
    { half: "what_for", from: heldFor(whatFor[0]), to: heldFor(whatFor[1]), amountFen },
    ...(where ? [{ half: "where" as const, from: at(where[0]), to: at(where[1]), amountFen }] : []),
  ]);
}

/**
 * Takes an entry back by its exact mirror, dated today: what is written stays written. An entry is reversed
 * once, and a reversal is never reversed itself (post the event anew instead).
 *
 * @returns false when this source did so already
 * @throws {DomainError} NOT_FOUND, WRONG_STATE for a reversal or an entry reversed by another source,
 *   FUND_EXHAUSTED when its money has gone on meanwhile
 */
export async function reverseMoney(
  tx: Transaction,
  ctx: UseCaseContext,
  { entryId, ...by }: { entryId: string; source: Source; approverId?: string },
): Promise<boolean> {
  const [entry] = await tx.select().from(moneyEntries).where(eq(moneyEntries.id, entryId));
  if (!entry) throw new DomainError("NOT_FOUND");
  if (entry.kind === "reverse") throw new DomainError("WRONG_STATE", { state: entry.kind, event: "reverse" });
  const fund = await lockFund(tx, entry.programmeId);
  const [earlier] = await tx.select().from(moneyEntries).where(eq(moneyEntries.reversesId, entryId));
  if (earlier && (earlier.sourceType !== by.source.type || earlier.sourceId !== by.source.id))
    throw new DomainError("WRONG_STATE", { state: "reversed", event: "reverse" });
  const transfers = await tx.select().from(moneyTransfers).where(eq(moneyTransfers.entryId, entryId));
  return write(
    tx,
    ctx,
    fund,
    { ...by, kind: "reverse", giftId: entry.giftId, lineId: entry.lineId, reversesId: entryId },
    transfers.map(({ half, fromAccount, toAccount, amountFen }) => ({
      half,
      from: moneyAccountOf(toAccount),
      to: moneyAccountOf(fromAccount),
      amountFen,
    })),
  );
}

type Fund = Readonly<{ id: string; charityId: string; entries: bigint }>;

/**
 * Whoever writes into a fund queues here, so that numbers have no gaps and their order is the order in which
 * money moved.
 */
async function lockFund(tx: Transaction, programmeId: string): Promise<Fund> {
  const { id, charityId, entries } = programmes;
  const [fund] = await tx
    .select({ id, charityId, entries })
    .from(programmes)
    .where(eq(programmes.id, programmeId))
    .for("update");
  if (!fund) throw new DomainError("NOT_FOUND");
  return fund;
}

type Facts = Pick<Entry, "kind" | "reversesId"> &
  Readonly<{
    source: Source;
    giftId?: string | null;
    lineId?: string | null;
    approverId?: string;
    occurredAt?: Date;
  }>;

async function write(
  tx: Transaction,
  ctx: UseCaseContext,
  fund: Fund,
  facts: Facts,
  transfers: readonly Transfer[],
): Promise<boolean> {
  const sameSource = and(
    eq(moneyEntries.sourceType, facts.source.type),
    eq(moneyEntries.sourceId, facts.source.id),
    eq(moneyEntries.kind, facts.kind),
  );
  const [posted] = await tx.select({ id: moneyEntries.id }).from(moneyEntries).where(sameSource);
  if (posted) return false;

  const occurredAt = occurred(ctx.now(), facts.occurredAt);
  const entryId = ctx.newId();
  for (const transfer of transfers) if (transfer.half === "what_for") await moveFund(tx, fund, transfer);
  await tx.insert(moneyEntries).values({
    id: entryId,
    kind: facts.kind,
    sourceType: facts.source.type,
    sourceId: facts.source.id,
    programmeId: fund.id,
    number: fund.entries + 1n,
    giftId: facts.giftId ?? null,
    lineId: facts.lineId ?? null,
    reversesId: facts.reversesId,
    accountingDate: shanghaiDay(occurredAt),
    actorId: actorId(ctx.actor),
    approverId: facts.approverId ?? null,
    occurredAt,
    recordedAt: ctx.now(),
  });

  const accounts = transfers.flatMap(({ half, from, to }) => [
    { code: codeOf(from), half },
    { code: codeOf(to), half },
  ]);
  await tx.insert(moneyAccounts).values(accounts).onConflictDoNothing();
  const rows = transfers.map(({ from, to, ...transfer }) => ({
    ...transfer,
    entryId,
    fromAccount: codeOf(from),
    toAccount: codeOf(to),
  }));
  await tx.insert(moneyTransfers).values(rows);
  return true;
}

const storedFor = (account: MoneyAccount) => (account.kind === "fund" ? STORED[account.purpose] : undefined);

/** Counts the entry and moves the fund's stored amounts, in one conditional UPDATE. */
async function moveFund(tx: Transaction, fund: Fund, { from, to, amountFen }: Transfer): Promise<void> {
  const less = storedFor(from);
  const more = storedFor(to);
  const moved = await tx
    .update(programmes)
    .set({
      entries: fund.entries + 1n,
      ...(less ? { [less]: sql`${programmes[less]} - ${amountFen}` } : {}),
      ...(more ? { [more]: sql`${programmes[more]} + ${amountFen}` } : {}),
    })
    .where(and(eq(programmes.id, fund.id), less ? gte(programmes[less], amountFen) : undefined))
    .returning({ id: programmes.id });
  if (moved.length === 0) throw new DomainError("FUND_EXHAUSTED");
}
