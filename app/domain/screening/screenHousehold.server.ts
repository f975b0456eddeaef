import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { listsInForce } from "~/domain/lists/inForce.server";
import { bornSpan } from "~/domain/rules/ages";
import type { Facts } from "~/domain/rules/facts";
import { listItems } from "~db/schema/directory";
import type { AgeBand } from "~db/schema/households";
import {
  householdBenefits,
  householdFacts,
  householdMembers,
  householdScreenings,
} from "~db/schema/screening";
import { factsFromRows } from "./factsRows";
import { factsOfRegistration } from "./firstFacts";
import { queuePushes } from "./queuePushes.server";
import { grantedTo } from "./recognised";

/** The facts of a household on the day of `ctx`; undefined where there are none (a group, or erased). */
export async function factsOf(
  tx: Transaction | UseCaseContext["db"],
  ctx: UseCaseContext,
  householdId: string,
): Promise<Facts | undefined> {
  const [row] = await tx.select().from(householdFacts).where(eq(householdFacts.householdId, householdId));
  if (!row) return undefined;
  const members = await tx
    .select()
    .from(householdMembers)
    .where(eq(householdMembers.householdId, householdId));
  return factsFromRows(row, members, shanghaiDay(ctx.now()));
}

type Registered = Readonly<{
  id: string;
  kind: "household" | "group";
  townCode: string;
  groupCode: string;
  ageBand: AgeBand;
  heads: number;
}>;

/**
 * What registration says of a household, until somebody asks on a visit: written when it is registered and
 * when that is put right. A group (a class, a village) has none. A first screening pushes nothing, since
 * nothing is new yet.
 */
export async function recordFirstFacts(
  tx: Transaction,
  ctx: UseCaseContext,
  household: Registered,
): Promise<void> {
  if (household.kind === "group") return forgetFacts(tx, household.id);
  const [known] = await tx
    .select({ origin: householdFacts.origin })
    .from(householdFacts)
    .where(eq(householdFacts.householdId, household.id));
  if (known?.origin === "visit") return;
  await tx.delete(householdMembers).where(eq(householdMembers.householdId, household.id));
  const {
    household: facts,
    member,
    ageYears,
    householdSize,
    membersComplete,
  } = factsOfRegistration(household);
  const size = { householdSizeMin: householdSize, householdSizeMax: householdSize };
  const row = {
    ...UNKNOWN,
    ...facts,
    ...size,
    townCode: household.townCode,
    membersComplete,
    origin: "registration" as const,
    recordedAt: ctx.now(),
  };

  await tx
    .insert(householdFacts)
    .values({ ...row, householdId: household.id })
    .onConflictDoUpdate({
      target: householdFacts.householdId,
      set: { ...row, version: sql`${householdFacts.version} + 1` },
    });

  await tx.insert(householdMembers).values({
    ...member,
    householdId: household.id,
    position: 0,
    ...(ageYears ? bornSpan(ageYears, shanghaiDay(ctx.now())) : {}),
  });

  await screenHousehold(tx, ctx, household.id);
}

/** Facts of a household of which registration said nothing. */
const UNKNOWN = { status: null, livesAlone: null, singleParent: null };

/**
 * Screens one household against the rules in force, and queues what is newly likely for it. Call it in the
 * transaction that changed the facts. Safe to repeat: the same facts change nothing.
 */
export async function screenHousehold(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
): Promise<void> {
  const facts = await factsOf(tx, ctx, householdId);
  if (!facts) return;
  const [{ townCode } = { townCode: "" }] = await tx
    .select({ townCode: householdFacts.townCode })
    .from(householdFacts)
    .where(eq(householdFacts.householdId, householdId));
  // The lock first: rules that are read under it are no older than those of a refresh that waits for it.
  const [before] = await tx
    .select({ likely: householdScreenings.likely })
    .from(householdScreenings)
    .where(eq(householdScreenings.householdId, householdId))
    .for("update");
  const { screen } = await listsInForce(tx, ctx);
  const answers = { ...screen(facts), screenedAt: ctx.now() };

  await tx
    .insert(householdScreenings)
    .values({ householdId, townCode, ...answers })
    .onConflictDoUpdate({ target: householdScreenings.householdId, set: answers });

  const fresh = before ? answers.likely.filter((number) => !before.likely.includes(number)) : [];
  if (fresh.length > 0)
    await queuePushes(
      tx,
      ctx,
      fresh.map((number) => ({ householdId, number })),
      "facts",
    );
}

/** What a household is likely entitled to and is not known to receive: shown before charity is asked. */
export async function entitlementGap(tx: Transaction | UseCaseContext["db"], householdId: string) {
  const [screening] = await tx
    .select({ likely: householdScreenings.likely })
    .from(householdScreenings)
    .where(eq(householdScreenings.householdId, householdId));
  if (!screening || screening.likely.length === 0) return [];
  const received = tx
    .select({ code: householdBenefits.itemCode })
    .from(householdBenefits)
    .where(and(eq(householdBenefits.householdId, householdId), isNull(householdBenefits.endedAt)));
  const rows = await tx
    .select({
      code: listItems.code,
      list: listItems.list,
      name: listItems.name,
      nameHant: listItems.nameHant,
      nameEn: listItems.nameEn,
    })
    .from(listItems)
    .where(
      and(
        inArray(listItems.number, screening.likely),
        eq(listItems.list, "government"),
        eq(listItems.state, "published"),
      ),
    )
    .orderBy(listItems.sort);
  const [facts] = await tx
    .select({ status: householdFacts.status })
    .from(householdFacts)
    .where(eq(householdFacts.householdId, householdId));
  const has = new Set([...(await received).map((row) => row.code), ...grantedTo(facts?.status)]);
  return rows.filter((row) => !has.has(row.code));
}

/**
 * Takes away every fact, person and screening of an erased household. What it was told of stays, by ids
 * alone.
 */
export async function forgetFacts(tx: Transaction, householdId: string): Promise<void> {
  await tx.delete(householdFacts).where(eq(householdFacts.householdId, householdId));
  await tx
    .update(householdBenefits)
    .set({ endedAt: sql`coalesce(${householdBenefits.endedAt}, now())` })
    .where(eq(householdBenefits.householdId, householdId));
}
