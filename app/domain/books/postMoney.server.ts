import { and, eq, gte, sql } from "drizzle-orm";
import { actorId } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { shanghaiDay } from "~/domain/kernel/time";
import { moneyAccounts, moneyEntries, moneyTransfers, type MoneyEntryKind, type MoneyHalf } from "~db/schema/books";
import { programmes } from "~db/schema/organisations";

type Side = "ext:donor" | "ext:payee" | "ext:fees" | "cash";
type Purpose = "received" | "available" | "committed" | "spent" | "refunded";
type Posting = Readonly<{ where?: readonly [Side, Side]; whatFor: readonly [Purpose, Purpose] }>;

/** Every kind of entry and the accounts it moves between (states.md 3.0): where the money is, and what it is for. */
export const POSTINGS: Readonly<Record<Exclude<MoneyEntryKind, "reverse">, Posting>> = {
  receive: { where: ["ext:donor", "cash"], whatFor: ["received", "available"] },
  commit: { whatFor: ["available", "committed"] },
  uncommit: { whatFor: ["committed", "available"] },
  spend: { where: ["cash", "ext:payee"], whatFor: ["committed", "spent"] },
  refund: { where: ["cash", "ext:donor"], whatFor: ["available", "refunded"] },
  fee: { where: ["cash", "ext:fees"], whatFor: ["available", "spent"] },
  return: { where: ["ext:payee", "cash"], whatFor: ["spent", "available"] },
};

export type MoneyEvent = Readonly<{
  kind: Exclude<MoneyEntryKind, "reverse">;
  /** What caused it; the same source posts a kind once. */
  source: Readonly<{ type: string; id: string }>;
  programmeId: string;
  amountFen: bigint;
  giftId?: string;
  lineId?: string;
  approverId?: string;
  occurredAt?: Date;
}>;

const STORED: Readonly<Partial<Record<Purpose, "availableFen" | "committedFen">>> = { available: "availableFen", committed: "committedFen" };

/**
 * Writes one event into the money book: one entry of balanced transfers. The fund's free and bound money are guarded by one
 * conditional UPDATE and never fall below zero.
 *
 * @returns false when this source posted this kind already: nothing was written, and that is no fault
 * @throws {DomainError} FUND_EXHAUSTED
 */
export async function postMoney(tx: Transaction, ctx: UseCaseContext, event: MoneyEvent): Promise<boolean> {
  const [programme] = await tx.select({ charityId: programmes.charityId }).from(programmes).where(eq(programmes.id, event.programmeId));
  if (!programme) throw new DomainError("NOT_FOUND");
  const occurredAt = event.occurredAt ?? ctx.now();
  const entryId = ctx.newId();
  const written = await tx
    .insert(moneyEntries)
    .values({
      id: entryId,
      kind: event.kind,
      sourceType: event.source.type,
      sourceId: event.source.id,
      programmeId: event.programmeId,
      giftId: event.giftId ?? null,
      lineId: event.lineId ?? null,
      accountingDate: shanghaiDay(occurredAt),
      actorId: actorId(ctx.actor),
      approverId: event.approverId ?? null,
      occurredAt,
      recordedAt: ctx.now(),
    })
    .onConflictDoNothing({ target: [moneyEntries.sourceType, moneyEntries.sourceId, moneyEntries.kind] })
    .returning({ id: moneyEntries.id });
  if (written.length === 0) return false;

  const posting = POSTINGS[event.kind];
  const side = (name: Side) => (name === "cash" ? `cash:${programme.charityId}` : name);
  const purpose = (name: Purpose) => `fund:${event.programmeId}:${name}`;
  const transfers: { entryId: string; half: MoneyHalf; fromAccount: string; toAccount: string; amountFen: bigint }[] = [
    { entryId, half: "what_for", fromAccount: purpose(posting.whatFor[0]), toAccount: purpose(posting.whatFor[1]), amountFen: event.amountFen },
  ];
  if (posting.where) transfers.push({ entryId, half: "where", fromAccount: side(posting.where[0]), toAccount: side(posting.where[1]), amountFen: event.amountFen });
  await tx
    .insert(moneyAccounts)
    .values(
      transfers.flatMap(({ half, fromAccount, toAccount }) => [
        { code: fromAccount, half },
        { code: toAccount, half },
      ]),
    )
    .onConflictDoNothing();
  await tx.insert(moneyTransfers).values(transfers);
  await moveFund(tx, event.programmeId, posting.whatFor, event.amountFen);
  return true;
}

async function moveFund(tx: Transaction, programmeId: string, [from, to]: readonly [Purpose, Purpose], amountFen: bigint): Promise<void> {
  const less = STORED[from];
  const more = STORED[to];
  if (!less && !more) return;
  const moved = await tx
    .update(programmes)
    .set({
      ...(less ? { [less]: sql`${programmes[less]} - ${amountFen}` } : {}),
      ...(more ? { [more]: sql`${programmes[more]} + ${amountFen}` } : {}),
    })
    .where(and(eq(programmes.id, programmeId), less ? gte(programmes[less], amountFen) : undefined))
    .returning({ id: programmes.id });
  if (moved.length === 0) throw new DomainError("FUND_EXHAUSTED");
}
