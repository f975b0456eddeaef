import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { holds, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { moneyEntries, type MoneyEntryKind } from "~db/schema/books";
import { gifts } from "~db/schema/giving";
import { programmes } from "~db/schema/organisations";
import { requireBookReader } from "./reader.server";

/** Accounting days (Asia/Shanghai), both inclusive; without any of these the whole book. */
export type MoneyFilter = Readonly<{
  programmeId?: string | undefined;
  kind?: MoneyEntryKind | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Code of a gift. */
  gift?: string | undefined;
}>;

/**
 * Finance reads the funds of its own charity, the city and the auditors all of them. @throws {DomainError}
 * NOT_ALLOWED
 */
export function requireReadableFunds(ctx: UseCaseContext): SQL | undefined {
  requireBookReader(ctx);
  if (holds(ctx.actor, "auditor") || holds(ctx.actor, "operator")) return undefined;
  const own = scopeIds(ctx.actor, "finance");
  return own.length === 0 ? sql`false` : inArray(programmes.charityId, own);
}

/** The fund that a filter means, among all. */
export const ofFund = ({ programmeId }: MoneyFilter) =>
  programmeId === undefined ? undefined : eq(programmes.id, programmeId);
const until = ({ to }: MoneyFilter) =>
  to === undefined ? undefined : sql`${moneyEntries.accountingDate} <= ${to}`;
const since = ({ from }: MoneyFilter) =>
  from === undefined ? undefined : sql`${moneyEntries.accountingDate} >= ${from}`;
/** Which entries of its funds a filter means; nothing where it means them all. */
export const meantBy = (filter: MoneyFilter) =>
  and(
    since(filter),
    until(filter),
    filter.kind === undefined ? undefined : eq(moneyEntries.kind, filter.kind),
    filter.gift === undefined ? undefined : eq(gifts.code, filter.gift),
  );
/** Which entries a filter means. */
export const matches = (filter: MoneyFilter) => and(ofFund(filter), meantBy(filter));
