import { and, asc, desc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { readData } from "~/domain/kernel/journal/eventData";
import type { Database } from "~db/client";
import { appUsers } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import type { Transaction } from "../context.server";
import { MOMENT_REASONS } from "./vocabulary";

/** The entry in the journal that told a moment: who wrote it, and when. */
export type TellingEntry = Readonly<{ id: string; actorId: string | null; recordedAt: Date }>;

/** Written out and not sent as a parameter: only so is the index of these entries used. */
const CORRECTS_A_MOMENT = sql`${journal.entity} = 'moment_correction'`;

const TELLING = { id: journal.id, actorId: journal.actorId, recordedAt: journal.recordedAt };

/**
 * The entry of a step in the journal; the last, where it was taken again, or where one of several steps tells
 * it.
 */
export async function entryOf(
  tx: Transaction,
  entity: string,
  entityId: string,
  ...events: readonly string[]
): Promise<(TellingEntry & Readonly<{ occurredAt: Date }>) | undefined> {
  const [row] = await tx
    .select({ ...TELLING, occurredAt: journal.occurredAt })
    .from(journal)
    .where(
      and(eq(journal.entity, entity), eq(journal.entityId, entityId), inArray(journal.event, [...events])),
    )
    .orderBy(desc(journal.entityVersion))
    .limit(1);
  return row;
}

/**
 * An entry that tells a moment, by its own id, with what it is an entry of and what the moment is since its
 * last correction; undefined unless it is one of these events.
 */
export async function toldBy(tx: Transaction, entryId: string, entity: string, events: readonly string[]) {
  const [row] = await tx
    .select({
      ...TELLING,
      entityId: journal.entityId,
      entityVersion: journal.entityVersion,
      event: journal.event,
      standsAt: sql`coalesce((
        select (c.data ->> 'shall')::timestamptz from ${journal} c
        where c.entity = 'moment_correction' and c.data ->> 'entry' = ${entryId} order by c.id desc limit 1
      ), ${journal.occurredAt})`.mapWith(journal.occurredAt),
    })
    .from(journal)
    .where(and(eq(journal.id, entryId), eq(journal.entity, entity), inArray(journal.event, [...events])));
  return row;
}

/** What an entry's moment was last corrected to. */
export async function correctedTo(tx: Transaction, entryId: string): Promise<Date | undefined> {
  const [last] = await tx
    .select({ shall: sql<string>`${journal.data} ->> 'shall'` })
    .from(journal)
    .where(and(CORRECTS_A_MOMENT, sql`${journal.data} ->> 'entry' = ${entryId}`))
    .orderBy(desc(journal.id))
    .limit(1);
  return last && new Date(last.shall);
}

/** When somebody did the next thing with it, as far as they told. */
export async function firstAfter(
  tx: Transaction,
  entity: string,
  entityId: string,
  entryId: string,
): Promise<Date | undefined> {
  const [next] = await tx
    .select({ id: journal.id, at: journal.occurredAt })
    .from(journal)
    .where(
      and(
        eq(journal.entity, entity),
        eq(journal.entityId, entityId),
        gt(journal.id, entryId),
        ne(journal.actorRole, "system"),
      ),
    )
    .orderBy(asc(journal.entityVersion))
    .limit(1);
  return next && ((await correctedTo(tx, next.id)) ?? next.at);
}

/** One correction of a moment of a thing: who put it right, when, from what to what, and why. */
export type MomentCorrection = Readonly<{
  id: string;
  of: string;
  entryId: string;
  at: Date;
  who: string | null;
  reason: (typeof MOMENT_REASONS)[number] | undefined;
  was: Date;
  shall: Date;
}>;

/**
 * The corrections of the moments of some things of one kind, oldest first, each with whose it is: for those
 * who look after them.
 */
export async function correctionsOf(
  db: Transaction | Database,
  entity: string,
  entityIds: readonly string[],
): Promise<MomentCorrection[]> {
  if (entityIds.length === 0) return [];
  const told = alias(journal, "told");
  const rows = await db
    .select({
      id: journal.id,
      of: told.entityId,
      entryId: told.id,
      at: journal.recordedAt,
      reason: journal.reason,
      data: journal.data,
      who: appUsers.displayName,
    })
    .from(told)
    .innerJoin(
      journal,
      and(
        CORRECTS_A_MOMENT,
        sql`${journal.data} ->> 'entry' = ${told.id}::text`,
        sql`${journal.data} ->> 'copy' = '0'`,
      ),
    )
    .leftJoin(appUsers, eq(appUsers.id, journal.actorId))
    .where(and(eq(told.entity, entity), inArray(told.entityId, [...entityIds])))
    .orderBy(asc(journal.id));
  return rows.flatMap(({ data, reason, ...row }) => {
    const { was, shall } = readData("moment_correction.make", data);
    if (was === undefined || shall === undefined) return [];
    const why = MOMENT_REASONS.find((known) => known === reason);
    return [{ ...row, reason: why, was: new Date(was), shall: new Date(shall) }];
  });
}
