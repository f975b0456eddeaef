import { and, asc, desc, eq, gt, ne, sql } from "drizzle-orm";
import { holds, type ActingRole } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { deliveries } from "~db/schema/delivery";
import { journal } from "~db/schema/journal";
import { needs } from "~db/schema/needs";
import { giftOfLot, itemsOf } from "./machine.server";

/** A moment as it stands, with what bounds it and whose it is. */
export type Standing = Readonly<{
  at: Date;
  /** The step before it, and the first step after it that is told. */
  after: Date;
  before: Date | undefined;
  /** Its entry in the journal: who wrote it, and when. */
  entry: Readonly<{ id: string; actorId: string | null; recordedAt: Date }>;
  needId: string | null;
  giftIds: readonly string[];
  donorIds: readonly string[];
  /** As whom the actor may put it right; undefined for everybody else. */
  by: ActingRole | undefined;
  write: (at: Date) => Promise<unknown>;
}>;

/** The entry of a step in the journal; the last, where it was taken again. */
export async function entryOf(tx: Transaction, entity: string, entityId: string, event: string): Promise<Standing["entry"] | undefined> {
  const [row] = await tx
    .select({ id: journal.id, actorId: journal.actorId, recordedAt: journal.recordedAt })
    .from(journal)
    .where(and(eq(journal.entity, entity), eq(journal.entityId, entityId), eq(journal.event, event)))
    .orderBy(desc(journal.entityVersion))
    .limit(1);
  return row;
}

/** As whom somebody of the town, or of the city, puts it right. */
export async function ofTown(tx: Transaction, ctx: UseCaseContext, needId: string): Promise<ActingRole | undefined> {
  if (holds(ctx.actor, "operator")) return "operator";
  const [need] = await tx.select({ id: needs.townCode }).from(needs).where(eq(needs.id, needId));
  const town = { kind: "town", id: need?.id ?? "" } as const;
  return (["caseworker", "town_reviewer"] as const).find((role) => holds(ctx.actor, role, town));
}

/** Whose it is that came of one gift. */
export const whose = ({ giftId, donorId, needId }: { giftId: string | null; donorId: string; needId: string | null }) => ({
  needId,
  giftIds: giftId === null ? [] : [giftId],
  donorIds: [donorId],
});

/** A delivery with the gifts in it. */
export async function deliveryWithGifts(tx: Transaction, deliveryId: string) {
  const [delivery] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId));
  if (!delivery) return undefined;
  const gifts = await Promise.all((await itemsOf(tx, deliveryId)).map((item) => giftOfLot(tx, item.lotId)));
  const unique = (ids: readonly (string | undefined)[]) => [...new Set(ids.flatMap((id) => id ?? []))];
  return { delivery, needId: delivery.needId, giftIds: unique(gifts.map(({ giftId }) => giftId)), donorIds: unique(gifts.map(({ donorId }) => donorId)) };
}

/** What an entry's moment was last corrected to. */
export async function correctedTo(tx: Transaction, entryId: string): Promise<Date | undefined> {
  const isIt = and(eq(journal.entity, "moment_correction"), sql`${journal.data} ->> 'entry' = ${entryId}`);
  const [last] = await tx
    .select({ shall: sql<string>`${journal.data} ->> 'shall'` })
    .from(journal)
    .where(isIt)
    .orderBy(desc(journal.id))
    .limit(1);
  return last && new Date(last.shall);
}

/** When somebody did the next thing with it, as far as they told. */
export async function firstAfter(tx: Transaction, entity: string, entityId: string, entryId: string): Promise<Date | undefined> {
  const [next] = await tx
    .select({ id: journal.id, at: journal.occurredAt })
    .from(journal)
    .where(and(eq(journal.entity, entity), eq(journal.entityId, entityId), gt(journal.id, entryId), ne(journal.actorRole, "system")))
    .orderBy(asc(journal.entityVersion))
    .limit(1);
  return next && ((await correctedTo(tx, next.id)) ?? next.at);
}
