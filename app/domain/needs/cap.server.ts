import { and, asc, eq, gte, inArray, or, type SQL, sql } from "drizzle-orm";
import { samePersonAs } from "~/domain/households/lookups.server";
import { lookupsOfRecord } from "~/domain/households/renewLookups.server";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { households } from "~db/schema/households";
import { needLines, needs } from "~db/schema/needs";

type Cap = Readonly<{ over: boolean; valueFen: bigint; capFen: bigint }>;
type NeedOf = Readonly<{ id: string; householdId: string }>;
type Household = typeof households.$inferSelect;

/**
 * The cap of one household and round: this wish and what was published for the same household within the
 * round's days, divided by heads. Only reads: for a page, whose household may be known already. Who
 * acts on it asks `overCap`.
 */
export async function capOf(
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  known?: Household,
): Promise<Cap> {
  const household = known ?? (await householdOf(tx, need));
  return capFor(tx, ctx, need, household, await samePerson(tx, ctx, household));
}

/**
 * The same for whoever acts on it. Locks that person's records, so that two wishes published at once cannot
 * both stay under it.
 */
export async function overCap(tx: Transaction, ctx: UseCaseContext, need: NeedOf): Promise<Cap> {
  const household = await householdOf(tx, need);
  const theirs = await samePerson(tx, ctx, household);

  // One person may have several records: all of them are locked, in one order, so that two wishes of theirs
  // queue here.
  await tx
    .select({ id: households.id })
    .from(households)
    .where(theirs)
    .orderBy(asc(households.id))
    .for("update");

  return capFor(tx, ctx, need, household, theirs);
}

async function householdOf(tx: Transaction, need: NeedOf): Promise<Household> {
  const [household] = await tx.select().from(households).where(eq(households.id, need.householdId));
  if (!household) throw new Error("need without household");
  return household;
}

/** This record, and every other one of the same person. */
const samePerson = async (tx: Transaction, ctx: UseCaseContext, household: Household) =>
  or(eq(households.id, household.id), samePersonAs(await lookupsOfRecord(tx, ctx, household)));

async function capFor(
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  household: Household,
  theirs: SQL | undefined,
): Promise<Cap> {
  const since = plusDays(ctx.now(), -(await limit(tx, ctx, "roundDays")));
  const counted = or(
    eq(needs.id, need.id),
    and(inArray(needs.state, ["published", "suspended", "closed", "expired"]), gte(needs.publishedAt, since)),
  );
  const [row] = await tx
    .select({
      valueFen: sql<string>`coalesce(sum((${needLines.requested} - ${needLines.waived}) * ${needLines.unitPriceFen}), 0)`,
    })
    .from(needLines)
    .innerJoin(needs, eq(needs.id, needLines.needId))
    .innerJoin(households, eq(households.id, needs.householdId))
    .where(and(theirs, counted));
  const valueFen = BigInt(row?.valueFen ?? 0);
  const capFen = BigInt(await limit(tx, ctx, "capFenPerHead")) * BigInt(household.heads);
  return { over: valueFen > capFen, valueFen, capFen };
}
