import { and, asc, desc, eq, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { pageOf } from "~/domain/kernel/page";
import { moneyEntries, moneyTransfers } from "~db/schema/books";
import { gifts } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { charities, programmes } from "~db/schema/organisations";
import { matches, meantBy, type MoneyFilter, ofFund, requireReadableFunds } from "./moneyFilter.server";

const PAGE = 50;

const purpose = alias(moneyTransfers, "purpose");
const place = alias(moneyTransfers, "place");

/**
 * The last part of an account: what a reader needs beside the fund and the charity, which have their own
 * columns.
 */
const shortPurpose = (account: PgColumn) => sql<string>`split_part(${account}, ':', 3)`;
const shortPlace = (account: PgColumn) =>
  sql<string | null>`case when ${account} like 'cash:%' then 'cash' else ${account} end`;

/** What an entry adds to an account of its fund (or takes from it). */
const change = (to: SQL, from: SQL, name: string) =>
  sql`case when ${to} = ${name} then ${purpose.amountFen} when ${from} = ${name} then -${purpose.amountFen} else 0 end`;
const placeChange = (name: string) =>
  change(shortPlace(place.toAccount), shortPlace(place.fromAccount), name);
const purposeChange = (name: string) =>
  change(shortPurpose(purpose.toAccount), shortPurpose(purpose.fromAccount), name);
const wholeOf = (value: SQL) => sql`${value}`.mapWith((text: string) => BigInt(text));
const sumOf = (value: SQL) => wholeOf(sql`coalesce(sum(${value}), 0)`);
/** An entry as page and file name it. */
const ENTRY = {
  id: moneyEntries.id,
  kind: moneyEntries.kind,
  number: moneyEntries.number,
  accountingDate: moneyEntries.accountingDate,
} as const;

/** What the accountant's file says of it besides: what caused it, who wrote and approved it. */
const OF_FILE = {
  reversesId: moneyEntries.reversesId,
  sourceType: moneyEntries.sourceType,
  sourceId: moneyEntries.sourceId,
  actorId: moneyEntries.actorId,
  approverId: moneyEntries.approverId,
  occurredAt: moneyEntries.occurredAt,
  recordedAt: moneyEntries.recordedAt,
} as const;

const shown = {
  entry: ENTRY,
  amountFen: purpose.amountFen,
  from: shortPurpose(purpose.fromAccount),
  to: shortPurpose(purpose.toAccount),
  placeFrom: shortPlace(place.fromAccount),
  placeTo: shortPlace(place.toAccount),
  giftCode: gifts.code,
  needCode: needs.code,
  programme: {
    id: programmes.id,
    filingNumber: programmes.filingNumber,
    nameHans: programmes.nameHans,
    nameHant: programmes.nameHant,
    nameEn: programmes.nameEn,
  },
  creditCode: charities.creditCode,
};

const entryRows = <
  More extends Readonly<Record<string, SQL | Readonly<Record<string, SQL<bigint> | PgColumn>>>>,
>(
  ctx: UseCaseContext,
  more: More,
) =>
  ctx.db
    .select({ ...shown, ...more })
    .from(moneyEntries)
    .innerJoin(programmes, eq(programmes.id, moneyEntries.programmeId))
    .innerJoin(charities, eq(charities.id, programmes.charityId))
    .innerJoin(purpose, and(eq(purpose.entryId, moneyEntries.id), eq(purpose.half, "what_for")))
    .leftJoin(place, and(eq(place.entryId, moneyEntries.id), eq(place.half, "where")))
    .leftJoin(gifts, eq(gifts.id, moneyEntries.giftId))
    .leftJoin(needLines, eq(needLines.id, moneyEntries.lineId))
    .leftJoin(needs, eq(needs.id, needLines.needId));

/**
 * A page of the money book, newest first, by key. @throws {DomainError} NOT_ALLOWED unless finance, auditor
 * or operator
 */
export async function moneyBook(ctx: UseCaseContext, filter: MoneyFilter, before?: string) {
  const rows = await entryRows(ctx, {})
    .where(
      and(
        requireReadableFunds(ctx),
        matches(filter),
        before === undefined ? undefined : lt(moneyEntries.id, before),
      ),
    )
    .orderBy(desc(moneyEntries.id))
    .limit(PAGE + 1);
  return pageOf(rows, PAGE, (last) => last.entry.id);
}

/** How cash, free and bound money of a fund stand. */
type Standing = Readonly<{ cash: bigint; available: bigint; committed: bigint }>;
const CHANGES = {
  cash: wholeOf(placeChange("cash")),
  available: wholeOf(purposeChange("available")),
  committed: wholeOf(purposeChange("committed")),
};

/** Entries read at once: a file of any length takes neither memory nor a long statement. */
const BATCH = 200;
/** So many batches of a fund are summed in one statement, which says whether anything of them is meant. */
const BATCHES_SUMMED = 10n;

/**
 * The entries of a filter for the accountant, batch by batch: fund by fund, in the order of their numbers, up
 * to the last there was when the file began. Each row carries how cash, free and bound money of its fund
 * stood after it, summed over the whole book and not only over what the filter shows. However long the book
 * is, each statement reads a bounded number of entries; a batch may be empty.
 * @throws {DomainError} NOT_ALLOWED, with the first batch
 */
export async function* wholeMoneyBook(ctx: UseCaseContext, filter: MoneyFilter, batch = BATCH) {
  const funds = await ctx.db
    .select({ id: programmes.id, last: programmes.entries })
    .from(programmes)
    .where(and(requireReadableFunds(ctx), ofFund(filter)))
    .orderBy(asc(programmes.filingNumber));
  // Whoever waits for the file sees it begin, though the filter may show nothing for long.
  yield [];
  const meant = meantBy(filter);
  const [size, stretch] = [BigInt(batch), BigInt(batch) * BATCHES_SUMMED];

  for (const { id, last } of funds) {
    const numbered = (from: bigint, to: bigint) =>
      and(
        eq(moneyEntries.programmeId, id),
        gte(moneyEntries.number, from),
        lt(moneyEntries.number, to),
        lte(moneyEntries.number, last),
      );
    let after = { cash: 0n, available: 0n, committed: 0n };

    for (let from = 1n; from <= last; from += stretch) {
      const unmeant = meant && (await movedUnmeant(ctx, numbered(from, from + stretch), meant));

      if (unmeant) {
        after = plus(after, unmeant);
        yield [];
        continue;
      }

      for (let at = from; at < from + stretch && at <= last; at += size) {
        const rows = await entriesWith(ctx, meant)
          .where(numbered(at, at + size))
          .orderBy(asc(moneyEntries.number));

        yield rows.flatMap(({ moved: byThis, isMeant, ...row }) => {
          after = plus(after, byThis);
          return isMeant ? [{ ...row, after }] : [];
        });
      }
    }
  }
}

const plus = (one: Standing, other: Standing): Standing => ({
  cash: one.cash + other.cash,
  available: one.available + other.available,
  committed: one.committed + other.committed,
});

/** Entries as the file names them, with what each moved and whether the filter means it. */
const entriesWith = (ctx: UseCaseContext, meant: SQL | undefined) =>
  entryRows(ctx, {
    origin: OF_FILE,
    moved: CHANGES,
    isMeant: sql<boolean>`coalesce(${meant ?? sql`true`}, false)`,
  });

/** What the entries chosen moved in all, where the filter means none of them; undefined where it does. */
async function movedUnmeant(
  ctx: UseCaseContext,
  chosen: SQL | undefined,
  meant: SQL,
): Promise<Standing | undefined> {
  const [row] = await ctx.db
    .select({
      cash: sumOf(placeChange("cash")),
      available: sumOf(purposeChange("available")),
      committed: sumOf(purposeChange("committed")),
      isMeant: sql<boolean>`coalesce(bool_or(${meant}), false)`,
    })
    .from(moneyEntries)
    .innerJoin(programmes, eq(programmes.id, moneyEntries.programmeId))
    .innerJoin(purpose, and(eq(purpose.entryId, moneyEntries.id), eq(purpose.half, "what_for")))
    .leftJoin(place, and(eq(place.entryId, moneyEntries.id), eq(place.half, "where")))
    .leftJoin(gifts, eq(gifts.id, moneyEntries.giftId))
    .where(chosen);
  return row?.isMeant === false ? row : undefined;
}

/** The funds whose book this person may read, for the filter. */
export async function readableFunds(ctx: UseCaseContext) {
  return ctx.db
    .select({
      id: programmes.id,
      filingNumber: programmes.filingNumber,
      nameHans: programmes.nameHans,
      nameHant: programmes.nameHant,
      nameEn: programmes.nameEn,
    })
    .from(programmes)
    .where(requireReadableFunds(ctx))
    .orderBy(asc(programmes.filingNumber));
}
