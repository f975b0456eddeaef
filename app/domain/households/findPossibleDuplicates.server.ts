import { and, eq, inArray, ne, not, or, sql } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { households } from "~db/schema/households";
import { needLines, needs } from "~db/schema/needs";
import { lookupsOf, maybeSamePersonAs, sameId, samePhone } from "./lookups.server";
import type { PersonalData } from "./schemas";

export type PossibleDuplicate = Readonly<{
  needCode: string;
  /** Present only in the same town, where it may be looked at. */ needId: string | undefined;
  sameTown: boolean;
  why: "household" | "name" | "phone" | "id_number";
  sameThing: boolean;
  state: string;
}>;

/**
 * Open needs that may be for the same person, also across towns: found by keyed hashes, shown by code and
 * reason only. Two different ID numbers are two people. Another thing for the same record is no duplicate;
 * the same thing for it is one.
 * @param kinds object kinds asked for now, to tell "the same thing again" from "another thing for the same
 *   home"
 */
export async function findPossibleDuplicates(
  tx: Transaction,
  ctx: UseCaseContext,
  input: {
    townCode: string;
    person: PersonalData;
    kinds: readonly string[];
    of: Readonly<{ needId: string; householdId: string }>;
  },
): Promise<PossibleDuplicate[]> {
  const person = lookupsOf(ctx, input.townCode, input.person);
  const own = eq(households.id, input.of.householdId);
  const sameThing =
    input.kinds.length === 0
      ? sql<boolean>`false`
      : sql<boolean>`exists (select 1 from ${needLines} where ${needLines.needId} = ${needs.id} and ${inArray(needLines.objectKind, [...input.kinds])})`;
  const live = inArray(needs.state, ["draft", "returned", "submitted", "verified", "published", "suspended"]);
  const rows = await tx
    .select({
      needId: needs.id,
      needCode: needs.code,
      state: needs.state,
      townCode: households.townCode,
      byId: sql<boolean>`coalesce(${sameId(person)}, false)`,
      byPhone: sql<boolean>`coalesce(${samePhone(person)}, false)`,
      isOwn: sql<boolean>`${own}`,
      sameThing,
    })
    .from(needs)
    .innerJoin(households, eq(households.id, needs.householdId))
    .where(
      and(or(own, maybeSamePersonAs(person)), live, ne(needs.id, input.of.needId), or(not(own), sameThing)),
    )
    .limit(10);
  return rows.map((row) => ({
    needCode: row.needCode,
    needId: row.townCode === input.townCode ? row.needId : undefined,
    state: row.state,
    sameTown: row.townCode === input.townCode,
    sameThing: row.sameThing,
    why: row.isOwn ? "household" : row.byId ? "id_number" : row.byPhone ? "phone" : "name",
  }));
}
