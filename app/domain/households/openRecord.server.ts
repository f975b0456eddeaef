import { and, desc, eq, gt } from "drizzle-orm";
import { type ActingRole, requireUser } from "~/domain/kernel/actor";
import {
  type Database,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { limit } from "~/domain/kernel/limits.server";
import { unsealUnder } from "~/domain/kernel/sealing.server";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { plusMinutes } from "~/domain/kernel/time";
import { deliveries } from "~db/schema/delivery";
import { households, type OpeningReason, recordOpenings } from "~db/schema/households";
import { dataKeyOf, PARTS, sealedPlaceOf } from "./dataKey.server";
import type { PersonalData } from "./schemas";
import { MAY_OPEN, type Viewer, viewerOf } from "./visibility";

const JOURNAL_ROLE: Readonly<Record<Viewer, ActingRole>> = {
  public: "visitor",
  donor: "donor",
  town: "caseworker",
  carrier: "courier",
  operator: "operator",
  finance: "finance",
  auditor: "auditor",
};

/**
 * The role in which the actor looks at this record. @throws {DomainError} NOT_FOUND when there is none,
 * SIGN_IN_NEEDED
 */
export async function viewerAt(
  tx: Transaction | Database,
  ctx: UseCaseContext,
  householdId: string,
): Promise<Viewer> {
  const [record] = await tx
    .select({ townCode: households.townCode })
    .from(households)
    .where(eq(households.id, householdId));
  if (!record) throw new DomainError("NOT_FOUND");
  const { userId } = requireUser(ctx.actor);
  const out = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.householdId, householdId),
        eq(deliveries.courierId, userId),
        eq(deliveries.state, "dispatched"),
      ),
    );
  return viewerOf(ctx.actor, record, out.length > 0);
}

async function viewerFor(
  tx: Transaction | Database,
  ctx: UseCaseContext,
  householdId: string,
): Promise<Viewer> {
  const viewer = await viewerAt(tx, ctx, householdId);
  // To those who may open nothing, a record does not exist: its id tells them nothing.
  if (MAY_OPEN[viewer].length === 0) throw new DomainError("NOT_FOUND");
  return viewer;
}

/**
 * Grants the actor `openingMinutes` to read a household's record, for a coded reason. One journal row a
 * grant, which the recipient's town can review. Reading happens only through `readOpened`.
 * @throws {DomainError} NOT_FOUND for everybody whose role opens nothing of this record
 */
export async function openRecord(
  ctx: UseCaseContext,
  input: { householdId: string; reason: OpeningReason },
): Promise<{ until: Date }> {
  requireSteppedUp(ctx, "openRecord");
  return inTransaction(ctx, async (tx) => {
    const viewer = await viewerFor(tx, ctx, input.householdId);
    const { userId } = requireUser(ctx.actor);
    const id = ctx.newId();
    const until = plusMinutes(ctx.now(), await limit(tx, ctx, "openingMinutes"));
    const by = JOURNAL_ROLE[viewer];

    await tx.insert(recordOpenings).values({
      id,
      subjectKind: "household",
      subjectId: input.householdId,
      actorId: userId,
      role: by,
      reason: input.reason,
      openedAt: ctx.now(),
      expiresAt: until,
    });

    await recordEvent(tx, ctx, {
      entity: "record_opening",
      entityId: id,
      entityVersion: 1,
      event: "household.open",
      fromState: null,
      toState: null,
      by,
      reason: input.reason,
      data: { householdId: input.householdId },
    });

    return { until };
  });
}

export type OpenedRecord = Readonly<{
  until: Date;
  fields: Partial<Readonly<Record<keyof PersonalData, string>>>;
}>;

/**
 * What the actor may read of the record now, under their own live grant; undefined without one, or once
 * erased.
 */
export async function readOpened(
  ctx: UseCaseContext,
  householdId: string,
): Promise<OpenedRecord | undefined> {
  const { userId } = requireUser(ctx.actor);
  const viewer = await viewerFor(ctx.db, ctx, householdId);
  const [grant] = await ctx.db
    .select()
    .from(recordOpenings)
    .where(
      and(
        eq(recordOpenings.subjectId, householdId),
        eq(recordOpenings.actorId, userId),
        gt(recordOpenings.expiresAt, ctx.now()),
      ),
    )
    .orderBy(desc(recordOpenings.expiresAt))
    .limit(1);
  if (!grant) return undefined;
  const fields = await inTransaction(ctx, (tx) => unsealRecord(tx, ctx, householdId));
  if (!fields) return undefined;
  const visible = MAY_OPEN[viewer].flatMap((field) =>
    fields[field] === undefined ? [] : [[field, fields[field]] as const],
  );
  return { until: grant.expiresAt, fields: Object.fromEntries(visible) };
}

/**
 * Every sealed field of a record in the clear: for the publish guard and for readOpened, never for a page as
 * it is.
 */
export async function unsealRecord(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
): Promise<Partial<PersonalData> | undefined> {
  const [row] = await tx.select().from(households).where(eq(households.id, householdId));
  if (!row) throw new DomainError("NOT_FOUND");
  const key = dataKeyOf(ctx, row);
  if (!key) return undefined;
  const sealedParts = {
    contact: row.contactSealed,
    circumstances: row.circumstancesSealed,
    identity: row.identitySealed,
  };
  const parts = (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) => {
    const sealedPart = sealedParts[part];
    return sealedPart === null
      ? {}
      : (JSON.parse(unsealUnder(key, sealedPlaceOf(part, householdId), sealedPart)) as Partial<PersonalData>);
  });
  return Object.assign({}, ...parts) as Partial<PersonalData>;
}
